"""Telling what a correction put right, for the history of whoever it is about."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.pages.words import shown
from dangwu.foundation.sealing.sealed import Sealed
from dangwu.members.held import HeldRow, Names
from dangwu.members.models import Amendment, Person
from dangwu.members.queries import names_of

TITLES = {"organisation_id": "党组织", "valid_from": "起始日期", "valid_until": "截止日期"}
NOTHING = "未填写"
Reading = Mapping[str, tuple[object, str]]
"""The columns of a row by title: what is kept, and what people read."""


class Amending:
    """A row that is about to be put right: remembers how it stands now. Part of an action."""

    def __init__(self, row: Any, names: Names | None = None) -> None:  # noqa: ANN401 - a person, or a dated row of one
        """Read the row before anything is changed in it; `names` where those of many organisations are at hand."""
        self._names = names
        held = self._held(row)
        self.row = row
        self.what = f"更正{held.title}“{held.summary}”（{held.since} 起）" if held.since else f"修改{held.title}"
        self.before = _reading(held)

    def note(self, on: date) -> None:
        """Write down what is different now; nothing where nothing is."""
        if amendment := self.amendment(on):
            amendment.save()

    def amendment(self, on: date) -> Amendment | None:
        """What is different now, not written yet; None where nothing is."""
        differences = list(_differences(self.before, _reading(self._held(self.row))))
        return self._told(on, "；".join(differences)) if differences else None

    def note_gone(self, on: date) -> None:
        """Write down that there is no such row any more."""
        self._told(on, "这一段是误登记的，已删除").save()

    def _told(self, on: date, told: str) -> Amendment:
        person = self.row if isinstance(self.row, Person) else self.row.person
        deed = open_deed()
        said = {"what": self.what, "told": told, "reason": deed.reason, "done_by": deed.by.name}
        return Amendment(unit_id=person.unit_id, person=person, on=on, **said)

    def _held(self, row: Any) -> HeldRow:  # noqa: ANN401 - a person, or a dated row of one
        organisation = getattr(row, "organisation_id", None)
        return HeldRow(row, self._names or names_of([organisation] if organisation else []))


def _reading(held: HeldRow) -> Reading:
    return {
        TITLES.get(field.told.name, field.told.title): (getattr(held.row, field.told.name), shown(field.value, NOTHING))
        for field in held.fields()
    }


def _differences(before: Reading, after: Reading) -> Iterator[str]:
    for title, (was, words) in before.items():
        now, new_words = after[title]
        if was == now:
            continue
        if isinstance(was, Sealed) or isinstance(now, Sealed):
            yield f"{title}已{'删除' if now is None else '补登' if was is None else '更换'}"
        else:
            yield f"{title}由“{words}”改为“{new_words}”"
