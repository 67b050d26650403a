"""A table of a Word paper as the file has it. Written at once: cell by cell it takes ten times as long."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from dangwu.foundation.documents.paper import Table
from dangwu.foundation.sheets.safe import legible

TWIPS_PER_MM = 1440 / 25.4
LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def grid(table: Table, text_width: float, *, grid_style: str, cell_style: str) -> str:
    """The table as wide as the text (in millimetres). Its head comes again on every page, its lines are never torn."""
    part = text_width / sum(table.widths) * TWIPS_PER_MM
    widths = [round(width * part) for width in table.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_rows(table, widths, cell_style))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{grid_style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _rows(table: Table, widths: Sequence[int], style: str) -> Iterator[str]:
    for number, line in enumerate((table.heads, *table.lines)):
        head = "" if number else "<w:tblHeader/>"
        cells = "".join(_cell(text, width, style) for text, width in zip(line, widths, strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, style: str) -> str:
    told = escape(legible(text)).replace("\n", LINE_BREAK)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{told}</w:t></w:r></w:p></w:tc>'
    )
