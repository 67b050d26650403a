"""Renewing keys while the site runs: everything is sealed anew under the current key, a few rows at a time.

A row is rewritten only while the bytes that were read still lie there, so another writer always wins; what he sealed
under an older key is found by the next run. There is nothing to resume: what is left is what lies under another key.
The version of a row stays, for nothing in it has changed for anybody. Blind indexes are rewritten on the way, which is
how they follow a change of suite.

    add_key(by=…)  →  rotate(by=…, field=…) for every sealed_fields()  →  an hour later  retire_key(by=…, key_id=…, …)
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db.models import BinaryField, Count, Model, QuerySet
from django.db.models.functions import Substr

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import announcing, open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.sealing.envelope import HEAD_BYTES, BrokenSealError, Place, disclose, head_of, key_id_of
from dangwu.foundation.sealing.fields import SealedField
from dangwu.foundation.sealing.keyring import keyring
from dangwu.foundation.sealing.keys import Key, MissingKeyError
from dangwu.foundation.sealing.sealed import Sealed, seal

BATCH: Final = 200
GRACE: Final = timedelta(hours=1)
"""No transaction lasts longer, so after it nobody seals under a key that is no longer current."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a column is: values sealed anew, values that still lie under other keys, and the keys of the rows among
    them whose value does not open.
    """

    resealed: int
    left: int
    broken: tuple[Any, ...] = ()


class SealedRow(NamedTuple):
    """A value as it was read, whose it is, and the key of its row."""

    pk: Any
    value: Sealed
    owner: object


def keeps_keys(*, by: Actor, **_: object) -> bool:
    """The policy: keys are the security administrator's."""
    return by.holds("security")


@action("keys.add", allow=keeps_keys)
def add_key(*, by: Actor) -> Key:  # noqa: ARG001 - the policy asks for it
    """Make a key under which everything is sealed from now on."""
    key = keyring().add_key()
    _say_which(key.id)
    return key


def rotate(
    *, by: Actor, field: SealedField, batch: int = BATCH, progress: Callable[[Progress], object] = lambda _: None
) -> Progress:
    """Seal every value of a column anew that lies under another key than the current one; tells how far it is after
    each batch. It may be stopped and started at any moment.
    """
    resealed, broken = 0, list[Any]()
    rows = _elsewhere(field)
    while found := [SealedRow(*row) for row in rows[:batch]]:
        done = reseal(by=by, field=field, rows=found)
        resealed += done.resealed
        broken += done.broken
        progress(Progress(resealed, left(field), tuple(broken)))
        rows = _elsewhere(field).filter(pk__gt=found[-1].pk)
    return Progress(resealed, left(field), tuple(broken))


@action("keys.reseal", allow=keeps_keys)
def reseal(*, by: Actor, field: SealedField, rows: Sequence[SealedRow]) -> Progress:  # noqa: ARG001 - the policy asks for it
    """Seal the values of some rows anew in one transaction; rows that were rewritten meanwhile are left alone."""
    resealed, broken = 0, list[Any]()
    for row in rows:
        try:
            resealed += _replace(field, row)
        except (BrokenSealError, MissingKeyError):
            broken.append(row.pk)
    open_deed().counted[f"{field.label}:resealed"] += resealed
    return Progress(resealed, len(rows) - resealed, tuple(broken))


def _replace(field: SealedField, row: SealedRow) -> int:
    """Write a value under the current key where the bytes that were read still lie there: 1, or 0 where they do not."""
    place = Place(field.label, str(row.owner))
    text = disclose(row.value.envelope, place, keyring())
    new = seal(text, owner=place.owner, field=field.label)
    assert new.blinds is not None
    indexes = {index.name: index.of_new(new.blinds) for index in field.indexes}
    with announcing():
        return _rows(field).filter(pk=row.pk, **{field.name: row.value}).update(**{field.name: new}, **indexes)


def left(field: SealedField) -> int:
    """How many values of a column lie under other keys than the current one."""
    return _elsewhere(field).count()


def sealed_fields() -> list[SealedField]:
    """Every sealed column of the installed models."""
    columns = (column for model in apps.get_models() for column in model._meta.local_concrete_fields)  # noqa: SLF001
    return [column for column in columns if isinstance(column, SealedField)]


def keys_in_use(fields: Iterable[SealedField]) -> Counter[bytes]:
    """How many values lie under which key, by its id. Raises BrokenSealError where something is no sealed value."""
    used = Counter[bytes]()
    for field in fields:
        for head, rows in sealed_rows(field).values_list("head").annotate(rows=Count("pk")).order_by():
            used[key_id_of(bytes(head))] += rows
    return used


@action("keys.retire", allow=keeps_keys)
def retire_key(*, by: Actor, key_id: bytes, fields: Iterable[SealedField], now: datetime) -> Path:  # noqa: ARG001 - the policy asks for it
    """Put away a key under which nothing lies any more in any of the site's `sealed_fields()`; returns the file, which
    older backups still need.

    ObjectionError where it is current, was until an hour ago, or something still lies under it.
    """
    ring = keyring()
    if key_id == ring.current.id:
        raise ObjectionError("这把密钥正在使用，不能停用。请先新增密钥，并完成重新加密。")
    if now - ring.current.made_at < GRACE:
        raise ObjectionError("新密钥启用不足一小时，个别未完成的操作可能还在使用旧密钥。请稍后再停用。")
    rows = keys_in_use(fields)[key_id]
    if rows:
        raise ObjectionError(f"还有 {rows} 项内容用这把密钥加密。请先完成重新加密，再停用。")
    _say_which(key_id)
    return ring.put_away(key_id)


def _say_which(key_id: bytes) -> None:
    deed = open_deed()
    deed.subject, deed.subject_name = f"key:{key_id.hex()}", f"密钥 {key_id.hex()}"


def _rows(field: SealedField) -> QuerySet[Model]:
    """The rows of its table, by a queryset of Django's own: whoever renews keys sees no row, and sees to every row."""
    return QuerySet(field.model)


def sealed_rows(field: SealedField) -> QuerySet[Any]:
    """The rows in which something was told, with the head of its envelope as `head`."""
    head = Substr(field.name, 1, HEAD_BYTES, output_field=BinaryField())
    told: QuerySet[Any] = _rows(field).annotate(head=head).filter(head__isnull=False)
    return told


def _elsewhere(field: SealedField) -> QuerySet[Model, tuple[Any, ...]]:
    """What lies under other keys: key of the row, value, owner."""
    owner = field.owner.replace(".", "__")
    others = sealed_rows(field).exclude(head=head_of(keyring().current))
    return others.order_by("pk").values_list("pk", field.name, owner)
