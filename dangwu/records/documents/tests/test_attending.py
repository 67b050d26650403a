"""The ledger of attendance says of everybody what the records say of him, and nothing that they do not."""

from collections.abc import Callable
from datetime import date

import pytest

from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import change
from dangwu.members.models import Affiliation, Circumstances, Person
from dangwu.records.attending import attendees
from dangwu.records.branch_years import BranchYear
from dangwu.records.documents.attending import attended, expected
from dangwu.records.documents.tests.conftest import BY
from dangwu.records.models import Activity
from dangwu.records.standing import activity_kinds
from tests.cast import CENTRE, OFFICE, Bureau

pytestmark = pytest.mark.django_db
Held = Callable[..., Activity]
Year = Callable[[], BranchYear]


def cells(year: BranchYear) -> dict[str, list[str]]:
    return {line.person.name: [str(cell) for cell in line.cells] for line in attended(year)[1]}


def test_everybody_has_a_mark_or_his_reason(office: Year) -> None:
    told = cells(office())
    assert told["钟正"] == ["✓", "✓", "✓", "／"]
    assert told["文清"] == ["培训", "✓", "✓", "／"]
    assert told["谷雨"] == ["／", "✓", "出差", "／"]
    assert told["夏至"] == ["／", "✓", "✓", "✓"]


def test_an_absence_without_a_reason_is_an_absence(office: Year) -> None:
    assert cells(office())["冬青"] == ["／", "✓", "缺席", "／"]


def test_the_sums_count_what_is_known(office: Year) -> None:
    lines = {line.person.name: line for line in attended(office())[1]}
    its = lines["谷雨"]
    assert (its.expected, its.present, its.absent) == (2, 1, 1)


def test_where_only_numbers_were_told_nobody_is_said_to_have_come(place: Bureau, office: Year) -> None:
    place.held(OFFICE, "general_assembly", "2026-08-01", expected=8, present=6)
    told = cells(office())
    assert {line[-1] for line in told.values()} == {""}


def test_whoever_came_or_left_in_the_year_is_expected_while_he_belongs(place: Bureau, office: Year) -> None:
    with doing(Deed("test", BY)):
        row = Affiliation.objects.of(person=place.people["白露"]).get()
        change(row, on=date(2026, 4, 1), organisation_id=place.place(CENTRE), group=None)
    assert cells(office())["白露"] == ["／", "✓", "／", "／"]


@pytest.mark.parametrize("kind", ["general_assembly", "committee_meeting", "group_meeting", "youth_study"])
def test_who_should_have_come_is_who_was_called(place: Bureau, held: Held, office: Year, kind: str) -> None:
    with doing(Deed("test", BY)):
        young = [place.people[name].pk for name in ("谷雨", "夏至")]
        Person.objects.unscoped("a test").filter(pk__in=young).update(birth="1999-05-01")
        Circumstances.objects.unscoped("a test").filter(person=young[0]).update(employment="retired")
    on, standing = date(2026, 9, 1), place.standings[OFFICE]
    group = {"group": "第一党小组"} if kind == "group_meeting" else {}
    activity = held(kind, str(on), **group)
    year = office()
    (record,) = [record for record in year.records if record.activity.pk == activity.pk]
    called = attendees(activity_kinds()[kind], standing, on, group=activity.group)
    assert set(expected(record, year)) == {someone.person for someone in called}
