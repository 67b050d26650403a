from datetime import date
from itertools import pairwise

import pytest

from dangwu.foundation.scope import Scope
from dangwu.kernel.span import FAR
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import Affiliation, Person
from dangwu.members.queries import affiliations
from dangwu.organisations.queries import standings
from dangwu.workbench.bench.filling_members import BEGIN, Shape, fill_members, stays

pytestmark = pytest.mark.django_db
HOMES = [(1, 1), (2, 2), (3, 3)]


def test_a_site_has_as_many_people_and_affiliations_as_it_shall() -> None:
    fill_members(Shape(members=800, affiliations=2_000))
    assert Person.objects.unscoped("all of them").count() == 800
    assert Affiliation.objects.unscoped("all of them").count() == 2_000


def test_everybody_belongs_somewhere_on_every_day() -> None:
    filled = fill_members(Shape(members=800, affiliations=2_000))
    for day in (BEGIN, date(2014, 6, 1), date(2026, 9, 30)):
        scope = Scope((TreePath(filled.top.path),), day)
        assert affiliations(scope).count() == 800
        assert standings(scope).count() == 262


def test_names_are_found_by_how_they_sound() -> None:
    fill_members(Shape(members=800, affiliations=800))
    first = Person.objects.unscoped("all of them").order_by("roster_row").first()
    assert first is not None
    assert (first.name, first.pinyin, first.initials) == ("王伟伟", "wangweiwei", "www")


def test_stays_follow_each_other_and_are_the_same_every_time() -> None:
    told = stays(7, 5, HOMES)
    assert told == stays(7, 5, HOMES)
    assert (told[0][0], told[-1][1], len(told)) == (BEGIN, FAR, 5)
    assert all(before[1] == after[0] for before, after in pairwise(told))


def test_one_stay_lasts_from_the_beginning() -> None:
    assert stays(1, 1, HOMES) == [(BEGIN, FAR, (2, 2))]
