from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from dangwu.foundation.sheets.shapes import Severity
from dangwu.records.kinds import load_activity_kinds
from dangwu.records.sheets import LedgerReading, LedgerRow, read_ledgers

KINDS = load_activity_kinds(Path(__file__).parents[3] / "rulebook" / "activities")
ON = date(2026, 6, 30)
HEADS = ("党支部", "会议类型", "主题", "时间", "地点", "主持人", "应到", "实到", "缺席人员及原因", "表决情况", "学时")
BRANCH, MEETING, DAY = "办公室党支部", "党员大会", "2026年3月5日"


@pytest.fixture
def ledger(tmp_path: Path) -> "Ledger":
    return Ledger(tmp_path)


class Ledger:
    """Writes a workbook and reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(
        self, *rows: Sequence[object], heads: Sequence[str] = HEADS, title: str = "2026年活动台账", name: str = "台账"
    ) -> LedgerReading:
        workbook = Workbook()
        sheet = workbook.active
        for row in ([title], heads, *rows):
            sheet.append(row)
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(heads))
        path = self.folder / f"{name}.xlsx"
        workbook.save(path)
        (reading,) = read_ledgers(path, on=ON, kinds=KINDS)
        return reading


def line(**cells: object) -> list[object]:
    usual = {"党支部": BRANCH, "会议类型": MEETING, "主题": "学习", "时间": DAY}
    return [(usual | cells).get(head) for head in HEADS]


def codes(reading: LedgerReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def only(reading: LedgerReading) -> LedgerRow:
    (row,) = reading.rows
    return row


def test_a_row_becomes_an_activity(ledger: Ledger) -> None:
    told = {"地点": "三楼会议室", "主持人": "甲乙", "应到": "12人", "实到": 10, "学时": "2学时"}
    row = only(ledger.read(line(**told, 缺席人员及原因="丙丁（出差）、戊己因病请假", 表决情况="10/0/0")))
    assert (row.organisation, row.kinds, row.held_on) == (BRANCH, ("general_assembly",), date(2026, 3, 5))
    assert (row.place, row.chair, row.hours) == ("三楼会议室", "甲乙", Decimal(2))
    assert (row.expected, row.present) == (12, 10)
    assert (row.in_favour, row.against, row.abstained) == (10, 0, 0)
    assert row.absent == (("丙丁", "出差"), ("戊己", "因病请假"))
    assert row.number == 3
    assert row.counts


def test_one_activity_may_serve_two_duties(ledger: Ledger) -> None:
    row = only(ledger.read(line(会议类型="主题党日暨党课")))
    assert row.kinds == ("theme_day", "party_lecture")


def test_a_general_word_is_made_clear_by_the_topic(ledger: Ledger) -> None:
    row = only(ledger.read(line(会议类型="三会一课", 主题="第一季度支委会")))
    assert row.kinds == ("committee_meeting",)


@pytest.mark.parametrize(("title", "name"), [("2026年活动台账", "台账"), ("活动台账", "2026年台账")])
def test_the_year_comes_from_the_title_or_the_file(ledger: Ledger, title: str, name: str) -> None:
    reading = ledger.read(line(时间="3月5日 14:30"), title=title, name=name)
    assert only(reading).held_on == date(2026, 3, 5)


def test_a_file_put_aside_keeps_the_name_of_its_owner(ledger: Ledger) -> None:
    ledger.read(line(时间="3月5日"), title="活动台账", name="0")
    (reading,) = read_ledgers(ledger.folder / "0.xlsx", on=ON, kinds=KINDS, called="2026年台账.xlsx")
    assert only(reading).held_on == date(2026, 3, 5)


def test_a_branch_may_be_named_by_the_title_alone(ledger: Ledger) -> None:
    heads = ("活动类型", "日期", "主题")
    reading = ledger.read([MEETING, DAY, "学习"], heads=heads, title="中共青禾市财政局第一党支部2026年组织生活台账")
    assert only(reading).organisation == "中共青禾市财政局第一党支部"
    assert codes(reading) == []


@pytest.mark.parametrize("title", ["2026年活动台账", "2026年各党支部活动台账", "党支部活动台账"])
def test_without_any_branch_the_whole_workbook_is_told_once(ledger: Ledger, title: str) -> None:
    reading = ledger.read([MEETING, DAY], [MEETING, "2026年4月5日"], heads=("活动类型", "日期"), title=title)
    assert codes(reading) == ["organisation.missing"]
    assert not any(row.counts for row in reading.rows)


@pytest.mark.parametrize("heads", [("应到/实到",), ("应到、实到人数",)])
def test_attendance_may_stand_in_one_column(ledger: Ledger, heads: tuple[str, ...]) -> None:
    row = only(ledger.read([BRANCH, MEETING, DAY, "12/9"], heads=("支部", "形式", "日期", *heads)))
    assert (row.expected, row.present) == (12, 9)


def test_votes_may_stand_in_three_columns(ledger: Ledger) -> None:
    heads = ("支部", "形式", "日期", "实到", "赞成", "反对", "弃权")
    row = only(ledger.read([BRANCH, MEETING, DAY, 9, "7票", 1, 1], heads=heads))
    assert (row.in_favour, row.against, row.abstained) == (7, 1, 1)


def test_an_unanimous_vote_is_that_of_all_present(ledger: Ledger) -> None:
    row = only(ledger.read(line(应到=12, 实到=9, 表决情况="全票通过")))
    assert (row.in_favour, row.against, row.abstained) == (9, 0, 0)


def test_days_are_counted_where_no_column_tells_them(ledger: Ledger) -> None:
    row = only(ledger.read(line(会议类型="入列轮值", 时间="2026年3月2日至8日")))
    assert (row.held_on, row.days) == (date(2026, 3, 2), Decimal(5))


def test_participants_are_names_and_everybody_is_none(ledger: Ledger) -> None:
    heads = ("支部", "形式", "日期", "参加人员")
    reading = ledger.read([BRANCH, "轮值", DAY, "甲乙、丙丁戊"], [BRANCH, MEETING, DAY, "全体党员"], heads=heads)
    assert [row.participants for row in reading.rows] == [("甲乙", "丙丁戊"), ()]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"党支部": None, "主题": "x"}, "organisation.missing", "A"),
        ({"会议类型": "团建聚餐"}, "activity.unknown_kind", "B"),
        ({"会议类型": None}, "activity.unknown_kind", "B"),
        ({"时间": None}, "held_on.missing", "D"),
        ({"时间": "下旬"}, "held_on.unreadable", "D"),
        ({"时间": "2026年2月30日"}, "held_on.impossible", "D"),
        ({"时间": "2月29日"}, "held_on.impossible", "D"),
        ({"应到": "十几人"}, "expected.malformed", "G"),
        ({"实到": "多数"}, "present.malformed", "H"),
        ({"应到": 9, "实到": 12}, "present.more_than_expected", "H"),
        ({"表决情况": "通过"}, "votes.malformed", "J"),
        ({"学时": "半天"}, "hours.malformed", "K"),
    ],
)
def test_a_fault_is_told_with_its_place(ledger: Ledger, cells: dict[str, object], code: str, column: str) -> None:
    reading = ledger.read(line(党支部="预算处党支部", 主题="一"), line(**cells))
    (problem,) = reading.problems
    assert (problem.code, problem.row, problem.column) == (code, 4, column)
    assert problem.severity is Severity.ERROR
    assert problem.message
    assert problem.remedy
    assert len(reading.rows) == 2


def test_a_faulty_value_leaves_the_rest_of_the_row(ledger: Ledger) -> None:
    row = only(ledger.read(line(应到=9, 实到=12, 学时="2")))
    assert (row.expected, row.present, row.hours) == (None, None, Decimal(2))
    assert row.counts


def test_the_day_of_the_check_is_not_in_the_future(ledger: Ledger) -> None:
    assert only(ledger.read(line(时间="2026-06-30"))).held_on == ON


@pytest.mark.parametrize(
    ("votes", "severity", "kept"), [("10/1/0", Severity.ERROR, None), ("7/1/0", Severity.DOUBT, 7)]
)
def test_votes_that_do_not_add_up_say_which_way(
    ledger: Ledger, votes: str, severity: Severity, kept: int | None
) -> None:
    reading = ledger.read(line(应到=12, 实到=9, 表决情况=votes))
    (problem,) = reading.problems
    assert (problem.code, problem.severity) == ("votes.do_not_add_up", severity)
    assert only(reading).in_favour == kept
    assert ("多于" if kept is None else "少于") in problem.message


def test_a_repeated_row_counts_once(ledger: Ledger) -> None:
    reading = ledger.read(line(), line(主题="选举"), line(党支部="办公室 党支部"))
    assert [row.number for row in reading.rows] == [3, 4]
    (problem,) = reading.problems
    assert (problem.code, problem.row, problem.severity) == ("row.duplicate", 5, Severity.DOUBT)
    assert "第 3 行" in problem.message


def test_no_message_names_a_field_in_english(ledger: Ledger) -> None:
    reading = ledger.read(line(党支部=None, 会议类型="聚餐", 时间="下旬", 应到="x", 表决情况="y", 学时="z"))
    told = "".join(f"{problem.message}{problem.remedy}" for problem in reading.problems)
    assert not set("abcdefghijklmnopqrstuvw_") & set(told)
