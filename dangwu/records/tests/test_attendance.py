import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.records.attendance import (
    Attendance,
    Votes,
    parse_absent,
    parse_attendance,
    parse_attendance_reversed,
    parse_votes,
)

numbers = st.integers(0, 999)


@pytest.mark.parametrize(
    "text", ["12/9", "应到12人，实到9人", "应到 12 实到 9", "实到9人、应到12人", "１２／９", "12人/9人"]
)
def test_two_numbers_stand_in_one_cell(text: str) -> None:
    assert parse_attendance(text) == (Attendance(12, 9), ())


@pytest.mark.parametrize("text", ["9/12", "实到9人，应到12人"])
def test_the_head_may_name_those_who_came_first(text: str) -> None:
    assert parse_attendance_reversed(text).value == Attendance(12, 9)


@pytest.mark.parametrize("text", ["12", "全部", "12/9/3"])
def test_attendance_without_two_numbers_is_told(text: str) -> None:
    value, (flaw,) = parse_attendance(text)
    assert value is None
    assert (flaw.code, text in flaw.message) == ("present.malformed", True)


@pytest.mark.parametrize(
    ("text", "votes"),
    [
        ("9/0/0", (9, 0, 0)),
        ("8票／1票／0票", (8, 1, 0)),
        ("赞成9票，反对0票，弃权0票", (9, 0, 0)),
        ("9票赞成、1票反对", (9, 1, None)),
        ("同意9票，不同意1票，弃权2票", (9, 1, 2)),
        ("全票通过", (None, 0, 0)),
        ("一致同意", (None, 0, 0)),
    ],
)
def test_votes_are_read_in_words_and_figures(text: str, votes: tuple[int | None, int, int | None]) -> None:
    assert parse_votes(text) == (Votes(*votes), ())


@pytest.mark.parametrize("text", ["通过", "9/0", "多数"])
def test_votes_without_numbers_are_told(text: str) -> None:
    value, (flaw,) = parse_votes(text)
    assert value is None
    assert flaw.code == "votes.malformed"


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("甲乙丙（出差）、丁戊、己庚因病请假", [("甲乙丙", "出差"), ("丁戊", "因病请假"), ("己庚", "因病请假")]),
        ("甲乙丙(出差)丁戊(事假)", [("甲乙丙", "出差"), ("丁戊", "事假")]),
        ("甲乙丙、丁戊2人出差；己庚：病假", [("甲乙丙", "出差"), ("丁戊", "出差"), ("己庚", "病假")]),
        ("出差：甲乙丙、丁戊；病假：己庚", [("甲乙丙", "出差"), ("丁戊", "出差"), ("己庚", "病假")]),
        ("甲 乙  丙丁戊", [("甲乙", ""), ("丙丁戊", "")]),
        ("甲乙丙、丁戊（出差）", [("甲乙丙", ""), ("丁戊", "出差")]),
        ("甲乙·丙丁（请假 三天）", [("甲乙·丙丁", "请假 三天")]),
        ("甲乙丙同志因公出差", [("甲乙丙", "因公出差")]),
        ("2人", []),
    ],
)
def test_the_absent_have_names_and_reasons(text: str, absent: list[tuple[str, str]]) -> None:
    assert parse_absent(text) == (tuple(absent), ())


@pytest.mark.parametrize("text", [None, "", "无", "/", "0", "全勤", "无缺席", "全部到会"])
def test_nobody_was_absent(text: str | None) -> None:
    assert parse_absent(text) == ((), ())


def test_what_is_no_name_is_told_and_the_rest_kept() -> None:
    absent, (flaw,) = parse_absent("甲乙丙（出差）、第三小组的几名老党员")
    assert absent == (("甲乙丙", "出差"),)
    assert flaw.code == "absent.unclear"
    assert "第三小组的几名老党员" in flaw.message


def test_a_reason_alone_is_nobodys_name() -> None:
    absent, (flaw,) = parse_absent("出差")
    assert (absent, flaw.code) == ((), "absent.unclear")


@given(numbers, numbers, numbers)
def test_votes_written_are_votes_read(in_favour: int, against: int, abstained: int) -> None:
    votes = Votes(in_favour, against, abstained)
    assert parse_votes(f"{in_favour}/{against}/{abstained}").value == votes
    assert parse_votes(f"赞成{in_favour}票，反对{against}票，弃权{abstained}票").value == votes


@given(st.text(max_size=30))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(parse_absent(text).value, tuple)
    parse_votes(text)
    parse_attendance(text)
