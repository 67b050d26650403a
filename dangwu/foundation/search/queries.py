"""Finding entries by their text, the newest first: one question, in the words of each database.

SQLite's rows of words are numbered by day and then by entry, so that it walks them from the newest on and stops when
enough are found, however many there are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from dangwu.foundation.search.cutting import Term
from dangwu.foundation.search.models import TABLE, SearchEntry

Entries = QuerySet[SearchEntry]
ID_BITS = 32
RECENT = 200
_KIND, _ANCHOR = "xk", "xo"  # how marks begin; no other token begins with an x


def marks(kind: str, anchors: Iterable[int]) -> str:
    """The tokens by which an entry is told from others before its text is looked at."""
    return " ".join([kind_mark(kind), *map(anchor_mark, anchors)])


def kind_mark(kind: str) -> str:
    """The mark of a kind."""
    return f"{_KIND}{kind}"


def anchor_mark(anchor: int) -> str:
    """The mark of a place."""
    return f"{_ANCHOR}{anchor}"


def containing(visible: Q, kind: str, terms: Sequence[Term], anchors: Sequence[int] | None = None) -> Entries:
    """Entries of a kind that contain every term, the newest first, among those that are `visible`. `anchors` are all
    the places that can come into question, where they are few: these are then looked up, and not walked past.
    """
    assert terms
    rows = SearchEntry.objects.filter(visible, kind=kind)
    return _ENGINES.get(connection.vendor, _by_likeness)(rows, kind, terms, anchors)


def newest(
    visible: Q, kind: str, terms: Sequence[Term], anchors: Sequence[int] | None = None, *, days: Q, most: int
) -> list[int]:
    """The sources of the newest entries among these, so many at most.

    PostgreSQL believes that a look at a long list of words costs nothing, and would rather look at every row than at
    its index. So the newest rows are looked at first, where whatever is frequent is found; only the rest is left to it.
    """
    rows = containing(visible & days, kind, terms, anchors)
    if connection.vendor == "postgresql" and anchors is None:
        recent = SearchEntry.objects.filter(days, kind=kind).order_by("-day", "-id").values_list("pk", flat=True)
        found = list(rows.filter(pk__in=list(recent[:RECENT])).values_list("source", flat=True)[:most])
        if len(found) == most:
            return found
    return list(rows.values_list("source", flat=True)[:most])


def by_tokens(kind: str, terms: Sequence[Term]) -> Entries:
    """Entries of a kind for the program itself, whoever may see them."""
    return containing(Q(), kind, terms)


# a row of words is numbered by its day and its entry, so that the table is walked from the newest on
_ROW = "(CAST(replace({row}.day, '-', '') AS INTEGER) << 32) + {row}.id"
_FORGET = f"INSERT INTO search_words(search_words, rowid, cut) VALUES ('delete', {_ROW.format(row='old')}, old.cut);"  # noqa: S608 - names of our own
_LEARN = f"INSERT INTO search_words(rowid, cut) VALUES ({_ROW.format(row='new')}, new.cut);"  # noqa: S608
_MADE: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_words USING fts5(cut, content='', columnsize=0, tokenize='ascii')",
        f"CREATE TRIGGER search_learn AFTER INSERT ON {TABLE} BEGIN {_LEARN} END",
        f"CREATE TRIGGER search_forget AFTER DELETE ON {TABLE} BEGIN {_FORGET} END",
        f"CREATE TRIGGER search_relearn AFTER UPDATE ON {TABLE} BEGIN {_FORGET} {_LEARN} END",
    ),
    "postgresql": (
        f"ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', cut)) STORED",
        f"CREATE INDEX search_entry_words ON {TABLE} USING gin (words) WITH (fastupdate = off)",
    ),
}
_DROPPED: Mapping[str, Sequence[str]] = {
    "sqlite": (
        *(f"DROP TRIGGER IF EXISTS {name}" for name in ("search_learn", "search_forget", "search_relearn")),
        "DROP TABLE IF EXISTS search_words",
    ),
    "postgresql": (f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS words",),
}


def make_words(on: BaseDatabaseWrapper) -> None:
    """Make what finds words in the database, empty."""
    _execute(on, _MADE)


def drop_words(on: BaseDatabaseWrapper) -> None:
    """Remove it, whatever has become of it."""
    _execute(on, _DROPPED)


def _execute(on: BaseDatabaseWrapper, statements: Mapping[str, Sequence[str]]) -> None:
    with on.cursor() as cursor:
        for statement in statements.get(on.vendor, ()):
            cursor.execute(statement)


def _by_fts(rows: Any, kind: str, terms: Sequence[Term], anchors: Sequence[int] | None) -> Entries:  # noqa: ANN401 - the stubs know no extra()
    wanted = [*map(_for_fts, terms), f'"{kind_mark(kind)}"']
    if anchors is not None:
        wanted.append(f"({' OR '.join(anchor_mark(anchor) for anchor in anchors)})")
    found: Entries = rows.extra(  # noqa: S610 - everything that was typed is a parameter
        tables=["search_words"],
        where=["search_words MATCH %s", f"{TABLE}.id = (search_words.rowid & {(1 << ID_BITS) - 1})"],
        params=[" AND ".join(wanted)],
        order_by=["-search_words.rowid"],
    )
    return found


def _for_fts(term: Term) -> str:
    return f'"{" ".join(term.tokens)}"{" *" if term.open else ""}'


def _by_vector(rows: Any, kind: str, terms: Sequence[Term], anchors: Sequence[int] | None) -> Entries:  # noqa: ANN401, ARG001
    wanted = [" <-> ".join(term.tokens) + (":*" if term.open else "") for term in terms]
    if anchors is not None:
        wanted.append("|".join(map(anchor_mark, anchors)))
    query = " & ".join(f"({part})" for part in wanted)
    found: Entries = rows.extra(where=[f"{TABLE}.words @@ %s::tsquery"], params=[query])  # noqa: S610
    # no index has this order, so that none is walked along instead of that of the words
    return found.annotate(newest=RawSQL(f"{TABLE}.day + 0", ())).order_by("-newest", "-id")  # noqa: S611 - a column


def _by_likeness(rows: Any, kind: str, terms: Sequence[Term], anchors: Sequence[int] | None) -> Entries:  # noqa: ANN401, ARG001
    for term in terms:
        rows = rows.filter(cut__contains=f" {' '.join(term.tokens)}{'' if term.open else ' '}")
    if anchors is not None:
        rows = rows.filter(_any(Q(cut__contains=f" {anchor_mark(anchor)} ") for anchor in anchors))
    found: Entries = rows.order_by("-day", "-id")
    return found


def _any(conditions: Iterable[Q]) -> Q:
    either = Q(pk__in=())
    for condition in conditions:
        either |= condition
    return either


_ENGINES: dict[str, Callable[[Any, str, Sequence[Term], Sequence[int] | None], Entries]] = {
    "sqlite": _by_fts,
    "postgresql": _by_vector,
}
