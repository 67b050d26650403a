"""A form made in Word: its paragraphs keep their look, its lines of tables are repeated."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dangwu.foundation.sheets.safe import legible
from dangwu.workbench.papers.own_forms.vocabulary import PLACEHOLDER, Filling, Value, group_of

PARAGRAPH, ROW, RUN_TEXT, FIELD, SIMPLE = (qn(f"w:{name}") for name in ("p", "tr", "t", "instrText", "fldSimple"))


class Text(NamedTuple):
    """The words of a paragraph, or of a whole line of a table; the fields in it."""

    words: str
    in_row: bool
    fields: tuple[str, ...] = ()


def texts(content: bytes) -> Iterator[Text]:
    """All that is said in a form. Raises ValueError, KeyError where it is none."""
    for root in _roots(Document(BytesIO(content))):
        for row in root.iter(ROW):
            yield Text("".join(_said(paragraph) for paragraph in row.iter(PARAGRAPH)), in_row=True)
        for paragraph in root.iter(PARAGRAPH):
            inside = next(paragraph.iterancestors(ROW), None) is not None
            yield Text(_said(paragraph), inside, tuple(_fields(paragraph)))


def fill(content: bytes, filling: Filling) -> bytes:
    """The form filled in."""
    document = Document(BytesIO(content))
    for root in _roots(document):
        repeated = [row for row in root.iter(ROW) if _group(row) and not any(map(_group, row.iterancestors(ROW)))]
        within = {paragraph for row in repeated for paragraph in row.iter(PARAGRAPH)}
        for paragraph in list(root.iter(PARAGRAPH)):
            if paragraph not in within:  # each is filled once: a value is never read as a placeholder
                _fill(paragraph, filling.once)
        for row in repeated:
            _repeat(row, filling)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _roots(document: Any) -> Iterator[Any]:  # noqa: ANN401 - python-docx has no types
    """The body, and every head and foot of a page."""
    yield document.element.body
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.even_page_header):
            yield part._element  # noqa: SLF001 - there is no other way to what stands in it
        for part in (section.footer, section.first_page_footer, section.even_page_footer):
            yield part._element  # noqa: SLF001


def _said(paragraph: Any) -> str:  # noqa: ANN401
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def _pieces(paragraph: Any) -> list[Any]:  # noqa: ANN401
    """The pieces of text of this paragraph, without those of a box inside it."""
    return [piece for piece in paragraph.iter(RUN_TEXT) if next(piece.iterancestors(PARAGRAPH)) is paragraph]


def _fields(paragraph: Any) -> Iterator[str]:  # noqa: ANN401
    codes = [field.text or "" for field in paragraph.iter(FIELD)]
    codes += [field.get(qn("w:instr"), "") for field in paragraph.iter(SIMPLE)]
    yield from (code.split()[0].upper() for code in codes if code.split())


def _group(row: Any) -> str:  # noqa: ANN401
    """Whose lines a line of a table is repeated for."""
    return group_of("".join(_said(paragraph) for paragraph in row.iter(PARAGRAPH)))


def _repeat(row: Any, filling: Filling) -> None:  # noqa: ANN401
    """A line for each activity or member in the place of the one that asks for them; an empty one where none is."""
    lines = filling.lines[_group(row)] or [{}]
    for values in lines:
        line = deepcopy(row)
        for paragraph in line.iter(PARAGRAPH):
            _fill(paragraph, {**filling.once, **values})
        row.addprevious(line)
    row.getparent().remove(row)


def _fill(paragraph: Any, values: Mapping[str, Value]) -> None:  # noqa: ANN401
    """Put values into a paragraph. A placeholder may be torn into pieces of different look; the first keeps its own."""
    pieces = _pieces(paragraph)
    said = "".join(piece.text or "" for piece in pieces)
    for found in reversed(list(PLACEHOLDER.finditer(said))):
        _replace(pieces, found.span(), legible(str(values.get(found[1], ""))))
    for piece in pieces:
        _break_lines(piece)


def _replace(pieces: list[Any], span: tuple[int, int], value: str) -> None:
    start = 0
    for piece in pieces:
        text = piece.text or ""
        first, last = max(span[0] - start, 0), min(span[1] - start, len(text))
        start += len(text)
        if first < last:
            piece.text = text[:first] + value + text[last:]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            value = ""


def _break_lines(piece: Any) -> None:  # noqa: ANN401
    """Lines of a value as lines of the paragraph."""
    first, *others = (piece.text or "").splitlines() or [""]
    if not others:
        return
    piece.text = first
    last = piece
    for line in others:
        for element in (OxmlElement("w:br"), OxmlElement("w:t")):
            last.addnext(element)
            last = element
        last.text = line
        last.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
