"""Pages as files, as the programs of offices write them."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook as Book
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlsxwriter import Workbook as Writer
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.sheets.cells import letter_of
from dangwu.foundation.sheets.tests.test_old_workbooks import compound_file, label, merged, number, record, stream
from tests.corpus.shapes import Fault, Formula, Page

Write = Callable[[Path, Sequence[Page]], None]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HIDDEN = ' state="hidden"'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def by_openpyxl(path: Path, pages: Sequence[Page], *, since_1904: bool = False) -> None:
    book = Book()
    book.remove(book.active)
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    for page in pages:
        sheet = book.create_sheet(page.name)
        for (row, column), cell in page.cells.items():
            at = sheet.cell(row + 1, column + 1, cell.text if isinstance(cell, Fault | Formula) else cell)
            if isinstance(cell, Fault):
                at.data_type = "e"
            elif isinstance(cell, str):
                at.data_type = "s"
        for top, left, bottom, right in page.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in page.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[letter_of(column)].hidden = True
        if page.filtered:
            sheet.auto_filter.ref = sheet.dimensions
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    book.active = next(place for place, page in enumerate(pages) if not page.hidden)
    book.save(path)


def since_1904(path: Path, pages: Sequence[Page]) -> None:
    by_openpyxl(path, pages, since_1904=True)


def by_xlsxwriter(path: Path, pages: Sequence[Page], *, rich: bool = False) -> None:
    with Writer(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day, bold = book.add_format({"num_format": "yyyy/m/d;@"}), book.add_format({"bold": True})
        for page in pages:
            sheet = book.add_worksheet(page.name)
            if page.hidden:
                sheet.hide()
            for (row, column), cell in sorted(page.cells.items()):
                if rich and isinstance(cell, str) and len(cell) > 1:
                    sheet.write_rich_string(row, column, bold, cell[0], cell[1:])
                else:
                    _write(sheet, row, column, cell, day)
            sheet.merge.extend(list(block) for block in page.merged)


def _write(sheet: Worksheet, row: int, column: int, cell: Any, day: Any) -> None:  # noqa: ANN401 - a format
    if isinstance(cell, Formula):
        sheet.write_formula(row, column, cell.text, None, cell.result)
    elif isinstance(cell, Fault):
        sheet.write_formula(row, column, "=VLOOKUP(1,A1:A1,1)", None, cell.text)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    else:
        sheet.write(row, column, cell)


def rich(path: Path, pages: Sequence[Page]) -> None:
    """Every text in two typefaces."""
    by_xlsxwriter(path, pages, rich=True)


def by_wps(path: Path, pages: Sequence[Page]) -> None:
    """Put together as WPS and web systems do it: an `x:` before every name, texts in the cells, a wrong dimension."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        sheets = "".join(
            f'<x:sheet name="{escape(page.name)}" sheetId="{n}" r:id="rId{n}"{_HIDDEN if page.hidden else ""}/>'
            for n, page in enumerate(pages, start=1)
        )
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="/xl/worksheets/sheet{n}.xml"/>'
            for n in range(1, len(pages) + 1)
        )
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
            for n in range(1, len(pages) + 1)
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{kinds}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_LINKS}/officeDocument" '
            f'Target="/xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<x:workbook xmlns:x="{_MAIN}" xmlns:r="{_LINKS}"><x:sheets>{sheets}</x:sheets></x:workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )
        for n, page in enumerate(pages, start=1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", _sheet(page))


def _sheet(page: Page) -> str:
    rows = []
    for row, cells in enumerate(page.rows):
        filled = [_cell(row, column, cell) for column, cell in enumerate(cells) if cell is not None]
        if filled:
            rows.append(f'<x:row r="{row + 1}">{"".join(filled)}</x:row>')
    blocks = "".join(
        f'<x:mergeCell ref="{letter_of(left)}{top + 1}:{letter_of(right)}{bottom + 1}"/>'
        for top, left, bottom, right in page.merged
    )
    merged_cells = f"<x:mergeCells>{blocks}</x:mergeCells>" if blocks else ""
    return (
        f'<x:worksheet xmlns:x="{_MAIN}"><x:dimension ref="A1"/>'
        f"<x:sheetData>{''.join(rows)}</x:sheetData>{merged_cells}</x:worksheet>"
    )


def _cell(row: int, column: int, cell: Any) -> str:  # noqa: ANN401 - whatever is written
    at = f'r="{letter_of(column)}{row + 1}"'
    if isinstance(cell, Formula):
        return f'<x:c {at} t="str"><x:f>{escape(cell.text[1:])}</x:f><x:v>{escape(str(cell.result))}</x:v></x:c>'
    if isinstance(cell, Fault):
        return f'<x:c t="e" {at}><x:v>{cell.text}</x:v></x:c>'
    if isinstance(cell, bool):
        return f'<x:c {at} t="b"><x:v>{int(cell)}</x:v></x:c>'
    if isinstance(cell, int | float):
        return f"<x:c {at}><x:v>{cell!r}</x:v></x:c>"
    text = f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell)
    return f'<x:c {at} t="inlineStr"><x:is><x:t xml:space="preserve">{escape(text)}</x:t></x:is></x:c>'


def as_xls(path: Path, pages: Sequence[Page]) -> None:
    """The first sheet that is shown, in the format of before 2007; a day is a number there."""
    page = next(page for page in pages if not page.hidden)
    cells = [_old_cell(row, column, cell) for (row, column), cell in sorted(page.cells.items())]
    blocks = [merged(top, bottom, left, right) for top, left, bottom, right in page.merged]
    path.write_bytes(compound_file(stream(*cells, *blocks, rows=len(page.rows), name=page.name)))


def _old_cell(row: int, column: int, cell: Any) -> bytes:  # noqa: ANN401 - whatever is written
    if isinstance(cell, bool):
        return record(0x0205, row.to_bytes(2, "little"), column.to_bytes(2, "little"), bytes([0, 0, cell, 0]))
    if isinstance(cell, int | float):
        return number(row, column, cell)
    if isinstance(cell, date):
        return number(row, column, cell.toordinal() - date(1899, 12, 30).toordinal())
    return label(row, column, cell.text if isinstance(cell, Fault | Formula) else cell)


def as_text(encoding: str, delimiter: str = ",") -> Write:
    def write(path: Path, pages: Sequence[Page]) -> None:
        content = StringIO()
        csv.writer(content, delimiter=delimiter).writerows([map(_typed, row) for row in pages[-1].rows])
        path.write_bytes(content.getvalue().encode(encoding))

    return write


def _typed(cell: Any) -> str:  # noqa: ANN401 - whatever is written
    if isinstance(cell, datetime | date):
        return f"{cell:%Y/%m/%d}"
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell >= 1e11:
        return f"{cell:.5E}"
    if isinstance(cell, Fault | Formula):
        return cell.text if isinstance(cell, Fault) else str(cell.result)
    return "" if cell is None else str(cell)


FILES: dict[str, tuple[str, Write]] = {
    "xlsx": (".xlsx", by_openpyxl),
    "xlsx since 1904": (".xlsx", since_1904),
    "xlsx by another program": (".xlsx", by_xlsxwriter),
    "xlsx with rich text": (".xlsx", rich),
    "xlsx by WPS": (".xlsx", by_wps),
    "xls": (".xls", as_xls),
    "csv in UTF-8": (".csv", as_text("utf-8")),
    "csv in UTF-8 with a mark": (".csv", as_text("utf-8-sig")),
    "csv in GB 18030": (".csv", as_text("gb18030")),
    "txt in UTF-16": (".txt", as_text("utf-16", "\t")),
}
