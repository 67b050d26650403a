"""The same facts judged by another rulebook: who would gain or lose which finding. Nothing is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dangwu.compliance.living.drafting import Content, Key, draft, said
from dangwu.compliance.living.judging import Asked, judge
from dangwu.compliance.living.matrix import Place, places
from dangwu.compliance.living.spoken import spoken_for
from dangwu.compliance.models import Judging
from dangwu.foundation.scope import Scope
from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span
from dangwu.rules.rulebook import Rule, Rulebook

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that comes or goes: of whom, by which rule, in which period, how many are unmet before and after."""

    place: Place
    rule: str
    title: str
    level: str
    period: str
    before: int
    after: int

    @property
    def is_gained(self) -> bool:
        return self.after > self.before

    @property
    def period_name(self) -> str:
        return Period.parse(self.period).name if self.period else ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What another rulebook would come to: rules that come, go or read otherwise; findings that come or go."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    organisations: int


def what_if(scope: Scope, *, year: int, present: Rulebook, other: Rulebook) -> WhatIf:
    """Judge the organisations of a scope in a year by both rulebooks, as of the day on which they were judged last."""
    where = {place.organisation: place for place in places(scope)}
    new, gone, changed = _differing(present, other)
    before = _judged(where, year, _only(present, {*gone, *changed}))
    after = _judged(where, year, _only(other, {*new, *changed}))
    rules = {**present.rules, **other.rules}
    changes = sorted(_changes(where, before, after, rules), key=lambda c: (c.rule, c.place.path, c.period))
    gained = tuple(change for change in changes if change.is_gained)
    lost = tuple(change for change in changes if not change.is_gained)
    return WhatIf(new, gone, changed, gained, lost, len(where))


def _differing(present: Rulebook, other: Rulebook) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    mine, theirs = present.rules, other.rules
    common = [rule for rule in mine if rule in theirs]
    return (
        tuple(rule for rule in theirs if rule not in mine),
        tuple(rule for rule in mine if rule not in theirs),
        tuple(rule for rule in common if mine[rule].digest != theirs[rule].digest),
    )


def _only(book: Rulebook, rules: set[str]) -> Rulebook:
    """The rulebook with those of its rules alone that differ: all others come to the same."""
    kept = {key: rule for key, rule in book.rules.items() if key in rules}
    return Rulebook(kept, book.documents, book.vocabulary, book.sources)


def _judged(where: Mapping[int, Place], year: int, book: Rulebook) -> dict[Key, Content]:
    found: dict[Key, Content] = {}
    if not book.rules:
        return found
    for judging in Judging.objects.all():
        day = min(judging.judged_on, date(year, 12, 31) + ONE_DAY)
        since = max(judging.since, date(year, 1, 1))
        if since > day:
            continue
        asked = Asked(judging.unit_id, day, since, Span(since, day + ONE_DAY), judging.activities_told)
        rows = draft(judge(asked, book), spoken_for(judging.unit_id, day, None))
        found.update({key: content for key, content in rows.items() if key[0] in where})
    return found


def _changes(
    where: Mapping[int, Place], before: Mapping[Key, Content], after: Mapping[Key, Content], rules: Mapping[str, Rule]
) -> Iterator[Change]:
    for key in before.keys() | after.keys():
        organisation, rule, period = key
        old, new = _unmet(before.get(key)), _unmet(after.get(key))
        if old != new:
            told = rules[rule]
            yield Change(where[organisation], rule, told.title, told.level, period, old, new)


def _unmet(content: Content | None) -> int:
    return said(content.numbers, content.word).unmet if content else 0
