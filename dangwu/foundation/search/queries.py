"""Finding entries by their text, the newest first: one statement, in the words of each database.

Whom it is for is told by keys alone (`Reach`), and these are written into the statement: so nothing is composed or
joined anew for every word that is looked for, and the database is asked little more than its own index of words.

SQLite's rows of words are numbered by day and then by entry, so that it walks them from the newest on and stops when
enough are found, however many there are.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from dangwu.foundation.search.cutting import Term
from dangwu.foundation.search.models import TABLE

ID_BITS = 32
RECENT = 200
FEW = 100
"""Up to so many places, entries are looked up by where they lie; those of more are walked through."""
_ANCHOR = "xo"  # how the mark of a place begins; no token of a text begins with an x


@dataclass(frozen=True)
class Reach:
    """Which entries of a kind somebody may find: those that lie in these `places`, and some rows `besides`; without
    places all but those that belong to others, which are `gone`.
    """

    places: frozenset[int] | None = None
    besides: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing can lie in it."""
        return self.places is not None and not self.places and not self.besides

    @property
    def is_narrow(self) -> bool:
        """Whether its places are so few that all entries that lie there are looked up by their marks."""
        return self.places is not None and len(self.places) <= FEW and not self.besides

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """The marks that an entry must have one of; none where these are not looked up."""
        return tuple(map(anchor_mark, sorted(self.places or ()))) if self.is_narrow else ()

    @cached_property
    def condition(self) -> str:
        """What else it asks of an entry, in SQL."""
        if self.is_narrow:
            return ""
        if self.places is None:
            return f" AND entry.anchor NOT IN ({_keys(self.gone)})" if self.gone else ""
        besides = f" OR entry.source IN ({_keys(self.besides)})" if self.besides else ""
        return f" AND (entry.anchor IN ({_keys(self.places)}){besides})"


EVERYTHING = Reach()


class Question(NamedTuple):
    """What is looked for: entries of a kind that contain every term, of some days where these are told."""

    kind: str
    terms: Sequence[Term]
    reach: Reach
    most: int
    since: date | None = None
    until: date | None = None


def newest(asked: Question) -> list[int]:
    """The sources of the newest entries that are asked for."""
    assert asked.terms
    return [] if asked.reach.is_nothing else _ENGINES.get(connection.vendor, _by_likeness)(asked)


def anchor_mark(anchor: int) -> str:
    """The token by which an entry is found where it lies."""
    return f"{_ANCHOR}{anchor}"


def _keys(keys: Collection[int]) -> str:
    return ",".join(str(int(key)) for key in sorted(keys)) or "NULL"


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


_SOURCES = f"SELECT entry.source FROM {TABLE} AS entry WHERE entry.kind = %s"  # noqa: S608 - names of our own
_IN_WORDS = (
    f"SELECT entry.source FROM search_words CROSS JOIN {TABLE} AS entry"  # noqa: S608
    f" ON entry.id = search_words.rowid & {(1 << ID_BITS) - 1}"
    " WHERE search_words MATCH %s AND search_words.rowid >= %s AND search_words.rowid < %s AND entry.kind = %s"
)


def _by_fts(asked: Question) -> list[int]:
    wanted = [f'"{" ".join(term.tokens)}"{" *" if term.open else ""}' for term in asked.terms]
    if asked.reach.marks:
        wanted.append(f"({' OR '.join(asked.reach.marks)})")
    days = _first_row(asked.since or date.min), _first_row(asked.until or date.max) + (1 << ID_BITS)
    statement = f"{_IN_WORDS}{asked.reach.condition} ORDER BY search_words.rowid DESC LIMIT %s"
    return _ask(statement, " AND ".join(wanted), *days, asked.kind, asked.most)


def _first_row(day: date) -> int:
    return (day.year * 10_000 + day.month * 100 + day.day) << ID_BITS


def _by_vector(asked: Question) -> list[int]:
    """PostgreSQL believes that a look at a long list of words costs nothing, and would rather look at every row than at
    its index. So the newest rows are looked at first, where whatever is frequent is found; only the rest is left to it.
    """
    wanted = [" <-> ".join(term.tokens) + (":*" if term.open else "") for term in asked.terms]
    if asked.reach.marks:
        wanted.append("|".join(asked.reach.marks))
    words, (days, told) = " & ".join(f"({part})" for part in wanted), _days(asked)
    having = f" AND entry.words @@ %s::tsquery{asked.reach.condition}"
    if not asked.reach.is_narrow:
        order = " ORDER BY entry.day DESC, entry.id DESC LIMIT %s"
        rows = f"SELECT * FROM {TABLE} AS entry WHERE entry.kind = %s{days}{order}"  # noqa: S608
        recent = f"SELECT entry.source FROM ({rows}) AS entry WHERE true{having}{order}"  # noqa: S608
        found = _ask(recent, asked.kind, *told, RECENT, words, asked.most)
        if len(found) == asked.most:
            return found
    # no index has this order, so that none is walked along instead of that of the words
    every = f"{_SOURCES}{days}{having} ORDER BY entry.day + 0 DESC, entry.id DESC LIMIT %s"
    return _ask(every, asked.kind, *told, words, asked.most)


def _by_likeness(asked: Question) -> list[int]:
    wanted = [f"% {' '.join(term.tokens)}{'' if term.open else ' '}%" for term in asked.terms]
    days, told = _days(asked)
    likeness = " AND entry.cut LIKE %s" * len(wanted)
    if asked.reach.marks:
        likeness += f" AND ({' OR '.join(['entry.cut LIKE %s'] * len(asked.reach.marks))})"
        wanted += [f"% {mark} %" for mark in asked.reach.marks]
    statement = f"{_SOURCES}{days}{likeness}{asked.reach.condition} ORDER BY entry.day DESC, entry.id DESC LIMIT %s"
    return _ask(statement, asked.kind, *told, *wanted, asked.most)


def _days(asked: Question) -> tuple[str, list[date]]:
    bounds = ((" AND entry.day >= %s", asked.since), (" AND entry.day <= %s", asked.until))
    told = [(condition, day) for condition, day in bounds if day]
    return "".join(condition for condition, _ in told), [day for _, day in told]


def _ask(statement: str, *told: Any) -> list[int]:  # noqa: ANN401 - what databases take
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return [source for (source,) in cursor.fetchall()]


_ENGINES: Mapping[str, Callable[[Question], list[int]]] = {"sqlite": _by_fts, "postgresql": _by_vector}
