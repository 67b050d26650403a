"""What follows from rows is told of every deed before it is done."""

import pytest

from dangwu.foundation import deeds
from dangwu.foundation.actions import action, anybody, sum_up
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import Deed, open_deed, when_concluded
from dangwu.organisations.models import Unit

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
Told = list[tuple[str, list[object]]]


@action("test.conclude", allow=anybody)
def name_units(*, by: Actor, names: list[str], in_parts: bool = False) -> None:  # noqa: ARG001 - as an action takes them
    for name in names:
        Unit(name=name).save()
        if in_parts:
            sum_up(open_deed())


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setattr(deeds, "_listeners", [])
    heard: Told = []
    when_concluded(lambda deed: heard.append((deed.verb, [change.after["name"] for change in deed.changes])))  # type: ignore[index]
    return heard


def test_a_listener_hears_all_that_a_deed_changed(told: Told) -> None:
    name_units(by=BY, names=["甲局", "乙局"])
    assert told == [("test.conclude", ["甲局", "乙局"])]


def test_a_long_deed_is_told_in_parts_and_nothing_twice(told: Told) -> None:
    name_units(by=BY, names=["甲局", "乙局"], in_parts=True)
    assert [names for _, names in told] == [["甲局"], ["乙局"], []]


def test_where_a_listener_fails_nothing_was_done(told: Told) -> None:
    def fail(_deed: Deed) -> None:
        raise ZeroDivisionError

    when_concluded(fail)
    with pytest.raises(ZeroDivisionError):
        name_units(by=BY, names=["甲局"])
    assert told
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.exists()
