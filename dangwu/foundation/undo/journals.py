"""Taking back what an action did: every row it touched becomes again what it was, unless somebody has built on it.

An action's deed knows each row before and after. Kept as a journal, that is enough to undo it, whatever it was: created
rows go, changed rows get their columns back, deleted rows return. A row that has changed since, or to which something
later refers, stands in the way, and with it whatever belongs to the same person or organisation.
"""

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from dangwu.foundation.audit.changes import Change
from dangwu.foundation.deeds import announcing
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.portions import portions
from dangwu.foundation.sealing.sealed import Sealed
from dangwu.foundation.tracking import row_of, tell
from dangwu.foundation.undo.checks import Check, freely

Key = tuple[str, Any]
"""A row: the label of its model, and its primary key."""


class Entry(NamedTuple):
    """What an action did to a row: `before` is None where it made it, `version` None where it deleted it."""

    label: str
    pk: Any
    version: int | None
    before: Mapping[str, Any] | None


@dataclass
class TakenBack:
    """What became of an attempt: how many rows are as they were, and which stood in the way."""

    rows: int = 0
    obstacles: list[Key] = field(default_factory=list)


def journal(changes: Iterable[Change]) -> list[Entry]:
    """What a deed did, each row once: as it was before the first change, with the version it has after the last."""
    before: dict[Key, Mapping[str, Any] | None] = {}
    after: dict[Key, int | None] = {}
    for change in changes:
        key = change.model, change.pk
        before.setdefault(key, change.before)
        after[key] = None if change.after is None else change.after["version"]
    kept = ((key, after[key], old) for key, old in before.items() if not (old is None and after[key] is None))
    return [Entry(label, pk, version, old) for (label, pk), version, old in kept]


def written(entries: Sequence[Entry]) -> str:
    """A journal as JSON."""
    return json.dumps([list(entry) for entry in entries], cls=_Encoder, ensure_ascii=False, separators=(",", ":"))


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """A journal that was kept in pieces as one: of a row that stands in several, how it was before the first and its
    version after the last.
    """
    rows: dict[Key, Entry] = {}
    for entry in entries:
        key = entry.label, entry.pk
        first = rows.get(key)
        rows[key] = entry if first is None else first._replace(version=entry.version)
    return [entry for entry in rows.values() if entry.before is not None or entry.version is not None]


def read(text: str) -> list[Entry]:
    """A journal out of JSON."""
    return [Entry(*entry) for entry in json.loads(text)]


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:  # noqa: ANN401 - json's own signature
        return b64encode(o.envelope).decode() if isinstance(o, Sealed) else super().default(o)


def take_back(entries: Sequence[Entry], *, leaving: bool = False, check: Check = freely) -> TakenBack:
    """Make every row what it was. Part of an action. Where something stands in the way, or the `check` of a row refuses
    its return, nothing is done, unless the rest may be taken back `leaving` those, and whatever belongs to the same
    person or organisation, as they are.
    """
    kept = _Kept(entries)
    blocked = kept.blocked(_refused(entries, check))
    if blocked and not leaving:
        return TakenBack(0, sorted(blocked, key=str))
    wanted = [entry for entry in entries if (entry.label, entry.pk) not in blocked]
    _restore(wanted)
    return TakenBack(len(wanted), sorted(blocked, key=str))


def _refused(entries: Iterable[Entry], check: Check) -> Iterator[Key]:
    """The rows whose return is refused."""
    for entry in entries:
        if entry.before is not None:
            try:
                check(row_before(entry))
            except ObjectionError:
                yield entry.label, entry.pk


