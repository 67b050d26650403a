"""What an entry says of the changed rows: only what changed, personal values as commitments, masses as a digest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from dangwu.foundation.audit.canonical import canonical, commitment
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.audit.verify_audit import digest

MASS = 500
"""The most rows of one model that an entry tells one by one."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what an entry is about, with the algorithm and the salt (in hexadecimal) of that entry."""

    algorithm: str
    salt: str

    def names(self, actor: str, subject: str, reason: str) -> str:
        """The commitment to what people read in an entry."""
        return commitment(self.algorithm, self.salt, "names", [actor, subject, reason])

    def body(self, changes: Sequence[Change], names: str) -> str:
        """The canonical JSON of an entry's body."""
        by_model = groupby(sorted(changes, key=attrgetter("model")), key=attrgetter("model"))
        told = [said for model, rows in by_model for said in self._rows(model, rows)]
        return canonical({"changes": told, "names": names})

    def _rows(self, model: str, changes: Iterable[Change]) -> list[dict[str, Any]]:
        rows = [row for row in map(self._row, changes) if row]
        if len(rows) <= MASS:
            return rows
        kinds = Counter(_kind(row) for row in rows)
        return [{"digest": digest(self.algorithm, canonical(rows).encode()), "model": model, "rows": kinds}]

    def _row(self, change: Change) -> dict[str, Any] | None:
        """One row, or None where nothing in it changed."""
        sides = _differing(change.before, change.after)
        names = {name for row in sides.values() for name in row}
        if not names:
            return None
        place = f"{change.model}:{change.pk}"
        told: dict[str, Any] = {"model": change.model, "pk": change.pk}
        for side, row in sides.items():
            told[side] = {name: self._value(place, name, value, change.private) for name, value in row.items()}
        private = sorted(change.private & names)
        return {**told, "private": private} if private else told

    def _value(self, place: str, name: str, value: object, private: frozenset[str]) -> object:
        return commitment(self.algorithm, self.salt, f"{place}.{name}", value) if name in private else value


def _differing(before: Row | None, after: Row | None) -> dict[str, Row]:
    """The row before and after, without the columns in which nothing changed."""
    if before is None or after is None:
        return {side: row for side, row in (("before", before), ("after", after)) if row is not None}
    same = {name for name in before.keys() & after.keys() if before[name] == after[name]}
    sides = {"before": before, "after": after}
    return {side: {name: row[name] for name in row if name not in same} for side, row in sides.items()}


def _kind(row: dict[str, Any]) -> str:
    if "before" not in row:
        return "created"
    return "changed" if "after" in row else "deleted"
