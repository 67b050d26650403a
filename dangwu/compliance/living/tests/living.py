"""The cast's bureau judged as it lives."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.test import TestCase

from dangwu.compliance.living.catching_up import advance, begin
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.models import DutyState
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.records.services.ledgers import Entry, Somebody, record_entries
from tests.cast import Bureau, bureau

TODAY = date(2026, 8, 15)
BY = CommandLine("test")


@action("test.live", allow=anybody)
def live(*, by: Actor, what: Callable[[], Any]) -> Any:  # noqa: ANN401, ARG001 - whatever somebody does
    """Somebody does something, and those who listen hear of it."""
    return what()


def do(what: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever comes of it
    """Do something as an action, and what follows at once when it is done."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return live(by=BY, what=what)


def hold(place: Bureau, where: str, kind: str, on: str, **more: Any) -> None:  # noqa: ANN401 - whatever an entry takes
    """Record an activity as an action; people are told by name."""
    for key in ("absent", "took_part"):
        more[key] = tuple(Somebody(name, place.people[name].pk) for name in more.get(key, ()))
    entry = Entry(place.place(where), (kind,), date.fromisoformat(on), **more)
    do(lambda: record_entries(unit=place.unit, entries=[entry]))


def living(on: date = TODAY, packs: Sequence[str] = ()) -> Bureau:
    """The bureau with one activity on record, judged on a day for the first time."""
    place = bureau()
    place.held("办公室党支部", "theme_day", "2026-01-08", expected=8, present=8)
    begin(place.unit.pk, day=on, packs=packs)
    advance(place.unit.pk, on)
    return place


def numbers(place: Bureau, where: str, rule: str, period: str) -> Numbers | None:
    """How an organisation stands by a rule in a period; nothing where nothing was asked."""
    rows = DutyState.objects.of(organisation=place.place(where)).filter(rule=rule, period=period)
    row = rows.first()
    return Numbers(row.met, row.late, row.unmet, row.pending, row.exempt) if row else None


def everything(place: Bureau) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """All that is kept of a bureau, but for the day on which it was judged so."""
    skipped = {"id", "judged_on"}
    names = [f.attname for f in DutyState._meta.concrete_fields if f.attname not in skipped]  # noqa: SLF001
    rows = DutyState.objects.of(unit=place.unit).values_list(*names)
    return {row[:5]: row[5:] for row in rows}
