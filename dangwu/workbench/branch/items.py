"""A duty as a page tells it: until when, why, by which clause, and where one tap records what fulfils it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from dangwu.compliance.living.duties import Duties, Item
from dangwu.foundation.pages.parts import Link
from dangwu.kernel.periods import Period
from dangwu.kernel.workdays import seeded
from dangwu.organisations.models import Standing
from dangwu.records.kinds import ActivityKind
from dangwu.records.standing import activity_kinds

ALWAYS = "always"
"""Stands in an address for a duty that has no period."""


class Told(NamedTuple):
    """A duty with the ways on from it."""

    item: Item
    left: str
    url: str
    ways: Sequence[Link]


def told(items: Iterable[Item], standing: Standing, today: date, *, keeps: bool) -> list[Told]:
    """Duties as they are shown; whoever `keeps` the records finds where to record what fulfils them."""
    return [_told(item, standing, today, keeps=keeps) for item in items]


def _told(item: Item, standing: Standing, today: date, *, keeps: bool) -> Told:
    left = seeded().describe_remaining(today, item.deadline) if item.deadline and item.numbers.pending else ""
    url = address(standing.organisation_id, item.rule, item.period)
    return Told(item, left, url, _ways(item, standing) if keeps else ())


def address(organisation: int, rule: str, period: str) -> str:
    """The page of a duty."""
    return reverse("branch-duty", args=[organisation, rule, period or ALWAYS])


def _ways(item: Item, standing: Standing) -> list[Link]:
    held = [kind for key in item.kinds if (kind := activity_kinds().get(key)) and standing.kind in kind.held_by]
    verb, past = ("补记", item.period) if item.numbers.unmet else ("记录", "")
    return [Link(f"{verb}{kind.name}", _record(standing.organisation_id, kind, past)) for kind in held]


def _record(organisation: int, kind: ActivityKind, past: str) -> str:
    """The page of the record; of a period that is past it opens in that period, on its last day."""
    if kind.is_confidential:
        return reverse("talk-record", args=[organisation, kind.id])
    url = reverse("record", args=[organisation, kind.id])
    return f"{url}?on={Period.parse(past).span.last}" if past else url


def summary(duties: Duties, when: str = "今年") -> str:
    """“有 2 项没有做到，还有 3 项要办，今年已办 41 项。” Where nothing is to be done, nothing is said of it."""
    first = f"有 {len(duties.missing)} 项没有做到" if duties.missing else "没有拖欠"
    due = [f"还有 {len(duties.due)} 项要办"] if duties.due else []
    return "，".join([first, *due, f"{when}已办 {len(duties.done)} 项。"])
