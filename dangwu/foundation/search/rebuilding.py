"""Rebuilding the index, and whether it is as it should be.

Rows are read and written while nobody else writes: nothing is indexed as it was before somebody changed it. Searching
goes on meanwhile, in what is there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import connection, transaction

from dangwu.foundation.audit.chain import await_turn
from dangwu.foundation.search.cutting import Term
from dangwu.foundation.search.models import SearchEntry
from dangwu.foundation.search.queries import EVERYTHING, Question, drop_words, make_words, newest
from dangwu.foundation.search.sources import CHUNK, SOURCES, Source, entries_of, refresh

Progress = Callable[[str, int], None]
SAMPLE = 300


def in_silence(_step: str, _percent: int) -> None:
    """Tell nobody."""


def rebuild(progress: Progress = in_silence, *, afresh: bool = False) -> Counter[str]:
    """Let the index tell of every row what it is now; how many entries it has of each kind. `afresh` empties it first:
    for when it is damaged, or the way in which text is cut has changed.
    """
    if afresh:
        with transaction.atomic():
            await_turn()
            drop_words(connection)
            SearchEntry.objects.all().delete()
            make_words(connection)
    told: Counter[str] = Counter()
    for source, keys in _work(progress):
        with transaction.atomic():
            await_turn()
            told[source.title] += refresh(source, keys)
    SearchEntry.objects.exclude(kind__in=SOURCES).delete()
    progress("检索内容已重建", 100)
    return told


def _work(progress: Progress) -> Iterator[tuple[Source, Sequence[int]]]:
    """Every row that has an entry or should have one, a handful at a time."""
    every = {source.kind: sorted({*source.keys(), *_indexed(source)}) for source in SOURCES.values()}
    done, total = 0, sum(map(len, every.values())) or 1
    for kind, keys in every.items():
        for start in range(0, len(keys), CHUNK):
            progress(f"正在重建检索：{SOURCES[kind].title}，{done} 条", 100 * done // total)
            yield SOURCES[kind], keys[start : start + CHUNK]
            done += CHUNK


def _indexed(source: Source) -> Iterable[int]:
    return SearchEntry.objects.filter(kind=source.kind).values_list("source", flat=True)


def faults() -> Counter[str]:
    """How many of the newest rows of each source, and of its entries, are not found as they should be."""
    wrong = Counter({source.title: _faults_of(source) for source in SOURCES.values()})
    return +wrong


def _faults_of(source: Source) -> int:
    rows = sorted(source.keys())[-SAMPLE:]
    entries = list(SearchEntry.objects.filter(kind=source.kind).order_by("-pk")[:SAMPLE])
    wanted = {entry.source: entry for entry in entries_of(source, sorted({*rows, *(e.source for e in entries)}))}
    kept = {entry.source: entry for entry in SearchEntry.objects.filter(kind=source.kind, source__in=list(wanted))}
    wrong = {key for key, entry in wanted.items() if key not in kept or kept[key].cut != entry.cut}
    wrong |= {entry.source for entry in entries if entry.source not in wanted}
    return len(wrong | {entry.source for entry in entries[:CHECKED] if not _is_found(entry)})


CHECKED, ON_A_DAY = 20, 10_000


def _is_found(entry: SearchEntry) -> bool:
    """Whether the database finds the entry by its own last words."""
    last = Term(tuple(entry.cut.split())[-3:], open=False, text="")
    return entry.source in newest(Question(entry.kind, [last], EVERYTHING, ON_A_DAY, entry.day, entry.day))
