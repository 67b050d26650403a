"""What was asked, what was done and what is missing is told of every organisation of a unit at once."""

from datetime import date

import pytest

from dangwu.rules.shapes import Level
from dangwu.workbench.papers.duties import Duty, duties_of_unit, failing
from tests.cast import CENTRE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)
ASSEMBLY = "general-assembly-each-quarter"


def duties(place: Bureau, where: str, on: date = LAST) -> dict[str, Duty]:
    return {duty.rule.id: duty for duty in duties_of_unit(place.unit.pk, 2026, on)[place.place(where)]}


def test_what_was_done_is_counted_and_what_is_missing_says_why(place: Bureau) -> None:
    its = duties(place, OFFICE, date(2027, 1, 1))[ASSEMBLY]
    assert (its.each, its.done, its.unmet, its.open) == ("每季度", 1, 3, 0)
    assert its.missing[0].startswith("2026年第一季度一般应召开党员大会 1 次")
    assert its.clause == "《中国共产党支部工作条例（试行）》第11条"


def test_what_may_still_be_done_is_not_missing(place: Bureau) -> None:
    assert duties(place, OFFICE)[ASSEMBLY].open == 1


def test_each_organisation_has_its_own(place: Bureau) -> None:
    assert duties(place, PERSONNEL)[ASSEMBLY].unmet == 3
    assert duties(place, CENTRE)[ASSEMBLY].done == 0


def test_what_concerns_members_is_a_number(place: Bureau) -> None:
    hours = next(duty for duty in duties(place, OFFICE).values() if duty.is_about_members)
    assert hours.missing == []
    assert hours.done + hours.unmet + hours.open > 0


def test_only_what_was_not_done_fails(place: Bureau) -> None:
    told = duties(place, OFFICE)
    names = {duty.rule.id for duty in failing(list(told.values()))}
    assert ASSEMBLY in names
    assert told[ASSEMBLY].rule.level is Level.WARNING
    assert all(told[name].unmet for name in names)
