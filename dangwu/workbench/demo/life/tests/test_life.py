"""What the city held is what its people could have held."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.records.models import Absence, Activity, Service, Talk
from dangwu.workbench.demo.city.days import START
from dangwu.workbench.demo.city.shapes import Department
from dangwu.workbench.demo.city.world import imagine_city
from dangwu.workbench.demo.life.shapes import Doing
from dangwu.workbench.demo.life.world import life_of
from dangwu.workbench.services.filling import fill_site

UNITS, MEMBERS, SEED = 26, 420, 5
TODAY = date(2026, 12, 1)
WHY = "a test"


@pytest.fixture(scope="module")
def departments() -> Sequence[Department]:
    return [department for department in imagine_city(units=UNITS, members=MEMBERS, seed=SEED) if department.lives]


@pytest.fixture(scope="module")
def doings(departments: Sequence[Department]) -> list[Doing]:
    return [doing for one in departments for doing in life_of(one, since=START, today=TODAY, seed=SEED)]


def test_the_same_seed_and_day_give_the_same_life(departments: Sequence[Department], doings: list[Doing]) -> None:
    again = [doing for one in departments for doing in life_of(one, since=START, today=TODAY, seed=SEED)]
    assert again == doings


def test_numbers_add_up(doings: list[Doing]) -> None:
    for doing in doings:
        if doing.expected is not None and doing.present is not None:
            assert doing.present <= doing.expected
        assert all(vote.cast == doing.voters_present for vote in doing.votes)


def test_nobody_holds_anything_before_or_after_he_lives_or_in_the_future(doings: list[Doing]) -> None:
    for doing in doings:
        assert doing.body.founded_on <= doing.held_on < doing.body.until
        assert doing.held_on <= TODAY or doing.state != Activity.State.CONCLUDED
        assert doing.recorded_on is None or doing.held_on <= doing.recorded_on <= TODAY


def test_most_do_what_is_asked_and_a_few_do_not(doings: list[Doing]) -> None:
    last = [one for one in doings if one.kind == "theme_day" and (one.held_on.year, one.held_on.month) == (2026, 10)]
    branches = Counter(id(one.body) for one in doings if one.kind == "theme_day" and one.held_on.year == 2026)
    assert 0.9 * len(branches) <= len(last) <= len(branches)
    assert any(one.late_reason for one in doings)


def test_leadership_groups_miss_some_quarters_of_their_studies_and_none_misses_all(doings: list[Doing]) -> None:
    studies = [one for one in doings if one.kind == "leaders_study" and one.held_on.year == 2025]
    quarters = {(id(one.body), (one.held_on.month - 1) // 3) for one in studies}
    groups = {group for group, _ in quarters}
    everyone = {id(one.body) for one in doings if one.kind in {"leaders_study", "democratic_life_meeting"}}
    assert groups == everyone
    assert 2 * len(groups) < len(quarters) < 4 * len(groups)


@pytest.mark.same_everywhere  # a city is written on every database by the tests beside
@pytest.mark.django_db
def test_it_is_written_as_it_was_told() -> None:
    totals = fill_site(by=CommandLine("test"), units=UNITS, members=MEMBERS, seed=SEED, today=TODAY)
    concluded = Activity.objects.unscoped(WHY).filter(state=Activity.State.CONCLUDED)
    assert Activity.objects.unscoped(WHY).count() == totals.activities
    assert Service.objects.unscoped(WHY).values("activity").distinct().count() == concluded.count()
    assert Absence.objects.unscoped(WHY).exists()
    assert Talk.objects.unscoped(WHY).exists()
