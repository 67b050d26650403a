from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from dangwu.organisations.sheets import OrganisationRow, OrganisationsReading, read_organisations

ON = date(2026, 6, 30)


def read(folder: Path, *told: Mapping[str, object]) -> OrganisationsReading:
    heads = list(dict.fromkeys(head for row in told for head in row))
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["青禾市财政局机关党委党组织信息表"])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=max(len(heads), 2))
    for row in (heads, *([row.get(head) for head in heads] for row in told)):
        sheet.append(row)
    path = folder / "党组织.xlsx"
    workbook.save(path)
    (reading,) = read_organisations(path, on=ON)
    return reading


def only(folder: Path, **told: object) -> OrganisationRow:
    reading = read(folder, {"组织名称": "办公室党支部", "上级组织": "机关党委"} | told)
    assert reading.problems == []
    return reading.rows[0]


def test_a_row_becomes_an_organisation(tmp_path: Path) -> None:
    told = {"组织类别": "党支部", "建立日期": "2019.03.01", "书记": "甲乙", "副书记": "丙丁、戊己", "纪检委员": "庚辛"}
    row = only(
        tmp_path, **told, 党小组数="2个", 涵盖单位数=1, 编制人数=120, 专职党务干部数=2, 书记是否本单位负责人="是"
    )
    assert (row.number, row.name, row.parent, row.kind) == (3, "办公室党支部", "机关党委", "branch")
    assert (row.founded_on, row.dissolved_on) == (date(2019, 3, 1), None)
    assert (row.secretary, row.deputies, row.deputy_secretary) == ("甲乙", ("丙丁", "戊己"), "丙丁、戊己")
    assert (row.discipline_secretary, row.secretary_is_head) == ("庚辛", True)
    assert (row.groups, row.units_covered, row.staff_total, row.full_time_staff) == (2, 1, 120, 2)


@pytest.mark.parametrize("head", ["组织名称", "党组织名称", "党支部名称", "党组织全称"])
def test_the_name_has_several_heads(tmp_path: Path, head: str) -> None:
    assert read(tmp_path, {head: "办公室党支部", "上级党组织": "机关党委"}).rows[0].name == "办公室党支部"


@pytest.mark.parametrize(
    ("told", "term"),
    [
        ({"届期": "2023.05-2026.05"}, (date(2023, 5, 1), date(2026, 5, 31), None)),
        ({"任期": "2023年5月10日至2026年5月9日"}, (date(2023, 5, 10), date(2026, 5, 9), None)),
        ({"换届时间": "2023-05-10", "任期": "3年"}, (date(2023, 5, 10), date(2026, 5, 10), 3)),
        ({"换届时间": "2023.05", "任期": "三年"}, (date(2023, 5, 1), date(2026, 5, 31), 3)),
        ({"本届选举日期": "2023-05-10", "届满时间": "2026-05-09"}, (date(2023, 5, 10), date(2026, 5, 9), None)),
        ({"届期": "5年"}, (None, None, 5)),
    ],
)
def test_a_term_is_told_in_one_column_or_in_several(
    tmp_path: Path, told: dict[str, object], term: tuple[date | None, date | None, int | None]
) -> None:
    row = only(tmp_path, **told)
    assert (row.term_started_on, row.term_until, row.term_years) == term


def test_of_a_month_the_day_is_taken_that_asks_least(tmp_path: Path) -> None:
    row = only(tmp_path, 成立时间="2026.02", 撤销日期="2026.05")
    assert (row.founded_on, row.dissolved_on) == (date(2026, 2, 28), date(2026, 5, 1))


@pytest.mark.parametrize(
    ("told", "has", "members"),
    [
        ({"是否设支委会": "是"}, True, None),
        ({"是否设支委会": "否", "委员人数": 0}, False, 0),
        ({"支委人数": "5人"}, True, 5),
        ({"支部委员": "甲乙、丙丁、戊己"}, True, 3),
        ({"委员人数": 0}, False, 0),
        ({"委员人数": None}, None, None),
    ],
)
def test_a_committee_follows_from_its_members(
    tmp_path: Path, told: dict[str, object], has: object, members: int | None
) -> None:
    row = only(tmp_path, **told)
    assert (row.has_committee, row.committee_members) == (has, members)


@pytest.mark.parametrize(
    ("name", "told", "kind"),
    [
        ("评审中心联合党支部", "党支部", "joint_branch"),
        ("办公室党支部", None, "branch"),
        ("青禾市财政局", "党组", "party_leadership_group"),
    ],
)
def test_the_kind_is_told_by_column_or_name(tmp_path: Path, name: str, told: str | None, kind: str) -> None:
    (row,) = read(tmp_path, {"组织名称": name, "组织类别": told, "上级组织": "机关党委"}).rows
    assert row.kind == kind


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"组织名称": "办公室"}, "kind.unknown"),
        ({"组织类别": "工会"}, "kind.unknown"),
        ({"建立日期": "不详"}, "founded_on.unreadable"),
        ({"建立日期": "2019-02-30"}, "founded_on.impossible"),
        ({"建立日期": "2027-01-01"}, "founded_on.in_future"),
        ({"建立日期": "2019-03-01", "撤销日期": "2018-03-01"}, "dissolved_on.before_founded"),
        ({"届期": "2026.05-2023.05"}, "term_until.before_started"),
        ({"届期": "待定"}, "term.unreadable"),
        ({"是否设支委会": "筹备中"}, "has_committee.malformed"),
        ({"编制人数": "一百多"}, "staff_total.malformed"),
        ({"编制人数": 3, "专职党务干部数": 5}, "full_time_staff.more_than_total"),
    ],
)
def test_a_fault_is_told_and_the_organisation_kept(tmp_path: Path, told: dict[str, object], code: str) -> None:
    usual: dict[str, object] = {"组织名称": "办公室党支部", "上级组织": "机关党委"}
    reading = read(tmp_path, {"组织名称": "预算处党支部", "上级组织": "机关党委"}, usual | told)
    (one,) = reading.problems
    assert (one.code, one.row) == (code, 4)
    assert one.column
    assert one.remedy
    assert len(reading.rows) == 2


def test_a_row_without_a_name_is_told_and_left_out(tmp_path: Path) -> None:
    branch = {"组织名称": "办公室党支部", "书记": "甲乙", "副书记": "丙丁"}
    reading = read(tmp_path, branch, {"书记": "戊己", "副书记": "庚辛"})
    assert [row.name for row in reading.rows] == ["办公室党支部"]
    assert [(one.code, one.row) for one in reading.problems] == [("name.missing", 4)]


def test_a_repeated_name_is_told_unless_another_body_stands_above(tmp_path: Path) -> None:
    first = {"组织名称": "第一党支部", "上级组织": "甲局机关党委"}
    second = first | {"上级组织": "乙局机关党委"}
    reading = read(tmp_path, first, second, first)
    assert [row.number for row in reading.rows] == [3, 4]
    assert [(one.code, one.row) for one in reading.problems] == [("name.duplicate", 5)]
