"""Years are gathered set-wise: as many queries for one organisation as for all."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.history import change
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Standing
from dangwu.records.branch_years import branch_year, branch_years
from dangwu.records.services.minuting import conclude_activity, minute_activity
from dangwu.records.told import Told
from tests.cast import CENTRE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = pytest.mark.django_db
BY = CommandLine("test")
LAST = date(2026, 12, 31)


@pytest.fixture
def place() -> Bureau:
    made = bureau()
    for where in (OFFICE, PERSONNEL, CENTRE):
        made.held(where, "theme_day", "2026-08-01", topic=f"{where}活动", absent=())
    return made


def test_there_are_as_many_queries_for_one_as_for_all(place: Bureau) -> None:
    counts = []
    for where in ((OFFICE,), (OFFICE, PERSONNEL, CENTRE)):
        with CaptureQueriesContext(connection) as asked:
            years = branch_years(Scope.everything(LAST), [place.place(name) for name in where], 2026)
        assert [year.standing.name for year in years] == list(where)
        counts.append(len(asked))
    assert counts == [16, 16]


def test_each_has_its_own_records_and_people(place: Bureau) -> None:
    years = branch_years(Scope.everything(LAST), [place.place(OFFICE), place.place(PERSONNEL)], 2026)
    assert [[record.activity.topic for record in year.records] for year in years] == [
        ["办公室党支部活动"],
        ["人事处党支部活动"],
    ]
    assert [len(year.belonging(LAST)) for year in years] == [8, 3]
    assert [year.above for year in years] == ["机关党委", "机关党委"]


def test_what_is_outside_the_scope_is_not_gathered(place: Bureau) -> None:
    assert branch_years(Scope.nothing(LAST), [place.place(OFFICE)], 2026) == []


def test_only_what_is_concluded_in_the_year_is_told(place: Bureau) -> None:
    office = place.standings[OFFICE].organisation
    told = Told(kind="theme_day", held_on=date(2026, 11, 30), topic="还没有办结")
    minute_activity(by=BY, organisation=office, told=told, today=date(2026, 12, 1))
    place.held(OFFICE, "theme_day", "2025-12-31", topic="上一年")
    year = branch_year(place.standings[OFFICE], 2026, LAST)
    assert year
    assert [record.activity.topic for record in year.records] == ["办公室党支部活动"]


def test_what_was_held_together_is_in_the_year_of_both(place: Bureau) -> None:
    told = Told(kind="theme_day", held_on=date(2026, 11, 30), topic="联合", partners=(place.place(PERSONNEL),))
    conclude_activity(by=BY, organisation=place.standings[OFFICE].organisation, told=told, today=date(2026, 12, 1))
    for where in (OFFICE, PERSONNEL):
        year = branch_year(place.standings[where], 2026, LAST)
        assert year
        assert year.records[-1].activity.topic == "联合"
        assert set(year.names.values()) == {OFFICE, PERSONNEL}


def test_the_name_is_that_of_the_year(place: Bureau) -> None:
    with doing(Deed("test", BY)):
        now = change(place.standings[OFFICE], on=date(2027, 3, 1), name="综合处党支部")
    assert isinstance(now, Standing)
    year = branch_year(now, 2026, date(2027, 6, 1))
    assert year
    assert (year.standing.name, year.on) == (OFFICE, LAST)


def test_what_was_dissolved_is_told_as_it_was_on_its_last_day(place: Bureau) -> None:
    standing = place.standings[CENTRE]
    with doing(Deed("test", BY)):
        standing.valid_until = date(2026, 9, 1)
        standing.save()
    year = branch_year(standing, 2026, LAST)
    assert year
    assert (year.on, len(year.records)) == (date(2026, 8, 31), 1)
    assert branch_year(standing, 2027, date(2027, 5, 1)) is None
