"""What a roster tells of each member, and what in it is doubted."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from dangwu.foundation.sheets.cells import stated
from dangwu.foundation.sheets.identity import check_digit
from dangwu.foundation.sheets.shapes import Cell, Severity
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.sheets import RosterReading, branch_in, read_rosters

ON = date(2026, 11, 23)
BRANCH = "第一党支部"


def number(birth: str = "19800101", sequence: str = "123") -> str:
    seventeen = f"990101{birth}{sequence}"
    return seventeen + check_digit(seventeen)


def read(tmp_path: Path, *people: Mapping[str, Cell], title: str = "") -> RosterReading:
    """A roster of people given by heads; everybody is in one branch unless said."""
    heads = list(dict.fromkeys(head for person in people for head in ("姓名", "党支部", *person)))
    if title:
        heads.remove("党支部")
    book = Book()
    book.active.append([title or "党员名册"])
    book.active.append(heads)
    for person in people:
        book.active.append([({"党支部": BRANCH} | dict(person)).get(head) for head in heads])
    book.save(tmp_path / "名册.xlsx")
    (roster,) = read_rosters(tmp_path / "名册.xlsx", on=ON)
    return roster


def codes(roster: RosterReading) -> list[str]:
    """What was found, but for the regions that our invented numbers do not have."""
    return [problem.code for problem in roster.problems if problem.code != "identity_number.region"]


def test_a_member_is_read_with_every_field(tmp_path: Path) -> None:
    person: dict[str, Cell] = {
        "姓名": "王　芳",
        "性别": "02 女",
        "民族": "汉",
        "出生年月": "1980.01",
        "学历": "本科",
        "人员类别": "223_正式党员",
    }
    rest: dict[str, Cell] = {
        "入党时间": "2005年7月1日",
        "转正时间": "20060701",
        "手机": 13900000000,
        "在职情况": "在职",
        "党内职务": "书记",
    }
    row = read(tmp_path, person | rest).rows[0]
    assert (row.number, row.name, row.gender, row.ethnicity, row.education) == (3, "王芳", "female", "汉族", "大学本科")
    assert (row.birth_date, row.joined_on) == (PartialDate(1980, 1), PartialDate(2005, 7, 1))
    assert (row.confirmed_on, row.member_kind, row.post) == (PartialDate(2006, 7, 1), "full", "书记")
    assert (row.phone, row.employment_kind, row.organisation) == ("13900000000", "in_service", BRANCH)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王　芳", "王芳"),
        ("王 芳", "王芳"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("李强（预备）", "李强"),
        ("𠮷田", "𠮷田"),
    ],
)
def test_a_name_loses_what_only_aligns_it_and_keeps_its_characters(tmp_path: Path, written: str, name: str) -> None:
    assert read(tmp_path, {"姓名": written}).rows[0].name == name


@pytest.mark.parametrize(
    ("person", "code", "severity"),
    [
        ({"姓名": None, "性别": "女"}, "name.missing", Severity.ERROR),
        ({"身份证号": "12345"}, "identity_number.malformed", Severity.ERROR),
        ({"身份证号": number()[:-1] + "?"}, "identity_number.malformed", Severity.ERROR),
        ({"身份证号": 9.90101198001011e17}, "identity_number.damaged", Severity.ERROR),
        ({"身份证号": "9.90101E+17"}, "identity_number.damaged", Severity.ERROR),
        ({"身份证号": number(), "出生年月": "1981.01"}, "identity_number.birth_mismatch", Severity.DOUBT),
        ({"身份证号": number(), "性别": "男"}, None, None),
        ({"身份证号": number(), "性别": "女"}, "identity_number.gender_mismatch", Severity.DOUBT),
        ({"出生年月": "不详"}, "birth_date.unreadable", Severity.ERROR),
        ({"出生年月": "1980.13"}, "birth_date.impossible", Severity.ERROR),
        ({"出生年月": "2027.01"}, "birth_date.in_future", Severity.ERROR),
        ({"出生年月": 1980.1}, "birth_date.unreadable", Severity.DOUBT),
        ({"入党时间": "前年"}, "joined_on.unreadable", Severity.ERROR),
        ({"入党时间": "2005.02.30"}, "joined_on.unreadable", Severity.ERROR),
        ({"入党时间": "2026-11-24"}, "joined_on.in_future", Severity.ERROR),
        ({"出生年月": "1988.07", "入党时间": "2006.06"}, "joined_on.under_18", Severity.DOUBT),
        ({"出生年月": "1988.07", "入党时间": "2006.07"}, None, None),
        ({"转正时间": "2005"}, "confirmed_on.unreadable", Severity.ERROR),
        ({"入党时间": "2005.07", "转正时间": "2005.06"}, "confirmed_on.before_joined", Severity.ERROR),
        ({"入党时间": "2005.07.01", "转正时间": "2005.07"}, None, None),
        ({"转正时间": "2026.12"}, "confirmed_on.in_future", Severity.ERROR),
        ({"党支部": None, "性别": "女"}, "organisation.missing", Severity.ERROR),
        ({"电话": "022-83281234"}, None, None),
        ({"电话": "139"}, "phone.malformed", Severity.WARNING),
        ({"性别": "雄"}, "gender.unknown", Severity.ERROR),
        ({"民族": "华夏族"}, "ethnicity.unknown", Severity.WARNING),
        ({"学历": "秀才"}, "education.unknown", Severity.WARNING),
        ({"人员类别": "入党积极分子"}, "member_kind.unknown", Severity.ERROR),
    ],
)
def test_each_defect_has_its_code_and_weight(
    tmp_path: Path, person: dict[str, Cell], code: str | None, severity: Severity | None
) -> None:
    roster = read(tmp_path, {"姓名": "王芳"} | person)
    found = [(p.code, p.severity) for p in roster.problems if p.code in codes(roster)]
    assert found == ([(code, severity)] if code else [])


def test_a_wrong_check_digit_keeps_the_number_out(tmp_path: Path) -> None:
    whole = number()
    wrong = whole[:-1] + ("1" if whole[-1] != "1" else "2")
    roster = read(tmp_path, {"姓名": "王芳", "身份证号": wrong})
    assert codes(roster) == ["identity_number.check_digit"]
    assert roster.rows[0].identity_number is None


def test_a_region_that_is_nowhere_only_warns(tmp_path: Path) -> None:
    roster = read(tmp_path, {"姓名": "王芳", "身份证号": number()})
    assert [(p.code, p.severity) for p in roster.problems] == [("identity_number.region", Severity.WARNING)]
    assert roster.rows[0].identity_number == number()


def test_no_problem_shows_a_whole_number(tmp_path: Path) -> None:
    people = [
        {"姓名": "甲乙", "身份证号": number()},
        {"姓名": "丙丁", "身份证号": number()},
        {"姓名": "戊己", "身份证号": number() + "1"},
    ]
    roster = read(tmp_path, *people)
    assert len(roster.problems) == 4
    assert not any(number() in problem.message + problem.remedy for problem in roster.problems)


def test_an_empty_birth_and_gender_are_told_by_the_number(tmp_path: Path) -> None:
    row = read(tmp_path, {"姓名": "王芳", "身份证号": number(sequence="128"), "性别": None, "出生年月": None}).rows[0]
    assert (row.gender, row.birth_date) == ("female", PartialDate(1980, 1, 1))


def test_a_damaged_number_tells_nothing(tmp_path: Path) -> None:
    row = read(tmp_path, {"姓名": "王芳", "身份证号": number()[:-3] + "000"}).rows[0]
    assert (row.identity_number, row.gender, row.birth_date) == (None, None, None)


def test_the_day_of_confirmation_makes_a_full_member_where_no_kind_is_written(tmp_path: Path) -> None:
    roster = read(tmp_path, {"姓名": "王芳", "转正时间": "2006.07"}, {"姓名": "李强", "入党时间": "2026.07"})
    assert [row.member_kind for row in roster.rows] == ["full", None]


def test_a_line_that_repeats_another_counts_once(tmp_path: Path) -> None:
    person = {"姓名": "王芳", "出生年月": "1980.01"}
    roster = read(tmp_path, person, person | {"姓名": "李强"}, person)
    assert [(p.row, p.code) for p in roster.problems] == [(5, "row.duplicate")]
    assert [row.name for row in roster.rows] == ["王芳", "李强"]


def test_one_number_on_two_people_is_an_error_and_both_stay(tmp_path: Path) -> None:
    roster = read(tmp_path, {"姓名": "王芳", "身份证号": number()}, {"姓名": "李强", "身份证号": number()})
    assert codes(roster) == ["identity_number.duplicate"]
    assert len(roster.rows) == 2


def test_an_old_number_and_its_new_form_are_one(tmp_path: Path) -> None:
    old = number()[:6] + number()[8:17]
    roster = read(tmp_path, {"姓名": "王芳", "身份证号": number()}, {"姓名": "王芳", "身份证号": old, "备注": "老证"})
    assert codes(roster) == ["identity_number.duplicate"]
    assert len(roster.rows) == 1


@pytest.mark.parametrize(
    ("one", "other", "doubted"),
    [
        ({}, {}, True),
        ({}, {"党支部": "第二党支部"}, False),
        ({"出生年月": "1980.01"}, {"出生年月": "1981.01"}, False),
        ({"出生年月": "1980.01"}, {"出生年月": "1980.01.05", "党支部": "第二党支部"}, True),
        ({"性别": "男"}, {"性别": "女"}, False),
        ({"手机": "13900000000"}, {"手机": "13900000001"}, False),
        ({"身份证号": number()}, {"身份证号": number(sequence="125")}, False),
        ({"身份证号": number()}, {"出生年月": "1980.01"}, True),
    ],
)
def test_namesakes_that_nothing_tells_apart_are_a_doubt(
    tmp_path: Path, one: dict[str, Cell], other: dict[str, Cell], doubted: bool
) -> None:
    roster = read(tmp_path, {"姓名": "王芳"} | one, {"姓名": "王 芳"} | other)
    assert codes(roster) == (["person.ambiguous"] if doubted else [])
    assert len(roster.rows) == 2


def test_the_roster_of_one_branch_names_it_in_its_title(tmp_path: Path) -> None:
    roster = read(tmp_path, {"姓名": "王芳", "性别": "女"}, title="中共某局办公室支部委员会党员花名册")
    assert roster.rows[0].organisation == "某局办公室支部委员会"
    assert roster.problems == []


def test_a_roster_that_names_no_branch_at_all_says_so_once(tmp_path: Path) -> None:
    roster = read(tmp_path, {"姓名": "王芳", "性别": "女"}, {"姓名": "李强", "性别": "男"}, title="某局党员名册")
    assert [(p.row, p.code) for p in roster.problems] == [(None, "organisation.missing")]


@pytest.mark.parametrize(
    ("title", "branch"),
    [
        ("2026年度某局机关第一党支部党员名册", "某局机关第一党支部"),
        ("某局各党支部书记联系方式", None),
        ("党员基本信息采集表", None),
        ("第三联合党支部", "第三联合党支部"),
    ],
)
def test_only_a_title_about_one_branch_names_it(title: str, branch: str | None) -> None:
    assert branch_in([title]) == branch


def test_the_better_of_two_columns_for_a_field_is_taken(tmp_path: Path) -> None:
    person = {"姓名": "王芳", "政治面貌": "中共党员", "人员类别": "预备党员", "职务": "科长", "党内职务": "书记"}
    row = read(tmp_path, person).rows[0]
    assert (row.member_kind, row.unit_post, row.post) == ("probationary", "科长", "书记")


NOBODYS_OFFICE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, exclude_characters="填制审报经负联")
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "姓名": st.text(NOBODYS_OFFICE, min_size=2, max_size=4).filter(stated),  # 暂无 is nobody's name
            "性别": st.sampled_from(["男", "女"]),
            "出生年月": st.dates(date(1930, 1, 1), date(2000, 1, 1)),
            "人员类别": st.sampled_from(["正式党员", "预备党员"]),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda person: str(person["姓名"]),
)


@settings(max_examples=25, deadline=None)
@given(PEOPLE)
def test_what_was_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, people: list[dict[str, Cell]]) -> None:
    roster = read(tmp_path_factory.mktemp("roster"), *people)
    assert roster.problems == []
    assert [row.name for row in roster.rows] == [person["姓名"] for person in people]
    assert [row.birth_date and row.birth_date.earliest for row in roster.rows] == [p["出生年月"] for p in people]
    kinds = {"full": "正式党员", "probationary": "预备党员"}
    assert [kinds[row.member_kind or ""] for row in roster.rows] == [person["人员类别"] for person in people]
