"""Units, found by their names: the smallest source there is."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest

from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import terms_of
from dangwu.foundation.search.queries import EVERYTHING, Reach
from dangwu.foundation.search.sources import SOURCES, Draft, Source, register
from dangwu.organisations.models import Unit

BY, DAY = CommandLine("test"), date(2026, 3, 1)
SECRET = "密件"


def drafts(keys: Sequence[int]) -> Iterable[Draft]:
    """The later a unit came, the newer it is; those that are secret are not found."""
    for unit in Unit.objects.filter(pk__in=keys).exclude(name__contains=SECRET):
        yield Draft(unit.pk, unit.pk, (unit.pk,), DAY + timedelta(days=unit.pk % 1000), unit.name)


def reach(scope: Scope) -> Reach:
    """Whoever may see everything; otherwise nobody."""
    return EVERYTHING if scope.everywhere else Reach(places=frozenset())


UNITS = Source("unit", "单位", Unit, drafts=drafts, keys=lambda: Unit.objects.values_list("pk", flat=True), reach=reach)


@pytest.fixture
def units(monkeypatch: pytest.MonkeyPatch) -> Source:
    for kind in list(SOURCES):
        monkeypatch.delitem(SOURCES, kind)
    monkeypatch.setitem(SOURCES, UNITS.kind, UNITS)
    register(UNITS)
    return UNITS


@action("test.search.add", allow=anybody)
def add(*, by: Actor, names: Sequence[str]) -> list[Unit]:  # noqa: ARG001 - as an action takes them
    return Unit.objects.bulk_create([Unit(name=name) for name in names])


@action("test.search.rename", allow=anybody)
def rename(*, by: Actor, unit: Unit, name: str) -> None:  # noqa: ARG001 - as an action takes them
    Unit.objects.filter(pk=unit.pk).update(name=name)


@action("test.search.fail", allow=anybody)
def rename_and_fail(*, by: Actor, unit: Unit, name: str) -> None:
    rename(by=by, unit=unit, name=name)
    raise ZeroDivisionError


@action("test.search.remove", allow=anybody)
def remove(*, by: Actor, unit: Unit) -> None:  # noqa: ARG001 - as an action takes them
    unit.delete()


def found(asked: str, scope: Scope | None = None) -> list[str]:
    """The names of what is found, the newest first."""
    keys = UNITS.newest(scope or Scope.everything(DAY), terms_of(asked), most=100)
    names = dict(Unit.objects.values_list("pk", "name"))
    return [names[key] for key in keys]
