"""Columns of sealed values, and of the blind indexes by which they are found.

    uid = models.UUIDField(default=uuid4, unique=True)
    identity = SealedField("身份证号", null=True, mask="identity")
    identity_index = BlindField("身份证号检索值", of="identity")
    identity_tail = BlindField("身份证号末四位检索值", of="identity", tail=True)

    person.identity = seal(number, owner=person.uid, field="members.person.identity")

Assigning a new value renews its indexes. A write that names its columns (`update_fields`, `bulk_update`) names all of
them; None is a value that nobody has told.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from dangwu.foundation.sealing.blind import BLIND_LENGTH
from dangwu.foundation.sealing.masks import MASKS
from dangwu.foundation.sealing.sealed import WHOLE, Blinds, Sealed, UnplacedError

Deconstructed = tuple[str, str, Sequence[Any], dict[str, Any]]


class SealedAttribute(DeferredAttribute):
    """The value on a row: it learns there whose it is, and nothing that is not sealed is ever taken."""

    field: "SealedField"

    def __get__(
        self, instance: models.Model | None, cls: type[models.Model] | None = None
    ) -> "Sealed | SealedAttribute | None":
        """The value, for its owner."""
        value: Sealed | SealedAttribute | None = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed) or value.owner is not None:
            return value
        placed = value.of(self.field.owner_of(instance))
        instance.__dict__[self.field.attname] = placed
        return placed

    def __set__(self, instance: models.Model, value: Sealed | None) -> None:
        """Take a sealed value or None; TypeError for a text that is not sealed."""
        if value is not None:
            value = replace(self.field.checked(value), mask=self.field.mask)
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField[Sealed | None, Sealed | None]):
    """A column of sealed values.

    `owner` is the attribute of a row that tells whose the value is, dots allowed; it must be there before the value is
    sealed, and never change. `label` keeps the column's name for seals when the column is renamed.
    """

    descriptor_class = SealedAttribute

    def __init__(
        self,
        verbose_name: str | None = None,
        *,
        null: bool = False,
        mask: str = WHOLE,
        owner: str = "uid",
        label: str | None = None,
    ) -> None:
        """Take the name of a mask; `null` where somebody may not have told."""
        assert mask in MASKS, mask
        super().__init__(verbose_name, null=null)
        self.mask = mask
        self.owner = owner
        self.given_label = label

    def deconstruct(self) -> Deconstructed:
        """As a migration writes it."""
        name, path, args, kwargs = super().deconstruct()
        own = {"mask": self.mask, "owner": self.owner, "label": self.given_label}
        usual = {"mask": WHOLE, "owner": "uid", "label": None}
        return name, path, args, kwargs | {key: own[key] for key in own if own[key] != usual[key]}

    @property
    def label(self) -> str:
        """The column as seals, indexes and the audit name it."""
        return self.given_label or f"{self.model._meta.label_lower}.{self.name}"  # noqa: SLF001 - Django's own way

    @property
    def indexes(self) -> tuple["BlindField", ...]:
        """The columns beside it that hold its blind indexes."""
        columns = self.model._meta.concrete_fields  # noqa: SLF001 - Django's own way
        return tuple(column for column in columns if isinstance(column, BlindField) and column.of == self.name)

    def owner_of(self, row: models.Model) -> str:
        """Whose the values of a row are."""
        owner = attrgetter(self.owner)(row)
        if owner in {None, ""}:
            raise UnplacedError(f"{self.label}: the row has no {self.owner} yet")
        return str(owner)

    def checked(self, value: object) -> Sealed:
        """The value, if it was sealed for this column."""
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.label} takes what seal() gives, not {type(value).__name__}")
        if value.label != self.label:
            raise UnplacedError(f"{self.label} is given what was sealed for {value.label}")
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: FBT001 - Django's own signature
        """The value of the row, if it was sealed for the row's owner."""
        value: Sealed | None = super().pre_save(model_instance, add)
        if value is not None and value.owner != self.owner_of(model_instance):
            raise UnplacedError(f"{self.label} is given what was sealed for another owner")
        return value

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed | None:
        """The value as it was kept; a row adds whose it is."""
        return None if value is None else Sealed(bytes(value), self.label, mask=self.mask)

    def get_prep_value(self, value: object) -> bytes | None:
        """The envelope."""
        return None if value is None else self.checked(value).envelope

    def to_python(self, value: object) -> Sealed | None:
        """Read what `value_to_string` wrote."""
        if isinstance(value, str):
            return Sealed(b64decode(value, validate=True), self.label, mask=self.mask)
        return None if value is None else self.checked(value)

    def value_to_string(self, obj: models.Model) -> str:
        """The envelope for a backup, still sealed."""
        value = self.value_from_object(obj)
        return "" if value is None else b64encode(value.envelope).decode()


class BlindAttribute(DeferredAttribute):
    """The index on a row: that of the value beside it wherever this is new."""

    field: "BlindField"

    def __get__(
        self, instance: models.Model | None, cls: type[models.Model] | None = None
    ) -> "str | BlindAttribute | None":
        """The index."""
        if instance is not None and self.field.of in instance.__dict__:
            value: Sealed | None = instance.__dict__[self.field.of]
            if value is None:
                return None
            if value.blinds is not None:
                return self.field.of_new(value.blinds)
        kept: str | BlindAttribute | None = super().__get__(instance, cls)
        return kept

    def __set__(self, instance: models.Model, value: str | None) -> None:
        """Take what the database kept."""
        instance.__dict__[self.field.attname] = value


class BlindField(models.CharField[str | None, str | None]):
    """A column with the blind index of the sealed column `of`, or of the last four characters of its values."""

    descriptor_class = BlindAttribute

    def __init__(self, verbose_name: str | None = None, *, of: str, tail: bool = False) -> None:
        """Take the name of the sealed column."""
        super().__init__(verbose_name, null=True, editable=False, db_index=True, max_length=BLIND_LENGTH)
        self.of = of
        self.tail = tail

    def of_new(self, blinds: Blinds) -> str:
        """The index of a value that was just sealed."""
        return blinds.tail if self.tail else blinds.whole

    def deconstruct(self) -> Deconstructed:
        """As a migration writes it."""
        name, path, args, kwargs = super().deconstruct()
        told = {
            key: value for key, value in kwargs.items() if key not in {"null", "editable", "db_index", "max_length"}
        }
        return name, path, args, told | {"of": self.of} | ({"tail": True} if self.tail else {})
