"""From workbooks as clerks write them to verdicts: nothing missed, nobody accused without ground."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from dangwu.foundation.sheets.shapes import Cell
from tests.clerks import OFFICE, PERSONNEL, Clerk, accused, codes, failures, found, held, in_order, levels, people

pytestmark = pytest.mark.django_db
COMMITTEE, BUREAU = "市财政局机关党委", "市直机关工委"


@pytest.fixture
def clerk(tmp_path: Path, settings: Settings) -> Clerk:
    settings.HOME = tmp_path / "home"
    return Clerk(tmp_path)


def without(lines: list[dict[str, Cell]], kind: str, month: str) -> list[dict[str, Cell]]:
    return [line for line in lines if not (line["活动类型"] == kind and str(line["时间"]).startswith(month))]


def test_a_branch_in_order_has_nothing_found(clerk: Clerk) -> None:
    report = clerk.roster(*people(OFFICE, 5)).ledger(*in_order(OFFICE)).told()
    assert (found(report), codes(report)) == ([], [])


def test_what_the_clauses_demand_fails_and_what_they_ask_in_general_warns(clerk: Clerk) -> None:
    lines = without(without(in_order(OFFICE), "主题党日", "2026-05"), "党员大会", "2026-05")
    report = clerk.roster(*people(OFFICE, 5)).ledger(*lines).told()
    assert levels(report, "theme-day-each-month") == {(OFFICE, "2026-05"): "failure"}
    assert levels(report, "general-assembly-each-quarter") == {(OFFICE, "2026Q2"): "warning"}


def test_without_a_ledger_no_activity_is_missed(clerk: Clerk) -> None:
    report = clerk.roster(*people(OFFICE, 5), *people(PERSONNEL, 2)).told()
    assert failures(report) == {("branch-needs-three-full-members", PERSONNEL)}


def test_kinds_of_members_that_nobody_told_are_not_guessed(clerk: Clerk) -> None:
    bare = [{"姓名": line["姓名"], "党支部": OFFICE} for line in people(OFFICE, 2)]
    report = clerk.roster(*bare).told()
    assert found(report) == []
    assert "branch-needs-three-full-members" in {entry.rule for entry in report.not_judged}


@pytest.mark.parametrize(
    "sheets",
    [
        {
            f"{month}月": [line for line in in_order(OFFICE) if f"-0{month}-" in str(line["时间"])]
            for month in range(1, 10)
        },
        {"汇总": in_order(OFFICE), "主题党日": in_order(OFFICE)[:9]},
    ],
)
def test_a_ledger_may_fill_several_sheets(clerk: Clerk, sheets: dict[str, list[dict[str, Cell]]]) -> None:
    report = clerk.roster(*people(OFFICE, 5)).ledger(**sheets).told()
    assert found(report) == []
    assert set(codes(report)) <= {"sheet.repeats"}


def test_a_roster_may_fill_several_sheets(clerk: Clerk) -> None:
    sheets = {
        "在职党员": people(OFFICE, 5),
        "离退休党员": people(PERSONNEL, 3),
        "入党积极分子": people("财务处党支部", 1),
    }
    report = clerk.roster(**sheets).ledger(*in_order(OFFICE), *in_order(PERSONNEL)).told()
    assert (report.members, found(report), codes(report)) == (8, [], ["sheet.unread"])


def test_sheets_of_one_branch_share_its_groups(clerk: Clerk) -> None:
    first, second = people(OFFICE, 3, 党小组="第一党小组"), people(PERSONNEL, 3, 党小组="第一党小组")
    clerk.roster(在职党员=first, 离退休党员=[person | {"所在党支部": OFFICE} for person in second])
    lines = [held(OFFICE, "党小组会", f"2026-{month:02}-20", 党小组="第一党小组") for month in range(1, 10)]
    report = clerk.ledger(*in_order(OFFICE), *lines).told()
    assert (found(report), codes(report)) == ([], [])


def test_an_activity_of_several_branches_counts_for_each(clerk: Clerk) -> None:
    lines = [line | {"党支部": "办公室、人事处党支部", "应到": 20, "实到": 9} for line in in_order(OFFICE)]
    report = clerk.roster(*people(OFFICE, 5), *people(PERSONNEL, 5)).ledger(*lines).told()
    assert (found(report), codes(report)) == ([], [])


def test_a_ledger_handed_in_twice_counts_once(clerk: Clerk) -> None:
    lines = [*in_order(OFFICE, 2025, 12), held(OFFICE, "集中学习", "2025-03-01", 学时=16)]
    report = clerk.roster(*people(OFFICE, 5)).ledger(*lines).ledger(*lines).told_of_2025()
    assert len(accused(report, "study-hours-each-year")) == 5
    assert codes(report) == ["sheet.repeats"]


def test_a_lone_list_of_branches_makes_none_of_them_the_highest(clerk: Clerk) -> None:
    clerk.roster(*people(OFFICE, 5), *people(PERSONNEL, 5)).ledger(
        *in_order(OFFICE, 2025, 12), *in_order(PERSONNEL, 2025, 12)
    )
    report = clerk.organisations({"序号": 1, "党支部名称": OFFICE}, {"序号": 2, "党支部名称": PERSONNEL}).told_of_2025()
    assert (failures(report), codes(report)) == (set(), [])


def test_a_branch_below_a_committee_that_is_not_listed_is_not_the_highest(clerk: Clerk) -> None:
    clerk.roster(*people(OFFICE, 5)).ledger(*in_order(OFFICE, 2025, 12))
    report = clerk.organisations({"组织名称": OFFICE, "上级组织": COMMITTEE}).told_of_2025()
    assert failures(report) == set()


def test_a_branch_below_the_working_committee_is_the_highest(clerk: Clerk) -> None:
    clerk.roster(*people(OFFICE, 50)).ledger(*in_order(OFFICE, 2025, 12))
    report = clerk.organisations({"组织名称": OFFICE, "上级组织": BUREAU}).told_of_2025()
    assert failures(report) == {("organ-assembly-each-year", OFFICE), ("general-branch-at-fifty", OFFICE)}


def test_a_list_without_superiors_puts_all_under_its_only_committee(clerk: Clerk) -> None:
    names = (COMMITTEE, "市财政局机关纪委", OFFICE, PERSONNEL)
    report = (
        clerk.roster(*people(OFFICE, 60), *people(PERSONNEL, 40))
        .organisations(*({"组织名称": n, "书记": ""} for n in names))
        .told()
    )
    assert failures(report) == set()
    assert levels(report, "branch-at-most-fifty") == {(OFFICE, ""): "warning"}


def test_a_secretary_may_be_written_with_his_title(clerk: Clerk) -> None:
    told = {"书记": "张三丰（兼）", "副书记": "李四光、王五一", "纪委书记": "王五一（兼）"}
    clerk.organisations(
        {"组织名称": COMMITTEE, "上级组织": BUREAU, **told}, {"组织名称": OFFICE, "上级组织": COMMITTEE}
    )
    lecture = held("机关党委", "党课", "2025-07-01", 主讲人="党组书记张三丰同志")
    lines = [*in_order(OFFICE, 2025, 12), held(COMMITTEE, "机关党员干部大会", "2025-12-01"), lecture]
    assert failures(clerk.roster(*people(OFFICE, 5)).ledger(*lines).told_of_2025()) == set()


def test_lectures_are_not_missed_of_a_secretary_whom_nobody_named(clerk: Clerk) -> None:
    meetings = [held("市财政局党组", "民主生活会", "2025-12-20"), held("市财政局党组", "党课", "2025-07-01")]
    report = clerk.roster(*people(OFFICE, 5)).ledger(*in_order(OFFICE, 2025, 12), *meetings).told_of_2025()
    assert failures(report) == set()
    assert set(levels(report, "leaders-study-each-quarter").values()) == {"hint"}


def test_an_election_and_an_admission_are_held_to_their_own_rules_alone(clerk: Clerk) -> None:
    votes = {"应到": 50, "实到": 41, "赞成": 24, "反对": 17, "弃权": 0}
    admission = {"应到": 20, "实到": 10, "赞成": 10, "反对": 0, "弃权": 0}
    lines = [
        held(OFFICE, "换届选举大会", "2026-03-20", **votes),
        held(OFFICE, "党员大会（接收预备党员）", "2026-06-20", **admission),
    ]
    report = clerk.roster(*people(OFFICE, 5)).ledger(*in_order(OFFICE), *lines).told()
    assert {rule for rule, _ in failures(report)} == {"admission-quorum", "admission-majority"}


def test_a_committee_that_met_is_a_committee(clerk: Clerk) -> None:
    first, *others = people(OFFICE, 8)
    meetings = [held(OFFICE, "支委会", f"2026-{month:02}-05") for month in range(1, 9)]
    report = clerk.roster(first | {"党内职务": "书记"}, *others).ledger(*in_order(OFFICE), *meetings).told()
    assert failures(report) == set()
    assert levels(report, "committee-meeting-each-month") == {(OFFICE, "2026-09"): "warning"}


def test_what_was_called_off_was_not_held(clerk: Clerk) -> None:
    lines = without(without(in_order(OFFICE), "主题党日", "2026-05"), "主题党日", "2026-06")
    lines += [held(OFFICE, "主题党日（未开展）", "2026-05-10"), held(OFFICE, "主题党日", "2026-06-10", 主题="因故取消")]
    report = clerk.roster(*people(OFFICE, 5)).ledger(*lines).told()
    assert set(levels(report, "theme-day-each-month")) == {(OFFICE, "2026-05"), (OFFICE, "2026-06")}


def test_months_without_a_day_count(clerk: Clerk) -> None:
    lines = [line | {"时间": f"2026年{int(str(line['时间'])[5:7])}月"} for line in in_order(OFFICE)]
    report = clerk.roster(*people(OFFICE, 5)).ledger(*lines).told()
    assert (found(report), set(codes(report))) == ([], {"held_on.month_only"})


def test_a_year_that_is_over_may_be_checked_with_a_ledger_that_goes_on(clerk: Clerk) -> None:
    lines = [line for line in in_order(OFFICE, 2025, 12) if "组织生活会" not in str(line["活动类型"])]
    report = clerk.roster(*people(OFFICE, 5)).ledger(*lines, *in_order(OFFICE)).told_of_2025()
    assert failures(report) == {("organisational-life-meeting-each-year", OFFICE)}
    assert set(codes(report)) == {"held_on.in_future"}


def test_hours_short_of_thirty_two_warn_but_for_the_ill(clerk: Clerk) -> None:
    three = people(OFFICE, 3)
    names = [str(line["姓名"]) for line in three]
    ledger = [
        held(OFFICE, "集中学习", "2025-03-01", 学时=31),
        held(OFFICE, "培训", "2025-04-01", 学时="1学时", 参加人员=names[0]),
    ]
    report = clerk.roster(*three[:2], three[2] | {"备注": "长期患病"}).ledger(*ledger).told_of_2025()
    assert levels(report, "study-hours-each-year") == {(names[1], "2025"): "warning"}


def test_rare_names_take_part_and_namesakes_are_not_accused(clerk: Clerk) -> None:
    names = ("王䶮", "李𬭎", "买买提·阿卜杜拉", "古丽巴哈尔", "赵安", "赵安", "钱邦")
    roster = [
        {"姓名": name, "所在党支部": OFFICE, "出生日期": f"198{i}-01-01", "在职情况": "在职"}
        for i, name in enumerate(names)
    ]
    went = held(OFFICE, "入列轮值", "2025-03-03至03-07", 轮值人员="王䶮、李𬭎 买买提•阿卜杜拉，古丽巴哈尔、赵安")
    report = clerk.roster(*roster).ledger(went).told_of_2025(["tianjin"])
    assert levels(report, "community-rotation-each-year") == {("钱邦", "2025"): "failure"}
    assert codes(report) == ["person.ambiguous"]


def test_a_rotation_that_names_nobody_accuses_nobody(clerk: Clerk) -> None:
    roster = [*people(OFFICE, 1, 在职情况="在职"), *people(PERSONNEL, 1, 在职情况="在职")]
    lines = [
        held(OFFICE, "入列轮值", "2025-03-03", 轮值人员=roster[0]["姓名"], 天数=4),
        held(PERSONNEL, "入列轮值", "2025-03-03", 轮值人员="全体党员"),
    ]
    report = clerk.roster(*roster).ledger(*lines).told_of_2025(["tianjin"])
    assert accused(report, "community-rotation-each-year") == {roster[0]["姓名"]}


def test_a_branch_owes_nothing_before_it_was_set_up_nor_after_it_was_dissolved(clerk: Clerk) -> None:
    clerk.organisations(
        {"组织名称": OFFICE, "上级组织": COMMITTEE, "建立日期": "2026-06-20"},
        {"组织名称": PERSONNEL, "上级组织": COMMITTEE, "撤销日期": "2026-04-10"},
    )
    after = [line for line in in_order(OFFICE) if str(line["时间"]) > "2026-08"]
    before = [line for line in in_order(PERSONNEL) if str(line["时间"]) < "2026-03"]
    report = clerk.roster(*people(OFFICE, 5), *people(PERSONNEL, 5)).ledger(*after, *before).told()
    assert set(levels(report, "theme-day-each-month")) == {(OFFICE, "2026-07"), (PERSONNEL, "2026-03")}