class _Kept:
    """What is there now of the rows of a journal, and how they hang together."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = {(entry.label, entry.pk): entry for entry in entries}
        self._rows: dict[Key, models.Model] = {}
        for label, its in _by_label(entries).items():
            rows = _rows(label, [entry.pk for entry in its if entry.version is not None])
            self._rows.update(((label, row.pk), row) for row in rows)

    def blocked(self, refused: Iterable[Key]) -> set[Key]:
        """The rows that cannot become what they were."""
        blocked = {key for key, entry in self._entries.items() if self._has_moved_on(key, entry)}
        blocked.update(refused)
        blocked |= self._referred_to() | self._overlapped()
        subjects = self._subjects()
        members: dict[Key, set[Key]] = defaultdict(set)
        for key, subject in subjects.items():
            members[subject].add(key)
        waiting = list(blocked)
        while waiting:
            key = waiting.pop()
            for other in (*members[subjects[key]], *self._created_above(key)):
                if other not in blocked:
                    blocked.add(other)
                    waiting.append(other)
        return blocked

    def _has_moved_on(self, key: Key, entry: Entry) -> bool:
        row = self._rows.get(key)
        if entry.version is None:
            return False
        return row is None or row.version != entry.version  # type: ignore[attr-defined] # tracked rows have one

    def _subjects(self) -> dict[Key, Key]:
        """To whom or what each row belongs; a row to which others belong belongs to itself."""
        return {key: _subject(key, self._columns(key)) for key in self._entries}

    def _columns(self, key: Key) -> Mapping[str, Any]:
        row = self._rows.get(key)
        before = self._entries[key].before
        return row_of(row) if row is not None else before or {}

    def _created_above(self, key: Key) -> Iterator[Key]:
        """The rows of the journal which this one refers to and which would go: they must stay if it stays."""
        for column in _foreign_keys(key[0]):
            target = (column.related_model._meta.label_lower, self._columns(key).get(column.attname))  # noqa: SLF001
            if target in self._entries and self._entries[target].before is None:
                yield target

    def _referred_to(self) -> set[Key]:
        """Created rows to which something refers that is no part of the journal."""
        created: dict[str, list[Any]] = defaultdict(list)
        for (label, pk), entry in self._entries.items():
            if entry.before is None:
                created[label].append(pk)
        return {(label, pk) for label, pks in created.items() for pk in self._referred(label, pks)}

    def _referred(self, label: str, pks: Sequence[Any]) -> Iterator[Any]:
        for relation in apps.get_model(label)._meta.related_objects:  # noqa: SLF001 - Django's own way
            other = relation.related_model._meta.label_lower  # noqa: SLF001
            column = relation.field.attname
            for chunk in portions(pks):
                found = relation.related_model._base_manager.filter(**{f"{column}__in": chunk})  # noqa: SLF001
                for pk, target in found.values_list("pk", column):
                    if (other, pk) not in self._entries:
                        yield target

    def _overlapped(self) -> set[Key]:
        """Dated rows that would hold again on days for which something else was registered since."""
        wanted = [
            (key, entry) for key, entry in self._entries.items() if entry.before and "valid_until" in entry.before
        ]
        return {key for label, its in _by_model(wanted).items() for key in self._overlapped_in(label, its)}

    def _overlapped_in(self, label: str, wanted: Mapping[Key, Mapping[str, Any]]) -> Iterator[Key]:
        model = apps.get_model(label)
        line = [model._meta.get_field(name).attname for name in model.line]  # noqa: SLF001
        later: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for chunk in portions([before[line[0]] for before in wanted.values()]):
            for row in model._base_manager.filter(**{f"{line[0]}__in": chunk}):  # noqa: SLF001
                if (label, row.pk) not in self._entries:
                    later[tuple(getattr(row, name) for name in line)].append(row)
        for key, before in wanted.items():
            old = _columns_of(model, before)
            others = later[tuple(old[name] for name in line)]
            if any(o.valid_from < old["valid_until"] and old["valid_from"] < o.valid_until for o in others):
                yield key


def _by_model(wanted: Iterable[tuple[Key, Entry]]) -> dict[str, dict[Key, Mapping[str, Any]]]:
    found: dict[str, dict[Key, Mapping[str, Any]]] = defaultdict(dict)
    for key, entry in wanted:
        found[key[0]][key] = entry.before or {}
    return found


def _subject(key: Key, columns: Mapping[str, Any]) -> Key:
    part_of: str = getattr(apps.get_model(key[0]), "part_of", "")
    if not part_of:
        return key
    column: Any = apps.get_model(key[0])._meta.get_field(part_of)  # noqa: SLF001
    return column.related_model._meta.label_lower, columns[column.attname]  # noqa: SLF001


def _restore(entries: Sequence[Entry]) -> None:
    """Delete what was made, from what refers to what is referred to; then give back what was, the other way round."""
    by_label = _by_label(entries)
    order = _outermost_first(by_label)
    for label in order:
        _delete(label, [entry.pk for entry in by_label[label] if entry.before is None])
    for label in reversed(order):
        _give_back(label, [entry for entry in by_label[label] if entry.before is not None])


def _delete(label: str, pks: Sequence[Any]) -> None:
    for row_chunk in portions(pks):
        _manager(label).filter(pk__in=row_chunk).delete()


def _give_back(label: str, entries: Sequence[Entry]) -> None:
    model = apps.get_model(label)
    rows = {row.pk: row for row in _rows(label, [entry.pk for entry in entries])}
    with announcing() as deed:
        for entry in entries:
            columns = _columns_of(model, entry.before or {})
            kept = rows.get(entry.pk)
            version = (kept.version + 1) if kept else (entry.before or {})["version"] + 1  # type: ignore[attr-defined]
            row = model(**columns | {"version": version})
            row._state.adding = kept is None  # noqa: SLF001 - a row that is written whole
            models.Model.save(row, force_insert=kept is None, force_update=kept is not None)
            tell(deed, model, 1, [(row.pk, row_of(kept) if kept else None, row_of(row))])


def row_before(entry: Entry) -> Any:  # noqa: ANN401 - a row of any model
    """The row as it was before."""
    model = apps.get_model(entry.label)
    return model(**_columns_of(model, entry.before or {}))


def _columns_of(model: type[models.Model], before: Mapping[str, Any]) -> dict[str, Any]:
    fields = {column.attname: column for column in model._meta.concrete_fields}  # noqa: SLF001
    return {name: fields[name].to_python(value) for name, value in before.items() if name in fields}


def _by_label(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.label].append(entry)
    return found


def _outermost_first(labels: Iterable[str]) -> list[str]:
    """Models so that each comes before those it refers to."""
    known, ordered, seen = set(labels), list[str](), set[str]()

    def visit(label: str) -> None:
        if label in seen:
            return
        seen.add(label)
        for column in _foreign_keys(label):
            if column.related_model._meta.label_lower in known:  # noqa: SLF001
                visit(column.related_model._meta.label_lower)  # noqa: SLF001
        ordered.append(label)

    for label in sorted(known):
        visit(label)
    return ordered[::-1]


def _foreign_keys(label: str) -> list[Any]:
    columns = apps.get_model(label)._meta.concrete_fields  # noqa: SLF001 - Django's own way
    return [column for column in columns if column.is_relation]


def _manager(label: str) -> Any:  # noqa: ANN401 - the queryset of any tracked model
    queryset: Callable[[], Any] = apps.get_model(label)._default_manager.all  # noqa: SLF001
    rows = queryset()
    return rows.unscoped("rows that an action wrote are taken back") if hasattr(rows, "unscoped") else rows


def _rows(label: str, pks: Sequence[Any]) -> Iterator[models.Model]:
    for chunk in portions(pks):
        yield from apps.get_model(label)._base_manager.filter(pk__in=chunk)  # noqa: SLF001
