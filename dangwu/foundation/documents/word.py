"""Word: an official paper by GB/T 9704-2012, and an office's own form filled in.

Our papers are plain code and no templates: there is nothing in them that a clerk would rearrange, their tables grow
with the rulebook, and a binary template could not be read in a review. A form that an office brings is
filled as it stands.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from dangwu.foundation.documents import paper as blocks
from dangwu.foundation.documents.grids import grid
from dangwu.foundation.documents.plain import plain
from dangwu.foundation.documents.typefaces import SUBSTITUTES, Typefaces, chosen
from dangwu.foundation.sheets.safe import legible

SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)  # 二号 三号 四号 五号
LINE = Pt(29)  # 22 lines of 三号 fill the 225 mm of a page
LINES_AND_CHARACTERS = {"type": "linesAndChars", "linePitch": "580", "charSpace": "-849"}
"""22 lines of 28 characters: a twentieth of a point, and what is 0.2 points less than 三号 is wide, in 4096ths."""
STYLES = ("Normal", "Title", "Heading 1", "Heading 2")
TWO_CHARACTERS = 2 * SIZE_3
LATIN = "Times New Roman"
CELL, NOTE, COVER, GRID = "Table Text", "Note", "Cover", "Table Grid"
BLACK = RGBColor(0, 0, 0)


PAPERS = {"a4": (210, 297), "a3": (297, 420)}
UPRIGHT, LYING = (37, 35, 28, 26), (28, 26, 35, 37)  # top, bottom, left, right


def written(paper: blocks.Paper, typefaces: Typefaces | None = None) -> bytes:
    """An official paper as a docx file, in the typefaces of this site or in others."""
    return _Writer(paper, typefaces or chosen()).bytes()


def render(template: Path, data: Mapping[str, Any]) -> bytes:
    """A form that was made in Word, filled in: `{{ name }}`, `{% for … %}` and what else docxtpl knows. The data is
    text there, whatever it contains, and the form can reach nothing but the data.
    """
    form = DocxTemplate(template)
    form.render(plain(data), SandboxedEnvironment(autoescape=True), autoescape=True)
    stream = BytesIO()
    form.save(stream)
    return stream.getvalue()


class _Writer:
    """A docx file in memory, with the kinds of paragraph that an official paper knows."""

    def __init__(self, paper: blocks.Paper, typefaces: Typefaces) -> None:
        self._document = Document()
        self._set_page(paper)
        self._set_styles(typefaces)
        self._set_footers(typefaces.number)
        self._name_substitutes()
        told = self._document.core_properties
        told.title, told.author, told.comments = legible(paper.title), "", ""
        told.created = told.modified = datetime.combine(paper.day, time())
        self._add_title(paper)
        for block in paper.blocks:
            self._kinds[type(block)](block)
        if paper.checkpoint:
            self._add(NOTE, paper.checkpoint)

    def bytes(self) -> bytes:
        stream = BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    @property
    def _kinds(self) -> dict[type, Callable[[Any], object]]:
        return {
            blocks.Heading: self._add_heading,
            blocks.Sentence: lambda sentence: self._add("Normal", sentence.text),
            blocks.Note: lambda note: self._add(NOTE, note.text),
            blocks.Item: self._add_item,
            blocks.Table: self._add_table,
        }

    def _add(self, style: str, text: str) -> Paragraph:
        """A paragraph; its style by its number in the file, since python-docx looks names up each time."""
        paragraph = self._document.add_paragraph(legible(text))
        paragraph._p.style = self._styles[style]  # noqa: SLF001 - there is no other way to a style by its number
        return paragraph

    def _add_title(self, paper: blocks.Paper) -> None:
        title = self._add("Title", paper.title)
        if not paper.layout.cover:
            return
        title.paragraph_format.space_before, title.paragraph_format.space_after = Mm(45), Mm(95)
        title.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        title.runs[0].font.size = Pt(36)
        for line in paper.layout.cover:
            last = self._add(COVER, line)
        last.add_run().add_break(WD_BREAK.PAGE)

    def _add_heading(self, heading: blocks.Heading) -> None:
        added = self._add(f"Heading {heading.level}", heading.text)
        if heading.fresh:
            added.paragraph_format.page_break_before = True

    def _add_item(self, item: blocks.Item) -> None:
        paragraph = self._add("Normal", "")
        word = paragraph.add_run(legible(item.lead))
        word.bold, word.font.color.rgb = True, RGBColor.from_string(item.ink)
        paragraph.add_run(legible(item.text))

    def _add_table(self, table: blocks.Table) -> None:
        end = self._document.element.body.find(qn("w:sectPr"))
        if end.getprevious() is not None and end.getprevious().tag == qn("w:tbl"):
            self._add(CELL, "")  # office programs make one table of two that touch
        written = grid(table, self._text_width, grid_style=self._styles[GRID], cell_style=self._styles[CELL])
        end.addprevious(parse_xml(written))

    def _set_page(self, paper: blocks.Paper) -> None:
        section = self._document.sections[0]
        short, long = PAPERS[paper.layout.size]
        width, height = (long, short) if paper.layout.landscape else (short, long)
        top, bottom, left, right = LYING if paper.layout.landscape else UPRIGHT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.footer_distance = Mm(25 if not paper.layout.landscape else 16)
        if paper.layout.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
        self._text_width = width - left - right
        if not paper.layout.landscape:
            for characters in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 - python-docx knows no grid
                characters.attrib.update({qn(f"w:{name}"): value for name, value in LINES_AND_CHARACTERS.items()})

    def _set_styles(self, faces: Typefaces) -> None:
        styles = self._document.styles
        for name in (CELL, NOTE, COVER):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        _dress(styles["Normal"], faces.body, SIZE_3, indent=TWO_CHARACTERS)
        _dress(styles["Title"], faces.title, SIZE_2, align=WD_ALIGN_PARAGRAPH.CENTER)
        styles["Title"].paragraph_format.space_after = LINE
        _dress(styles["Heading 1"], faces.heading, SIZE_3, indent=TWO_CHARACTERS)
        _dress(styles["Heading 2"], faces.subheading, SIZE_3, indent=TWO_CHARACTERS)
        _dress(styles[NOTE], faces.body, SIZE_4, indent=TWO_CHARACTERS, line=Pt(24))
        _dress(styles[COVER], faces.subheading, SIZE_3, align=WD_ALIGN_PARAGRAPH.CENTER)
        _dress(styles[CELL], faces.body, SIZE_5, line=Pt(15))
        self._styles = {name: styles[name].style_id for name in (*STYLES, CELL, NOTE, COVER, GRID)}

    def _set_footers(self, face: str) -> None:
        """Page numbers as “— 1 —”, outside: odd pages right, even pages left, one character in."""
        self._document.settings.odd_and_even_pages_header_footer = True
        section = self._document.sections[0]
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            element = footer.part.element
            element.clear()
            element.append(parse_xml(_page_number(side, face)))

    def _name_substitutes(self) -> None:
        """Tell the office program which typeface to take where an official one is not installed."""
        part = self._document.part
        old = part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
        fonts = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{substitute}"/><w:charset w:val="86"/></w:font>'
            for name, substitute in SUBSTITUTES.items()
        )
        new = Part(old.partname, old.content_type, f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode(), old.package)
        part.rels.pop(next(key for key, relation in part.rels.items() if relation.target_part is old))
        part.relate_to(new, RELATIONSHIP_TYPE.FONT_TABLE)


def _dress(
    style: ParagraphStyle,
    face: str,
    size: Length,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    indent: int = 0,
    line: Length = LINE,
) -> None:
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()  # theme fonts would win over names
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", face)):
        fonts.set(qn(f"w:{script}"), name)
    style.font.size, style.font.bold, style.font.color.rgb = size, False, BLACK
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = align, Length(indent)
    layout.space_before, layout.space_after = Pt(0), Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, line


def _page_number(side: str, face: str) -> str:
    half_points = int(SIZE_4.pt * 2)
    look = (
        f'<w:rPr><w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/><w:sz w:val="{half_points}"/></w:rPr>'
    )
    dash = f'<w:r>{look}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    field = f'<w:fldSimple w:instr=" PAGE "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    indent = f'<w:ind w:{side}="280" w:firstLine="0"/>'
    layout = f'<w:pPr>{indent}<w:jc w:val="{side}"/></w:pPr>'
    return f"<w:p {nsdecls('w')}>{layout}{dash.format('— ')}{field}{dash.format(' —')}</w:p>"
