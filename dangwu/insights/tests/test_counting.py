"""Figures equal an independent recount, for every part of the tree, and count what was there on its own day."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from pytest_django import DjangoAssertNumQueries

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.insights.counting import Value, count, count_by
from dangwu.insights.standing import declared_figures
from dangwu.insights.tests.counted import (
    TODAY,
    WHY,
    YEAR,
    day_of,
    figure,
    members_on,
    number,
    part,
    recount,
    value,
)
from dangwu.kernel.periods import Every, periods_starting_in
from dangwu.kernel.span import Span
from dangwu.organisations.queries import standing_of
from dangwu.organisations.services.reorganising import dissolve, found_organisation, move
from dangwu.records.models import Activity, Partner, Service
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = pytest.mark.django_db

KINDS = ("theme_day", "party_lecture", "training", "community_rotation", "volunteer_service", "election_meeting")
PLAIN = (*("activities", "organisations", "attendances", "audience", "people", "person_days", "study_hours"),)
LECTURE = figure("activities", "party_lecture")


@pytest.fixture
def place() -> Bureau:
    return bureau()


def hold_together(place: Bureau, kind: str, on: date, *places: str) -> None:
    """An activity that several organisations held; the first keeps the record."""
    place.held(places[0], kind, on.isoformat(), present=9)
    with doing(Deed("cast", CommandLine("test"), trial=True)):
        activity = Activity.objects.unscoped(WHY).latest("pk")
        for other in places[1:]:
            row = {"unit": place.unit, "activity": activity, "organisation_id": place.place(other)}
            Partner.objects.create(**row)
            Service.objects.create(**row, kind=kind, held_on=on)


def live_at_random(place: Bureau, chance: Random) -> None:
    """A year of anything, in the middle of which a branch goes under another and one is dissolved."""
    names = (OFFICE, PERSONNEL, CENTRE, COMMITTEE)
    for _ in range(60):
        where, kind = chance.choice(names), chance.choice(KINDS)
        told = {
            "present": chance.choice([None, chance.randint(0, 9)]),
            "hours": chance.choice([None, Decimal("1.5"), Decimal(2)]),
            "days": chance.choice([None, Decimal("0.5"), Decimal(3)]),
            "took_part": chance.sample(["钟正", "严明", "方圆", "江河", "田野"], chance.randint(0, 3)),
        }
        place.held(where, kind, day_of(chance.randint(-20, 364)).isoformat(), **told)
    hold_together(place, "theme_day", day_of(chance.randint(0, 364)), *chance.sample(names, 3))
    with doing(Deed("cast", CommandLine("test"), trial=True)):
        office = place.standings[OFFICE].organisation
        move(standing_of(place.place(CENTRE), date(2026, 8, 1)), office, date(2026, 8, 1))
        dissolve(place.standings[PERSONNEL].organisation, date(2026, 9, 1))


@pytest.mark.at_length
@pytest.mark.parametrize("seed", range(4))
def test_every_measure_equals_an_independent_recount(place: Bureau, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - nothing secret
    live_at_random(place, chance)
    for where in (COMMITTEE, OFFICE, PERSONNEL, CENTRE):
        top, begins = place.place(where), day_of(chance.randint(0, 200))
        for span in (YEAR, Span(begins, day_of(chance.randint(201, 364)))):
            for measure in PLAIN:
                wanted = figure(measure, *chance.sample(KINDS, 2))
                assert number(top, wanted, span) == recount(top, wanted, span), (where, measure, span)
        assert number(top, figure("members", members=("full", "probationary"))) == members_on(top, YEAR.last)


def test_what_several_held_together_counts_once_and_for_each_of_them(place: Bureau) -> None:
    hold_together(place, "joint_activity", date(2026, 5, 4), OFFICE, PERSONNEL)
    both, held = figure("activities", "joint_activity"), figure("organisations", "joint_activity")
    assert [number(place.place(where), both) for where in (COMMITTEE, OFFICE, PERSONNEL, CENTRE)] == [1, 1, 1, 0]
    assert number(place.place(COMMITTEE), held) == 2


def test_what_was_dissolved_counts_for_as_long_as_it_stood(place: Bureau) -> None:
    place.held(PERSONNEL, "party_lecture", "2026-03-01")
    with doing(Deed("cast", CommandLine("test"), trial=True)):
        dissolve(place.standings[PERSONNEL].organisation, date(2026, 6, 1))
    assert number(place.place(COMMITTEE), LECTURE) == 1
    assert number(place.place(PERSONNEL), LECTURE) == 1
    assert number(place.place(COMMITTEE), figure("standing", organisations=("branch",))) == 2


def test_what_only_is_planned_or_was_cancelled_counts_nowhere(place: Bureau) -> None:
    place.held(OFFICE, "party_lecture", "2026-03-01")
    with doing(Deed("cast", CommandLine("test"), trial=True)):
        Service.objects.unscoped(WHY).delete()
        Activity.objects.unscoped(WHY).update(state=Activity.State.PLANNED)
    assert number(place.place(COMMITTEE), LECTURE) == 0


def test_lectures_by_leaders_are_told_by_the_posts_of_their_day(place: Bureau) -> None:
    for name in ("钟正", "白露", ""):
        place.held(OFFICE, "party_lecture", "2026-03-01", lecturer=name)
    place.held(PERSONNEL, "party_lecture", "2026-03-02", lecturer="钟正")
    assert number(place.place(OFFICE), figure("activities", "party_lecture", given_by="leaders")) == 1
    assert number(place.place(COMMITTEE), figure("activities", "party_lecture", given_by="leaders")) == 2


def test_a_share_is_of_those_that_stand_on_the_last_day(place: Bureau) -> None:
    wanted = figure("share", "warning_education", organisations=("branch",))
    place.held(OFFICE, "warning_education", "2026-03-01")
    place.held(OFFICE, "warning_education", "2026-04-01")
    assert value(place.place(COMMITTEE), wanted) == Value(1, 3)
    place.held(PERSONNEL, "warning_education", "2026-03-01")
    with doing(Deed("cast", CommandLine("test"), trial=True)):
        dissolve(place.standings[PERSONNEL].organisation, date(2026, 6, 1))
    assert value(place.place(COMMITTEE), wanted) == Value(1, 2)
    assert value(place.place(PERSONNEL), wanted) == Value(0, 0)


@pytest.mark.parametrize(("held", "told"), [(0, 0), (4, 0), (5, 5), (9, 5), (12, 10)])
def test_of_confidential_talks_only_a_rough_number_is_told(place: Bureau, held: int, told: int) -> None:
    for _ in range(held):
        place.held(OFFICE, "heart_to_heart_talk", "2026-03-01")
    talks = figure("activities", "heart_to_heart_talk", confidential=True)
    assert value(place.place(COMMITTEE), talks) == Value(told, rough=True)


def test_of_confidential_talks_nothing_is_told_for_less_than_a_quarter(place: Bureau) -> None:
    for _ in range(7):
        place.held(OFFICE, "heart_to_heart_talk", "2026-04-01")
    talks = figure("activities", "heart_to_heart_talk", confidential=True)
    april = Span(date(2026, 4, 1), date(2026, 5, 1))
    assert value(place.place(OFFICE), talks, april) == Value(None, rough=True)
    assert value(place.place(OFFICE), talks, Span(date(2026, 1, 1), date(2026, 6, 30))) == Value(0, rough=True)
    months = count_by(talks, part(place.place(OFFICE)), periods_starting_in(Every.MONTH, YEAR), TODAY)
    assert {month.number for month in months} == {None}


def test_the_same_nine_queries_do_for_all_figures(
    place: Bureau, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    whole = part(place.place(COMMITTEE))
    with django_assert_num_queries(9):
        count(declared_figures(), whole, YEAR)
    live_at_random(place, Random(1))  # noqa: S311 - nothing secret
    with django_assert_num_queries(9):
        count(declared_figures(), whole, YEAR)


@pytest.mark.parametrize("measure", ["activities", "organisations", "people"])
def test_a_trend_is_what_its_periods_come_to_and_tells_nothing_of_what_is_ahead(place: Bureau, measure: str) -> None:
    live_at_random(place, Random(7))  # noqa: S311 - nothing secret
    top, wanted = place.place(COMMITTEE), figure(measure, *KINDS)
    quarters = periods_starting_in(Every.QUARTER, YEAR)
    found = count_by(wanted, part(top), quarters, date(2026, 9, 30))
    assert [each.number for each in found] == [*(recount(top, wanted, q.span) for q in quarters[:3]), None]


def test_the_leadership_group_of_a_unit_counts_for_its_committee(place: Bureau) -> None:
    by, name, on = CommandLine("test"), "示例局党组", date(2026, 1, 1)
    group = found_organisation(by=by, unit=place.unit, parent=None, name=name, kind="party_leadership_group", on=on)
    with doing(Deed("cast", by, trial=True)):
        for standing in (group, place.standings[COMMITTEE]):
            standing.organisation.stands_in = place.unit
            standing.organisation.save()
    place.standings["示例局党组"] = group
    place.held("示例局党组", "leaders_study", "2026-03-01")
    study = figure("activities", "leaders_study")
    assert [number(place.place(where), study) for where in (COMMITTEE, OFFICE)] == [1, 0]
