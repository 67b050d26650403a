"""How the cells of a workbook that describes party organisations are read."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from dangwu.foundation.sheets.cells import plain, stated
from dangwu.foundation.sheets.dates import DateFault, date_reader, read_date
from dangwu.foundation.sheets.names import names_in
from dangwu.foundation.sheets.numbers import count_of
from dangwu.foundation.sheets.shapes import Cell, Flaw, Parsed, Severity, Surroundings
from dangwu.kernel.partial_date import PartialDate
from dangwu.organisations.matching import kind_of_name

Parse = Callable[[Cell], Parsed]

_YES = frozenset({"是", "有", "设", "已设", "设立", "已设立", "√", "✓", "对", "y", "yes", "true", "1"})
_NO = frozenset({"否", "无", "不", "没有", "未设", "不设", "未设立", "不是", "×", "x", "n", "no", "false", "0"})
_YEARS = re.compile(r"(?:每届)?(?:任期)?(\d|[一二三四五六七八九])年(?:一届)?(?:任期)?")
_NUMERALS = "零一二三四五六七八九"
_ORDINAL = re.compile(r"第?[\d一二三四五六七八九十]+届(?:党委|委员会|支委会|支部委员会)?")
_BETWEEN_DATES = re.compile(r"至|到|[-—–~]{1,3}(?=\d{4})|(?<=[日月])[-—–~]+")
_CODE = re.compile(r"^[\dA-Za-z]+[_\-.、:]?")
_GROUP = re.compile(r"党?小组")


class TermTold(NamedTuple):
    """What a cell says about a term: from when, until when, for how many years."""

    started_on: PartialDate | None = None
    until: PartialDate | None = None
    years: int | None = None


class CommitteeTold(NamedTuple):
    """What a cell says about a committee: how many there are, and who where that is written."""

    members: int
    names: tuple[str, ...] = ()


def parse_text(cell: Cell) -> Parsed:
    return Parsed(stated(cell))


def parse_people(cell: Cell) -> Parsed:
    """Read names; one that cannot be told apart is kept as it is written."""
    text = stated(cell)
    return Parsed((names_in(text) or (text,)) if text else ())


def parse_person(cell: Cell) -> Parsed:
    """Read the name without what is remarked of it: “王林（兼）” is 王林."""
    people = parse_people(cell).value
    return Parsed("、".join(people) if people else None)


def parse_kind(cell: Cell) -> Parsed:
    text = stated(cell)
    kind = kind_of_name(_CODE.sub("", text)) if text else None
    if text is None or kind:
        return Parsed(kind)
    message = f"组织类别“{text}”无法识别"
    remedy = "请填机关工委、党组、机关党委、机关纪委、党总支、党支部、联合党支部、临时党支部或者党小组"
    return Parsed(None, (Flaw("kind.unknown", Severity.ERROR, message, remedy),))


def yes_or_no(field: str, label: str) -> Parse:
    def parse(cell: Cell) -> Parsed:
        word = plain(cell).lower()
        if word in _YES | _NO:
            return Parsed(word in _YES)
        if stated(cell) is None:
            return Parsed(None)
        message = f"{label}“{word}”不是“是”或者“否”"
        return Parsed(None, (Flaw(f"{field}.malformed", Severity.ERROR, message, "请只填“是”或者“否”"),))

    return parse


def parse_committee(cell: Cell) -> Parsed:
    """Read 5, 5人 or the names of the members."""
    counted = count_of("committee_members", "支部委员")(cell)
    if counted.value is not None:
        return Parsed(CommitteeTold(counted.value))
    text = stated(cell)
    names = names_in(text) if text else ()
    return Parsed(CommitteeTold(len(names), names)) if names else counted


def parse_groups(cell: Cell) -> Parsed:
    """Read 2, 2个 or “第一党小组、第二党小组”."""
    counted = count_of("groups", "党小组数")(cell)
    named = len(_GROUP.findall(plain(cell)))
    return Parsed(named) if counted.flaws and named else counted


def parse_term(cell: Cell, *, on: date, since_1904: bool = False) -> Parsed:
    """Read “2023.05-2026.05”, “2023年5月至2026年5月”, “3年” or the day of the election alone."""
    text = stated(cell)
    if text is None or _ORDINAL.fullmatch(plain(text)):
        return Parsed(None)
    written = plain(text)
    if years := _YEARS.fullmatch(written):
        number = years[1]
        return Parsed(TermTold(years=int(number) if number.isdecimal() else _NUMERALS.index(number)))
    parts = [part for part in _BETWEEN_DATES.split(written) if part]
    ends = [read_date(cell if len(parts) == 1 else part, on=on, since_1904=since_1904).value for part in parts]
    if len(ends) in {1, 2} and all(ends):
        return Parsed(TermTold(ends[0], ends[1] if len(ends) > 1 else None))
    message = f"届期“{text}”无法识别"
    remedy = "请写成 2023.05-2026.05 的样子，或者只写年数，例如 3年"
    return Parsed(None, (Flaw("term.unreadable", Severity.ERROR, message, remedy),))


def date_within(field: str, label: str, on: date) -> Callable[[Surroundings], Parse]:
    """How the dates of one column are read, as seen on a day."""

    def within(surroundings: Surroundings) -> Parse:
        read = date_reader(on, surroundings)

        def parse(cell: Cell) -> Parsed:
            value, fault = read(cell)
            if fault is None:
                return Parsed(value)
            code, told = (
                ("impossible", "在日历上不存在") if fault is DateFault.IMPOSSIBLE else ("unreadable", "无法识别")
            )
            message = f"{label}“{stated(cell)}”{told}"
            remedy = "请写成 2023-05-10 或者 2023-05 的样子"
            return Parsed(None, (Flaw(f"{field}.{code}", Severity.ERROR, message, remedy),))

        return parse

    return within
