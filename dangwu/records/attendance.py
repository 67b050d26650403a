"""Who came, who stayed away and why, and how was voted, as ledgers tell it."""

import re
from typing import NamedTuple

from dangwu.foundation.sheets.cells import plain, stated
from dangwu.foundation.sheets.names import HAN, is_name, names_in, spelled
from dangwu.foundation.sheets.shapes import Cell, Flaw, Parsed, Severity

Absent = tuple[tuple[str, str], ...]

_REASON = (
    "因|请|病|事假|公假|公差|公务|公出|出差|出国|出访|外出|外派|休|产假|陪产|婚假|丧假|年假|年休|探亲|住院|生病|身体|手术|值班|值守|"
    "培训|学习|开会|参会|参加|在外|驻村|援|挂职|借调|下沉|调研|加班|执勤|家中|家里|隔离|未到|缺席|迟到"
)
_PERSON = re.compile(
    rf"(?P<name>[{HAN}·]{{2,}}?)(?:同志)?"
    rf"(?:\((?P<bracketed>[^()]*)\)|[:\-—](?P<after>.+)|(?:\d+人|[两二三四五]人|均|都)*(?P<bare>(?:{_REASON}).*))?"
)
_REASON_FIRST = re.compile(rf"((?:{_REASON})[^:]*)[:](.+)")
_A_REASON = re.compile(_REASON)
_COUNT_ONLY = re.compile(r"(?:共|缺席|请假)*\d+人?(?:\(.*\))?")
_NOBODY = frozenset(
    {"0", "0人", "全到", "全勤", "无缺席", "无人缺席", "全部到会", "全员到会", "全体到会", "均到会", "没有"}
)
_CLAUSES = re.compile(r"[;。\n]+")
_BETWEEN = re.compile(r"[、,]|(?<=\))|\s+(?![^(]*\))")

_EXPECTED = re.compile(r"应到\D{0,4}(\d+)", re.ASCII)
_PRESENT = re.compile(r"实到\D{0,4}(\d+)", re.ASCII)
_PAIR = re.compile(r"(\d+)[人名]?[/／:|、,—-]+(\d+)[人名]?", re.ASCII)

_UNANIMOUS = re.compile(r"(?:全票|一致|全体)(?:通过|赞成|同意)+|无异议")
_TRIPLE = re.compile(r"(\d+)票?[/:|、,—-]+(\d+)票?[/:|、,—-]+(\d+)票?", re.ASCII)
_WORDS = ("赞成|同意", "反对|不同意", "弃权")


class Attendance(NamedTuple):
    """How many should have come and how many came."""

    expected: int
    present: int


class Votes(NamedTuple):
    """A vote. `in_favour` is None where all who were present were in favour and no number is written."""

    in_favour: int | None
    against: int | None
    abstained: int | None


def parse_attendance(cell: Cell) -> Parsed:
    """Read “12/9” or “应到12人，实到9人”."""
    text = stated(cell)
    if text is None:
        return Parsed(None)
    written = plain(text)
    expected, present, pair = _EXPECTED.search(written), _PRESENT.search(written), _PAIR.fullmatch(written)
    if expected and present:
        return Parsed(Attendance(int(expected[1]), int(present[1])))
    if pair:
        return Parsed(Attendance(int(pair[1]), int(pair[2])))
    message = f"应到、实到“{text}”无法识别"
    return Parsed(None, (Flaw("present.malformed", Severity.ERROR, message, "请写成“应到/实到”，例如 12/9"),))


def parse_attendance_reversed(cell: Cell) -> Parsed:
    """Read “9/12” under a head that names those who came first."""
    parsed = parse_attendance(cell)
    if parsed.value is None or _EXPECTED.search(plain(cell)):
        return parsed
    return Parsed(Attendance(parsed.value.present, parsed.value.expected))


def parse_votes(cell: Cell) -> Parsed:
    """Read “9/0/0”, “赞成9票，反对0票，弃权0票” or “全票通过”."""
    text = stated(cell)
    if text is None:
        return Parsed(None)
    written = plain(text)
    if triple := _TRIPLE.fullmatch(written):
        return Parsed(Votes(*map(int, triple.groups())))
    counts = [_votes_for(words, written) for words in _WORDS]
    if counts[0] is not None:
        return Parsed(Votes(*counts))
    if _UNANIMOUS.search(written):
        return Parsed(Votes(None, 0, 0))
    message = f"表决情况“{text}”无法识别"
    return Parsed(None, (Flaw("votes.malformed", Severity.ERROR, message, "请依次写赞成、反对、弃权票数，例如 9/0/0"),))


def _votes_for(words: str, written: str) -> int | None:
    found = re.search(rf"(?<!不)(?:{words})[:为]?(\d+)|(\d+)[人票]+(?:{words})", written, re.ASCII)
    return int(found[1] or found[2]) if found else None


def parse_absent(cell: Cell) -> Parsed:
    """Read “张三（出差）、李四、王五因病请假” into names with reasons.

    A reason without brackets holds for all who are named before it without one.
    """
    text = stated(cell)
    if text is None or plain(text) in _NOBODY:
        return Parsed(())
    people: list[tuple[str, str]] = []
    unclear: list[str] = []
    for clause in _CLAUSES.split(spelled(text)):
        _read_clause(clause.strip(), people, unclear)
    if not unclear:
        return Parsed(tuple(people))
    message = f"缺席人员中的“{'、'.join(unclear)}”没有读懂"
    remedy = "请写成“姓名（原因）”，多人用顿号隔开；这几个字不影响本行其他内容"
    return Parsed(tuple(people), (Flaw("absent.unclear", Severity.WARNING, message, remedy),))


def _read_clause(clause: str, people: list[tuple[str, str]], unclear: list[str]) -> None:
    if first := _REASON_FIRST.fullmatch(clause):
        people.extend((name, first[1].strip()) for name in names_in(first[2]))
        return
    waiting: list[str] = []
    for part in _BETWEEN.split(clause):
        _read_person(part.strip(), waiting, people, unclear)
    people.extend((name, "") for name in waiting)


def _read_person(part: str, waiting: list[str], people: list[tuple[str, str]], unclear: list[str]) -> None:
    """One name with or without a reason; `waiting` are the names before it that have none yet."""
    found = _PERSON.fullmatch(part)
    if not found or not is_name(found["name"]) or _A_REASON.match(part):
        if part and not _COUNT_ONLY.fullmatch(part):
            unclear.append(part)
        return
    reason = (found["bracketed"] or found["after"] or found["bare"] or "").strip()
    if not reason:
        waiting.append(found["name"])
        return
    shared = reason if found["bare"] else ""
    people.extend((name, shared) for name in waiting)
    waiting.clear()
    people.append((found["name"], reason))
