"""Hours and days count for whoever came, as far as that is known."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from dangwu.kernel.span import Span
from dangwu.members.facts import belongs
from dangwu.records.branch_years import BranchYear
from dangwu.records.documents.hours import hours_bytes, hours_of
from dangwu.records.facts import rotation_days, study_hours
from tests.cast import OFFICE, Bureau

pytestmark = pytest.mark.django_db
Year = Callable[[], BranchYear]


def test_whoever_stayed_away_has_no_hours(office: Year) -> None:
    hours = {line.person.name: line.total.hours for line in hours_of(office())}
    assert hours == dict.fromkeys(("钟正", "严明", "文清", "白露", "谷雨", "夏至", "冬青"), Decimal("1.5")) | {
        "秋分": 0
    }


def test_days_in_the_community_are_those_of_who_went(office: Year) -> None:
    days = {line.person.name: (line.total.days, line.total.rotations) for line in hours_of(office())}
    assert days["夏至"] == (Decimal(5), 1)
    assert days["钟正"] == (Decimal(0), 0)


def test_they_are_the_hours_by_which_the_rulebook_judges(place: Bureau, office: Year) -> None:
    span = Span(date(2026, 1, 1), date(2027, 1, 1))
    judged = study_hours(place.unit.pk, span, belongs(place.unit.pk, date(2026, 12, 1)))
    went = rotation_days(place.unit.pk, span)
    for line in hours_of(office()):
        assert sum(month.get(line.person.pk, 0) for month in judged.values()) == line.total.hours
        assert sum(month.get(line.person.pk, 0) for month in went.values()) == line.total.days


def test_hours_that_nobody_can_place_are_nobodys(place: Bureau, office: Year) -> None:
    place.held(OFFICE, "training", "2026-08-01", hours=Decimal(8), expected=8, present=6)
    assert max(line.total.hours for line in hours_of(office())) == Decimal("1.5")


def test_the_workbook_has_a_row_for_everybody(office: Year) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(hours_bytes([office()])))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:5] == ["序号", "党组织", "姓名", "党小组", "学时"]
    assert [row[2] for row in rows[2:10]] == ["钟正", "文清", "严明", "白露", "谷雨", "夏至", "秋分", "冬青"]
