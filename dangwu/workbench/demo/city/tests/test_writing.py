"""What stands in the database is the city, on every day of its three years."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.objections import RefusedError
from dangwu.foundation.scope import Scope
from dangwu.foundation.sealing.blind import blinds
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import MEMBERS as KINDS
from dangwu.members.models import Affiliation, Circumstances, GroupPlace, Membership, Person, Post
from dangwu.members.roster import belonging, place_of
from dangwu.organisations.models import Group, Organisation, OrganisationKind, Standing, Term
from dangwu.organisations.queries import standings
from dangwu.workbench.demo.accounts import BY
from dangwu.workbench.demo.city.days import START
from dangwu.workbench.demo.city.shapes import Department
from dangwu.workbench.demo.city.world import Totals, imagine_city
from dangwu.workbench.demo.people import TODAY
from dangwu.workbench.services.filling import fill_site

pytestmark = pytest.mark.django_db
WHY = "all of them"
UNITS, MEMBERS, SEED = 26, 420, 5
DAYS = (START, date(2024, 7, 1), date(2025, 6, 30), TODAY)


@pytest.fixture(scope="module")
def small() -> Sequence[Department]:
    return list(imagine_city(units=UNITS, members=MEMBERS, seed=SEED))


def fill() -> Totals:
    return fill_site(by=BY, units=UNITS, members=MEMBERS, seed=SEED)


def rows(model: type) -> int:
    return int(model.objects.unscoped(WHY).count())  # type: ignore[attr-defined] # every model here is scoped


def test_every_value_of_the_city_is_written(small: Sequence[Department]) -> None:
    totals = fill()
    lives = [life for department in small for life in department.lives]
    bodies = [body for department in small for body in department.bodies]
    assert totals.members == MEMBERS
    assert rows(Standing) == sum(len(body.stands) for body in bodies)
    assert rows(Term) == sum(len(body.terms) for body in bodies)
    assert rows(Group) == sum(len(era.teams) for b in bodies for era in b.eras) + sum(
        len(b.further_teams) for b in bodies
    )
    counted = {Membership: "steps", Affiliation: "stays", Circumstances: "lots", Post: "posts", GroupPlace: "teams"}
    for model, part in counted.items():
        assert rows(model) == sum(len(getattr(life, part)) for life in lives), model
    written = Person.objects.unscoped(WHY).values_list("uid", "name", "birth", "unit_post")
    assert set(written) == {(life.uid, life.name, str(life.born), life.unit_post) for life in lives}


def test_tree_and_roster_of_any_day_are_those_of_the_city(small: Sequence[Department]) -> None:
    fill()
    for day in DAYS:
        scope = Scope.everything(day)
        stands = [s for d in small for b in d.bodies for s in b.stands if s.since <= day < s.until]
        assert set(standings(scope).values_list("path", "name", "kind")) == {(s.path, s.name, s.kind) for s in stands}
        stays = [s for d in small for life in d.lives for s in life.stays if s.since <= day < s.until]
        here = Counter(s.name for stay in stays for s in stay.body.stands if s.since <= day < s.until)
        places = [place_of(row) for row in belonging(scope)]
        assert Counter(place.name for place in places if place) == here
    assert belonging(Scope.everything(TODAY), KINDS).count() == MEMBERS


def test_a_department_is_one_subtree_below_the_working_committee() -> None:
    fill()
    top = standings(Scope.everything(TODAY)).get(kind=OrganisationKind.WORKING_COMMITTEE)
    below = belonging(Scope((TreePath(top.path),), TODAY), KINDS).count()
    assert (below, top.short_name) == (MEMBERS, "市直机关工委")


def test_numbers_lie_sealed_and_are_found(small: Sequence[Department]) -> None:
    fill()
    life = small[1].lives[7]
    found = Person.objects.unscoped(WHY).get(identity_index__in=blinds("members.person.identity", life.identity))
    assert found.uid == life.uid
    assert found.identity is not None
    assert found.identity.masked.startswith("99")
    assert life.identity.encode() not in bytes(found.identity)


def test_names_are_found_by_how_they_sound() -> None:
    fill()
    unfound = Person.objects.unscoped(WHY).filter(pinyin="") | Person.objects.unscoped(WHY).filter(initials="")
    assert not unfound.exists()
    assert not Standing.objects.unscoped(WHY).filter(initials="").exists()


def test_the_audit_tells_how_many_rows_there_are() -> None:
    fill()
    entry = AuditEntry.objects.get(verb="demo.fill")
    assert f'"rows": {rows(Person)}'.replace(" ", "") in str(entry.body).replace(" ", "")


def test_a_site_that_is_in_use_is_never_filled() -> None:
    fill_site(by=BY, units=1, members=3)
    before = rows(Organisation)
    with pytest.raises(RefusedError):
        fill_site(by=BY, units=1, members=3)
    assert rows(Organisation) == before


@pytest.mark.same_everywhere
def test_it_tells_how_far_it_is() -> None:
    news: list[str] = []
    fill_site(by=BY, units=120, members=5_100, tell=news.append)
    assert news[0].startswith("正在写入：12 个部门")
