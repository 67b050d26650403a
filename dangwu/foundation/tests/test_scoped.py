"""Rows of organisations are read for somebody, or not at all."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import Count

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.scope import TRIALS, Scope
from dangwu.foundation.scoped import UnscopedError
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation, Standing, Term
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
ON = date(2026, 3, 1)


def evaluations() -> list[Callable[[], object]]:
    rows = Standing.objects.all()
    return [
        lambda: list(rows),
        rows.count,
        rows.exists,
        rows.first,
        lambda: rows.get(pk=1),
        lambda: list(rows.values_list("pk")),
        lambda: list(rows.iterator()),
        lambda: rows.aggregate(Count("pk")),
        lambda: list(Term.objects.unscoped("a test").filter(organisation__in=rows.values("organisation"))),
        lambda: list(rows.filter(pk=1) | rows.filter(pk=2)),
        lambda: list(rows.union(rows)),
        lambda: rows.in_bulk([1]),
        lambda: rows.contains(Standing(pk=1)),
        lambda: len(rows),
        lambda: rows[0],
    ]


@pytest.mark.parametrize("way", range(15))
def test_a_queryset_that_is_for_nobody_cannot_be_evaluated(way: int) -> None:
    evaluate = evaluations()[way]
    with pytest.raises(UnscopedError, match="Standing"):
        evaluate()


def test_a_scope_shows_its_subtrees_and_nothing_else() -> None:
    unit = register_unit(by=BY, name="示例局", kind="organ", on=ON)

    def founded(name: str, parent: Organisation | None) -> Standing:
        return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind="committee", on=ON)

    one, other = founded("第一党委", None), founded("第二党委", None)
    below = founded("下级党委", one.organisation)
    scope = Scope((TreePath(one.path),), ON)
    assert set(Standing.objects.within(scope)) == {one, below}
    assert set(Organisation.objects.within(scope)) == {one.organisation, below.organisation}
    assert list(Standing.objects.within(Scope.nothing(ON))) == []
    assert other in Standing.objects.within(Scope.everything(ON))


@pytest.mark.parametrize(
    ("path", "covered"), [("0001", True), ("00010002", True), ("0002", False), ("00011", True), ("000", False)]
)
def test_a_scope_covers_what_begins_with_its_paths(path: str, covered: bool) -> None:
    assert Scope((TreePath("0001"),), ON).covers(path) is covered


def test_the_whole_tree_is_without_trials() -> None:
    assert Scope.everything(ON).covers("00010001")
    assert not Scope.everything(ON).covers(TRIALS.child(1))
