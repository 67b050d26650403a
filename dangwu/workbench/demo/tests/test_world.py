"""The invented city is believable, always the same, and in order but for what it was meant to neglect."""

from collections import Counter
from datetime import date
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.kernel.months import add_months
from dangwu.workbench.demo.activities import ASSEMBLY, COMMITTEE_MEETING, GROUP_MEETING, THEME_DAY
from dangwu.workbench.demo.world import TODAY, Organisation, World, imagine_world

SEPTEMBER_ENDS = date(2026, 9, 30)
WORLD = imagine_world()


def branches_of(world: World) -> list[Organisation]:
    return [o for o in world.organisations if o.kind.endswith("党支部") and not o.dissolved_on]


def months_with(kind: str, branch: str) -> list[int]:
    return sorted({a.held_on.month for a in WORLD.activities if (a.kind, a.organisation) == (kind, branch)})


@settings(max_examples=15, deadline=None)
@given(branches=st.integers(1, 30), spare=st.integers(0, 200), seed=st.integers(0, 10**6))
def test_has_the_branches_and_members_that_were_asked_for(branches: int, spare: int, seed: int) -> None:
    world = imagine_world(branches=branches, members=branches * 3 + spare, seed=seed)
    assert len(branches_of(world)) == branches
    assert len(world.people) == branches * 3 + spare
    assert {person.branch for person in world.people} == {branch.short_name for branch in branches_of(world)}


@settings(max_examples=15, deadline=None)
@given(branches=st.integers(1, 30), spare=st.integers(0, 200), seed=st.integers(0, 10**6))
def test_attendance_and_votes_always_add_up(branches: int, spare: int, seed: int) -> None:
    world = imagine_world(branches=branches, members=branches * 3 + spare, seed=seed)
    for activity in world.activities:
        assert 0 <= activity.present <= activity.expected
        assert not activity.absent or len(activity.absent) == activity.expected - activity.present
        assert activity.votes is None or (min(activity.votes) >= 0 and sum(activity.votes) == activity.present)


def test_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert imagine_world() == WORLD
    assert imagine_world(seed=2).people != WORLD.people


def test_refuses_branches_without_people() -> None:
    with pytest.raises(ValueError, match="党员总数请不少于 27 名"):
        imagine_world(members=26)


def test_names_are_unique_within_a_unit() -> None:
    assert len({person.name for person in WORLD.people}) == len(WORLD.people)


def test_short_names_of_many_units_are_unique() -> None:
    world = imagine_world(branches=60, members=600)
    assert max(Counter(o.short_name for o in world.organisations).values()) == 1
    assert {o.parent for o in world.organisations if o.parent} <= {o.short_name for o in world.organisations}


def test_ages_run_from_24_to_78() -> None:
    world = imagine_world(branches=90, members=2000)
    for person in world.people:
        assert add_months(person.birth_date, 24 * 12) <= TODAY < add_months(person.birth_date, 79 * 12)


def test_members_joined_as_adults_and_were_confirmed_a_year_later() -> None:
    for person in WORLD.people:
        assert person.joined_on >= add_months(person.birth_date, 18 * 12)
        assert person.confirmed_on == (add_months(person.joined_on, 12) if person.is_full else None)
        assert (person.confirmed_on or person.joined_on) <= SEPTEMBER_ENDS


def test_few_are_on_probation_and_some_names_have_a_dot() -> None:
    people = imagine_world(branches=90, members=2000).people
    assert 0 < sum(not person.is_full for person in people) < 0.06 * len(people)
    assert any("·" in person.name for person in people)


def test_seven_full_members_have_a_committee() -> None:
    for branch in branches_of(WORLD):
        crew = [person for person in WORLD.people if person.branch == branch.short_name]
        assert branch.has_committee == (sum(person.is_full for person in crew) >= 7)
        assert [p.name for p in crew if p.post == "书记"] == [branch.secretary]
        assert len({p.group for p in crew if p.group}) == branch.groups


def test_the_discipline_secretary_is_a_deputy_of_the_committee() -> None:
    committee = next(o for o in WORLD.organisations if o.kind == "机关党委")
    discipline = next(o for o in WORLD.organisations if o.kind == "机关纪委")
    assert discipline.secretary == committee.discipline_secretary
    assert discipline.secretary in committee.deputies


def test_every_branch_meets_but_for_its_shortfalls() -> None:
    missed = {s.organisation: s.when for s in WORLD.shortfalls if s.rule == "theme-day-each-month"}
    for branch in branches_of(WORLD):
        first = branch.set_up_on.month if branch.set_up_on.year == 2026 else 1
        without = int(missed[branch.short_name][-2:]) if branch.short_name in missed else 0
        months = [month for month in range(first, 10) if month != without]
        assert months_with(THEME_DAY, branch.short_name) == months
        assert months_with(COMMITTEE_MEETING, branch.short_name) == (
            list(range(first, 10)) if branch.has_committee else []
        )


def test_every_group_meets_each_month() -> None:
    meetings = sorted((a.organisation, a.group, a.held_on.month) for a in WORLD.activities if a.kind == GROUP_MEETING)
    groups = {(p.branch, p.group) for p in WORLD.people if p.group}
    by_group = {key: [m for *_, m in held] for key, held in groupby(meetings, key=lambda meeting: meeting[:2])}
    assert by_group == {key: list(range(1, 10)) for key in groups}


def test_nothing_is_held_on_a_day_off_or_before_the_branch_was_set_up() -> None:
    set_up_on = {o.short_name: o.set_up_on for o in WORLD.organisations}
    for activity in WORLD.activities:
        assert set_up_on[activity.organisation] <= activity.held_on <= SEPTEMBER_ENDS


def test_shortfalls_are_those_the_demonstration_is_about() -> None:
    assert {s.rule for s in WORLD.shortfalls} == {
        "branch-term",
        "general-assembly-each-quarter",
        "general-assembly-majority",
        "general-assembly-quorum",
        "theme-day-each-month",
    }
    weak = {a.organisation for a in WORLD.activities if a.kind == ASSEMBLY and a.present * 2 < a.expected}
    assert weak == {s.organisation for s in WORLD.shortfalls if s.rule == "general-assembly-quorum"}
