"""What is found by its text: each module says how one of its models is indexed, and the index follows its rows.

    SOURCE = Source("activity", "活动", model=Activity, also={Resolution: "activity_id"}, drafts=…, keys=…, reach=…)
    register(SOURCE)

It is kept up to date in the transaction of whatever action changes the rows, by whatever way these are written: the
deed tells which (`keep_up`). What is confidential is never drafted, so it cannot be found, not even by its number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db.models import Model

from dangwu.foundation.audit.changes import Change
from dangwu.foundation.deeds import Deed, when_concluded
from dangwu.foundation.remembering import remembered
from dangwu.foundation.scope import Scope
from dangwu.foundation.search.cutting import Term, cut
from dangwu.foundation.search.models import SearchEntry
from dangwu.foundation.search.queries import Question, Reach, anchor_mark, newest

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """What is indexed of a row, and shown where it is found. It belongs to the first of its `anchors`."""

    source: int
    unit: int
    anchors: tuple[int, ...]
    day: date
    title: str
    text: str = ""

    @property
    def entry_text(self) -> str:
        """All that it is found by, as one text; a line ends what stands in a row."""
        return f"{self.title}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Source:
    """How a model is indexed.

    `drafts` reads rows by their keys, a fixed number of queries for all of them, and leaves out what must not be found.
    `keys` gives the keys of all rows. `also` names models whose rows are a part of the text, with the column that leads
    to the row of `model`. `reach` says what may be found within a scope: what it reads is
    remembered as long as nobody changes it.
    """

    kind: str
    title: str
    model: type[Model]
    drafts: Callable[[Sequence[int]], Iterable[Draft]]
    keys: Callable[[], Iterable[int]]
    reach: Callable[[Scope], Reach]
    also: Mapping[type[Model], str] = field(default_factory=dict)

    def newest(
        self, scope: Scope, terms: Sequence[Term], *, most: int, since: date | None = None, until: date | None = None
    ) -> list[int]:
        """The keys of the newest rows within a scope that contain every term, of some days where these are told."""
        reach = remembered(("reach", self.kind, scope), partial(self.reach, scope))
        return newest(Question(self.kind, terms, reach, most, since, until))

    def touched(self, changes: Iterable[Change]) -> set[int]:
        """The rows whose text these changes may concern."""
        ways = {_label(model): column for model, column in self.also.items()}
        own = _label(self.model)
        keys = (
            _keys_in(change, None if change.model == own else ways[change.model])
            for change in changes
            if change.model == own or change.model in ways
        )
        return set().union(*keys)


def _keys_in(change: Change, column: str | None) -> set[int]:
    if column is None:
        return {int(change.pk)}
    return {row[column] for row in (change.before, change.after) if row and row[column] is not None}


def _label(model: type[Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001 - Django's own way


SOURCES: dict[str, Source] = {}
"""Every source of the site by its kind."""


def register(source: Source) -> None:
    """Let a model be found from now on."""
    assert SOURCES.get(source.kind, source) is source, f"two sources are called {source.kind}"
    SOURCES[source.kind] = source
    when_concluded(keep_up)


def keep_up(deed: Deed) -> None:
    """Let the index follow what a deed has changed."""
    for source in SOURCES.values():
        if keys := source.touched(deed.changes):
            refresh(source, sorted(keys))


def refresh(source: Source, keys: Sequence[int]) -> int:
    """Let the index tell of these rows what they are now, and nothing of those that are gone; how many it tells of."""
    told = 0
    for start in range(0, len(keys), CHUNK):
        told += _refresh(source, keys[start : start + CHUNK])
    return told


def _refresh(source: Source, keys: Sequence[int]) -> int:
    wanted = {entry.source: entry for entry in entries_of(source, keys)}
    kept = SearchEntry.objects.filter(kind=source.kind, source__in=keys)
    stale = [entry.pk for entry in kept if not _is_as(entry, wanted.get(entry.source))]
    fresh = set(wanted) - {entry.source for entry in kept if entry.pk not in stale}
    if stale:
        SearchEntry.objects.filter(pk__in=stale).delete()
    SearchEntry.objects.bulk_create([wanted[key] for key in sorted(fresh)])
    return len(wanted)


def entries_of(source: Source, keys: Sequence[int]) -> Iterator[SearchEntry]:
    """The entries that these rows should have."""
    for draft in source.drafts(keys):
        text = " ".join(("", *map(anchor_mark, draft.anchors), cut(draft.entry_text), ""))
        anchor = draft.anchors[0] if draft.anchors else None
        yield SearchEntry(
            kind=source.kind, source=draft.source, unit=draft.unit, anchor=anchor, day=draft.day, cut=text
        )


def _is_as(kept: SearchEntry, wanted: SearchEntry | None) -> bool:
    columns = ("unit", "anchor", "day", "cut")
    return wanted is not None and all(getattr(kept, name) == getattr(wanted, name) for name in columns)
