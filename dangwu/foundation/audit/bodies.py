"""What an entry says of the changed rows: only what changed, personal values as commitments, masses as a digest."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from dangwu.foundation.audit.canonical import canonical, commitment
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.audit.verify_audit import digest

MASS = 500
"""The most rows of one model that an entry tells one by one."""

MODEL = re.compile(r'"model":"([^"]+)"')
"""How a body says of which model a row is; within the words of a value the quotation marks would be masked."""

Row = Mapping[str, Any]


def models_told(body: str) -> set[str]:
    """The labels of the models that an entry's body tells of."""
    return set(MODEL.findall(body))


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what an entry is about, with the algorithm and the salt (in hexadecimal) of that entry."""

    algorithm: str
    salt: str

    def names(self, actor: str, subject: str, reason: str) -> str:
        """The commitment to what people read in an entry."""
        return commitment(self.algorithm, self.salt, "names", [actor, subject, reason])

    def body(self, changes: Sequence[Change], names: str, masses: Iterable["Mass"] = ()) -> str:
        """The canonical JSON of an entry's body."""
        by_model = groupby(sorted(changes, key=attrgetter("model")), key=attrgetter("model"))
        told = [said for model, rows in by_model for said in self._rows(model, list(rows))]
        return canonical({"changes": [*told, *(mass.told for mass in masses)], "names": names})

    def _rows(self, model: str, changes: Sequence[Change]) -> Iterable[dict[str, Any]]:
        if len(changes) <= MASS:
            return filter(None, map(self._row, changes))
        mass = Mass(model, self.algorithm, self.salt)
        mass.add(changes)
        return [mass.told]

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


@dataclass(slots=True)
class Mass:
    """Many rows of one model as their number and one digest, which runs over a commitment to each: rows can be added
    and forgotten as they are written.
    """

    model: str
    algorithm: str
    salt: str
    digest: str = ""
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, changes: Iterable[Change]) -> None:
        """Take further rows of the model; those in which nothing changed do not count."""
        for change in changes:
            if sides := _differing(change.before, change.after):
                row = commitment(self.algorithm, self.salt, f"{change.model}:{change.pk}", sides)
                self.digest = digest(self.algorithm, (self.digest + row).encode())
                self.kinds[_kind(sides)] += 1

    @property
    def told(self) -> dict[str, Any]:
        """What the entry says of them."""
        return {"digest": self.digest, "model": self.model, "rows": self.kinds}


def _differing(before: Row | None, after: Row | None) -> dict[str, Row]:
    """The row before and after, without the columns in which nothing changed."""
    if before is None or after is None:
        return {side: row for side, row in (("before", before), ("after", after)) if row is not None}
    same = {name for name in before.keys() & after.keys() if before[name] == after[name]}
    sides = {"before": before, "after": after}
    return {
        side: {name: row[name] for name in row if name not in same} for side, row in sides.items() if row.keys() - same
    }


def _kind(row: Mapping[str, Any]) -> str:
    if "before" not in row:
        return "created"
    return "changed" if "after" in row else "deleted"
