"""Blank forms: a workbook that is filled in without guessing, and read without questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dangwu.foundation.sheets.pen import Pen
from dangwu.foundation.sheets.safe import sheet_name
from dangwu.foundation.sheets.shapes import Content, Field, Sheet
from dangwu.foundation.sheets.writing import HEAD, TITLE, cell_of, chosen, width_of

EXPLANATIONS, LISTS = "填写说明", "可选内容"
_HINT = "带 * 的必须填写；每一栏怎么填，见“填写说明”"
_EXPLAINED = (("栏目", 18), ("必填", 7), ("填写方法", 46), ("举例", 24), ("可选内容", 46), ("收集用途（个人信息）", 46))
_LINES = 20_000  # that are ready for filling in
_LONGEST_LIST = 255  # letters that a cell keeps of a list of choices; longer ones stand in a sheet of their own
_LONGEST_HINT, _LONGEST_HINT_TITLE = 255, 32
_FEW = 12


def template(
    sheet: Sheet,
    *,
    choices: Mapping[str, Sequence[str]] | None = None,
    examples: Iterable[Mapping[str, Any]] = (),
    names: Sequence[str] = (),
) -> bytes:
    """A blank form. `choices` adds to the lists of the fields those of the house, such as the names of its branches.

    `examples` are rows (clean values by field name) that stand in the form: they are read like any other. `names` are
    the fields asked for, in this order; by default all. What nobody needs should not be asked.
    """
    fields = chosen(sheet, names)
    offered = {field.name: [*field.guide.choices, *(choices or {}).get(field.name, ())] for field in fields}
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        pen = Pen(book)
        page = book.add_worksheet(sheet_name(sheet.title))
        _lay_out(page, pen, sheet, fields)
        for number, row in enumerate(examples, start=2):
            for place, field in enumerate(fields):
                pen.put(page, number, place, cell_of(field, row.get(field.name)))
        _explain(book.add_worksheet(EXPLANATIONS), pen, sheet, fields, offered)
        lists = _Lists(book)
        for place, field in enumerate(fields):
            page.data_validation(2, place, 1 + _LINES, place, _validation(field, lists.source(offered[field.name])))
    return stream.getvalue()


def is_required(sheet: Sheet, field: Field) -> bool:
    """Whether a line without this field is of no use."""
    return field.guide.required or field.name in sheet.needs


def _lay_out(page: Worksheet, pen: Pen, sheet: Sheet, fields: Sequence[Field]) -> None:
    """Columns hold text, dates too: a spreadsheet then leaves 1998.10 and long numbers as they were typed."""
    for place, field in enumerate(fields):
        kept = pen.look() if field.guide.content is Content.AMOUNT else pen.look(num_format="@")
        page.set_column(place, place, width_of(field), kept)
        required = is_required(sheet, field)
        look = {**HEAD, "font_color": "#B3261E"} if required else HEAD
        pen.put(page, 1, place, f"*{field.label}" if required else field.label, **look)
    page.set_row(0, 26)
    pen.put(page, 0, 0, f"{sheet.title}（{_HINT}）", **TITLE)
    page.freeze_panes(2, 1)
    page.repeat_rows(0, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _explain(
    page: Worksheet, pen: Pen, sheet: Sheet, fields: Sequence[Field], offered: Mapping[str, Sequence[str]]
) -> None:
    for place, (head, width) in enumerate(_EXPLAINED):
        page.set_column(place, place, width)
        pen.put(page, 0, place, head, **HEAD)
    page.freeze_panes(1, 1)
    for number, field in enumerate(fields, start=1):
        guide = field.guide
        told = (
            field.label,
            "是" if is_required(sheet, field) else "否",
            guide.how,
            guide.example,
            _in_short(offered[field.name]),
            guide.kept_for,
        )
        for place, text in enumerate(told):
            pen.put(page, number, place, text or None, text_wrap=True, valign="top")


def _in_short(choices: Sequence[str]) -> str:
    return "、".join(choices[:_FEW]) + (f" 等 {len(choices)} 项" if len(choices) > _FEW else "")


def _validation(field: Field, source: list[str] | str | None) -> dict[str, Any]:
    """The hint that a cell shows when it is chosen, and its list. Other values may be typed: reading judges them."""
    guide = field.guide
    example = f"例如：{guide.example}" if guide.example else ""
    hint = "\n".join(filter(None, (guide.how, example)))[:_LONGEST_HINT]
    shown = {"input_title": field.label[:_LONGEST_HINT_TITLE], "input_message": hint} if hint else {}
    if source is None:
        return {"validate": "any", **shown}
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "不在可选内容之中",
        "error_message": "确实无误的，可以继续；导入时会再核对。",
        **shown,
    }


class _Lists:
    """The lists of choices: short ones in the cells, long ones in the columns of a hidden sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._pages: list[Worksheet] = []
        self._columns: Iterator[int] = iter(range(16_384))

    def source(self, choices: Sequence[str]) -> list[str] | str | None:
        """What a validation takes for its list."""
        if not choices:
            return None
        if len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices):
            return list(choices)
        page, column = self._page(), next(self._columns)
        for number, choice in enumerate(choices):
            page.write_string(number, column, choice)
        letter = xl_col_to_name(column, col_abs=True)
        return f"={LISTS}!{letter}$1:{letter}${len(choices)}"

    def _page(self) -> Worksheet:
        if not self._pages:
            self._pages.append(self._book.add_worksheet(LISTS))
            self._pages[0].hide()
        return self._pages[0]
