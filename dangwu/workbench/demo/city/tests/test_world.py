"""The city is believable, always the same, and right on every day of its three years."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.kernel.months import add_months
from dangwu.kernel.span import FAR
from dangwu.members.models import MEMBERS, Membership, Post
from dangwu.members.services.lines import STEPS
from dangwu.organisations.models import OrganisationKind
from dangwu.workbench.demo.city.days import START
from dangwu.workbench.demo.city.shapes import Body, Department, Life, Stand
from dangwu.workbench.demo.city.world import imagine_city
from dangwu.workbench.demo.names import RARE
from dangwu.workbench.demo.people import TODAY

days = st.dates(START, TODAY)
City = list[Department]


def lives_of(city: City) -> Iterator[Life]:
    return (life for department in city for life in department.lives)


def bodies_of(city: City) -> Iterator[Body]:
    return (body for department in city for body in department.bodies)


def standing(body: Body, day: date) -> Stand | None:
    return next((stand for stand in body.stands if stand.since <= day < stand.until), None)


def told(city: City) -> list[object]:
    """All plain values of a city, organisations by their names."""
    bodies = [(s.since, s.until, s.name, s.short_name, s.kind, s.path) for body in bodies_of(city) for s in body.stands]
    terms = [term for body in bodies_of(city) for term in body.terms]
    people = [
        (
            *(life.uid, life.name, life.born, life.identity, life.phone, life.unit_post, life.dues_paid),
            *life.steps,
            *life.lots,
            *((stay.body.stands[-1].name, stay.since, stay.until, stay.team and stay.team.name) for stay in life.stays),
            *((held.body.stands[-1].name, held.kind, held.since, held.until) for held in life.posts),
        )
        for life in lives_of(city)
    ]
    return [*bodies, *terms, *people]


def test_is_the_same_for_the_same_seed_and_another_for_another(city: City) -> None:
    assert told(list(imagine_city(units=40, members=1_400, seed=3))) == told(city)
    assert told(list(imagine_city(units=40, members=1_400, seed=4))) != told(city)


def test_the_large_department_has_494_organisations_and_5000_members(large: Department) -> None:
    assert sum(body.dissolved_on is None for body in large.bodies) == 494
    members = [life for life in large.lives if life.stays[-1].until == FAR and life.steps[-1].kind in MEMBERS]
    assert len(members) == 5_000


def require_one_place(city: City, day: date) -> None:
    """Everybody is in at most one organisation, and that one is there."""
    here = [[stay for stay in life.stays if stay.since <= day < stay.until] for life in lives_of(city)]
    assert max(map(len, here)) <= 1
    assert all(standing(stay.body, day) for stays in here for stay in stays)


def require_tree(city: City, day: date) -> None:
    """Every organisation stands below one that is there, at a place of its own."""
    paths: Counter[str] = Counter()
    for body in bodies_of(city):
        if now := standing(body, day):
            paths[now.path] += 1
            above = standing(now.parent, day) if now.parent else None
            assert (now.parent is None) == (above is None) == (len(now.path) == 4)
            assert above is None or now.path[:-4] == above.path
    assert max(paths.values()) == 1


@settings(max_examples=25, deadline=None)
@given(day=days)
def test_on_every_day_everybody_is_in_one_organisation_that_is_there(city: City, day: date) -> None:
    require_one_place(city, day)


@settings(max_examples=25, deadline=None)
@given(day=days)
def test_on_every_day_the_tree_hangs_together(city: City, day: date) -> None:
    require_tree(city, day)


@settings(max_examples=12, deadline=None)
@given(units=st.integers(1, 40), spare=st.integers(0, 900), seed=st.integers(0, 10**6), day=days)
def test_a_city_of_any_size_is_right(units: int, spare: int, seed: int, day: date) -> None:
    city = list(imagine_city(units=units, members=units * 3 + spare, seed=seed))
    for each in (day, TODAY):
        require_tree(city, each)
        require_one_place(city, each)
    now = [life for life in lives_of(city) if life.stays[-1].until == FAR and life.steps[-1].kind in MEMBERS]
    assert len(now) == units * 3 + spare


def test_whoever_is_transferred_is_nowhere_lost(city: City) -> None:
    for life in lives_of(city):
        assert all(before.until == after.since for before, after in pairwise(life.stays))
        assert all(stay.since < stay.until for stay in life.stays)
        gone = life.stays[-1].until != FAR
        assert gone or life.steps[-1].kind != Membership.Kind.ENDED


def test_the_way_into_the_party_follows_its_stages(city: City) -> None:
    for life in lives_of(city):
        for before, after in pairwise(life.steps):
            assert before.until == after.since
            assert after.kind in STEPS[before.kind]
        for step in life.steps:
            assert step.confirmed_on in {None, add_months(step.joined_on or TODAY, 12)}
            assert step.joined_on is None or step.joined_on >= add_months(life.born, 18 * 12)


def test_activists_wait_a_year_before_they_are_candidates(city: City) -> None:
    for life in lives_of(city):
        stages = {step.kind: step.since for step in life.steps}
        if Membership.Kind.CANDIDATE in stages:
            waited = stages[Membership.Kind.CANDIDATE] - stages[Membership.Kind.ACTIVIST]
            assert waited.days >= 365


def test_nobody_works_who_has_reached_the_age(city: City) -> None:
    for life in lives_of(city):
        for lot in life.lots:
            assert (lot.employment == "retired") == (lot.since >= life.retires_on)


def test_an_organisation_has_one_secretary_at_a_time(city: City) -> None:
    spans = defaultdict(list)
    for life in lives_of(city):
        for held in life.posts:
            if held.kind == Post.Kind.SECRETARY:
                spans[held.body].append((held.since, held.until))
    for its in spans.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(its)))
    led = [body in spans for body in bodies_of(city) if body.kind != OrganisationKind.WORKING_COMMITTEE]
    assert sum(led) > 0.95 * len(led)


def test_posts_are_held_by_full_members_who_are_there(city: City) -> None:
    for life in lives_of(city):
        full = next((step.since for step in life.steps if step.kind == Membership.Kind.FULL), FAR)
        for held in life.posts:
            assert full <= held.since < held.until
            assert held.until == FAR or held.until <= TODAY
            assert held.body.founded_on <= held.since
            assert held.until <= held.body.until
            assert any(stay.since <= held.since < stay.until for stay in life.stays)


def test_nobody_holds_two_posts_in_an_organisation_at_once(city: City) -> None:
    for life in lives_of(city):
        held = sorted((id(post.body), post.since, post.until) for post in life.posts)
        assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(held))


def test_groups_are_there_as_long_as_anybody_is_in_them(city: City) -> None:
    for life in lives_of(city):
        for stay in life.stays:
            assert stay.team is None or stay.team.since <= stay.since < stay.until <= stay.team.until
        for team, since, until in life.teams:
            assert team.since <= since < until


def test_organisations_have_lived_through_everything(large: Department) -> None:
    bodies = large.bodies
    assert any(body.dissolved_on for body in bodies)
    assert any(body.founded_on > START and len(body.origins) == 1 for body in bodies)
    assert any(body.founded_on > START and len(body.origins) > 1 for body in bodies)
    assert any(body.merged for body in bodies)
    assert any(body.detached for body in bodies)
    assert any(len(body.places) > 1 for body in bodies)
    assert any(a.name != b.name for body in bodies for a, b in pairwise(body.stands))
    assert any(len(body.eras) > 1 for body in bodies)


def test_elections_are_on_time_late_put_off_and_overdue(large: Department) -> None:
    terms = [(before, after) for body in large.bodies for before, after in pairwise(body.terms)]
    late = sum(after.started_on > before.until for before, after in terms)
    assert 0.05 < late / len(terms) < 0.35
    assert any(before.postponed_until for before, _ in terms)
    assert not any(t.postponed_until and (t.until - TODAY).days > 45 for b in large.bodies for t in b.terms)
    current = [body.terms[-1] for body in large.bodies if body.terms and body.dissolved_on is None]
    overdue = sum(term.until < TODAY for term in current)
    assert 0 < overdue < 0.08 * len(current)
    assert sum(TODAY <= term.until < add_months(TODAY, 6) for term in current) > 0.08 * len(current)


def test_merged_and_temporary_branches_had_members(large: Department) -> None:
    stays = Counter(stay.body for life in large.lives for stay in life.stays)
    gone = [b for b in large.bodies if b.dissolved_on and b.kind != OrganisationKind.GENERAL_BRANCH]
    assert gone
    assert min(stays[body] for body in gone) >= 3


def test_shares_are_plausible(large: Department) -> None:
    people = [life for life in large.lives if life.stays[-1].until == FAR and life.steps[-1].kind in MEMBERS]
    shares = {
        "women": sum(life.woman for life in people),
        "others than Han": sum(life.ethnicity != "汉族" for life in people),
        "retired": sum(life.lots[-1].employment == "retired" for life in people),
        "on probation": sum(life.steps[-1].kind == Membership.Kind.PROBATIONARY for life in people),
        "with a degree": sum(life.education in {"大学本科", "研究生"} for life in people),
    }
    plausible = {
        "women": (0.35, 0.48),
        "others than Han": (0.05, 0.11),
        "retired": (0.1, 0.25),
        "on probation": (0.005, 0.025),
        "with a degree": (0.6, 0.9),
    }
    for what, (least, most) in plausible.items():
        assert least < shares[what] / len(people) < most, what


@pytest.mark.parametrize("kind", ["·", "two", "compound", "rare"])
def test_names_are_of_every_kind(large: Department, kind: str) -> None:
    names = [life.name for life in large.lives]
    of_kind = {
        "·": lambda name: "·" in name,
        "two": lambda name: len(name) == 2,
        "compound": lambda name: name.startswith(("欧阳", "上官", "司马", "诸葛", "司徒")),
        "rare": lambda name: any(character in RARE for character in name),
    }
    assert sum(map(of_kind[kind], names)) >= 5


def test_members_pay_what_is_due(large: Department) -> None:
    paying = [life for life in large.lives if life.dues_paid is not None]
    assert len(paying) > 5_000
    assert all(life.dues_base and 0.004 < life.dues_paid / life.dues_base < 0.021 for life in paying if life.dues_paid)
