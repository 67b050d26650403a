"""Which lines beneath a head are entries, and which are totals, notes, repeated heads, banners or nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dangwu.foundation.sheets.cells import is_blank, plain, text_of
from dangwu.foundation.sheets.finding import Table, head_texts
from dangwu.foundation.sheets.mapping import bare_head, normal_head
from dangwu.foundation.sheets.shapes import Cell

_TOTAL = re.compile(
    r"(?:本[页表]|.{0,20}支部|全[部体])?(?:[合总小共累]计|总数)(?:人数|数|党员)?[:(]?[\d.]*[人名个条次]?\)?|共计?\d+[人名个条次]"
)
_NOTE = re.compile(
    r"(?:[*※☆].{12}|(?:填表|制表|审核|审批|填报|报送|经办|负责|联系)(?:人|日期|时间|单位)$|(?:填?注|备注|说明|附注|填表|填报|制表|审核|审批|复核|负责人|单位|联系|经办|书记签|签[字名]|盖章|打印|导出|报送|日期)"
    r"[^:]{0,8}:|注\d|[(\[]?此表|[(\[]?以下空白|本表)"
)
_SENTENCE = re.compile(r"[,。;:!?]")
_LONG = 20
_FIRST_CELLS = 3
_ENUMERATED = 3
_FIRST_NUMBERS = (1, "1", "(1)", "（1）", "１")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table, counted from 0: entries, and banners (a text over a block of entries) by their line."""

    entries: list[int] = field(default_factory=list)
    banners: dict[int, tuple[int, str]] = field(default_factory=dict)


def lines_of(table: Table, names_block: Callable[[Cell], bool]) -> Lines:
    """Sort the lines beneath the head. `names_block` knows the text that stands alone over a block by its content."""
    sorter = _Sorter(table)
    lines = Lines()
    for number in range(table.last + 1, len(table.raw.rows)):
        row = table.raw.rows[number]
        filled = _filled(row)
        alone = row[filled[0]] if len(filled) == 1 else None
        if alone is not None and (names_block(alone) or sorter.stands_alone(number, filled[0], alone)):
            lines.banners[number] = (filled[0], text_of(row[filled[0]]))
        elif sorter.is_entry(row, filled):
            lines.entries.append(number)
    return lines


def _filled(row: Sequence[Cell]) -> list[int]:
    """The indices of the cells that are not empty. White space only matters where there is hardly anything else."""
    filled = [index for index, cell in enumerate(row) if cell or cell == 0]
    return filled if len(filled) > _FIRST_CELLS else [index for index in filled if not is_blank(row[index])]


class _Sorter:
    def __init__(self, table: Table) -> None:
        self._fields = frozenset(table.fields)
        self._heads = {index: head_texts(table, index) for index in table.fields}
        self._initials = {text[:1] for texts in self._heads.values() for text in texts}
        self._wide = {(block.top, block.left) for block in table.raw.blocks if block.right > block.left}
        self._titles = {plain(title) for title in table.titles}
        self._asides: dict[tuple[str, bool], bool] = {}

    def stands_alone(self, line: int, index: int, cell: Cell) -> bool:
        """Whether the only text of a line is no entry: merged across, in no known column, a title again, a sentence."""
        text = plain(cell)
        return (
            (line, index) in self._wide
            or index not in self._fields
            or len(text) > _LONG
            or text in self._titles
            or _SENTENCE.search(text) is not None
        )

    def is_entry(self, row: Sequence[Cell], filled: Sequence[int]) -> bool:
        if self._fields.isdisjoint(filled) or self._is_enumeration(row, filled):
            return False
        aside = any(
            isinstance(cell := row[index], str) and self._is_aside(cell, first=not position)
            for position, index in enumerate(filled[:_FIRST_CELLS])
        )
        return not aside and not self._repeats_head(row, filled)

    def _is_aside(self, cell: str, *, first: bool) -> bool:
        """A total in any of the first cells; a note only in the very first."""
        key = (cell, first)
        if key not in self._asides:
            text = plain(cell)
            self._asides[key] = _TOTAL.fullmatch(text) is not None or (first and _NOTE.match(text) is not None)
        return self._asides[key]

    def _repeats_head(self, row: Sequence[Cell], filled: Sequence[int]) -> bool:
        known = [index for index in filled if index in self._fields]
        first = row[known[0]]
        if not self._is_head(known[0], first):
            return False
        return sum(self._is_head(index, row[index]) for index in known) * 2 > len(known)

    def _is_head(self, index: int, cell: Cell) -> bool:
        if not isinstance(cell, str) or cell.lstrip("*※ \n")[:1].lower() not in self._initials:
            return False
        return not self._heads[index].isdisjoint((normal_head(cell), bare_head(cell)))

    @staticmethod
    def _is_enumeration(row: Sequence[Cell], filled: Sequence[int]) -> bool:
        """The line that numbers the columns: 1 2 3 …"""
        if len(filled) < _ENUMERATED or row[filled[0]] not in _FIRST_NUMBERS:
            return False
        return [plain(row[index]).strip("()") for index in filled] == [str(n + 1) for n in range(len(filled))]
