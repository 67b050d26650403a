"""Which columns hold personal data, and what a person is told about each: why it is kept, on what ground, how long.

A model declares it once, beside its columns; the member's own page, the retention and the tests read it from here.

    personal: ClassVar[Mapping[str, Personal]] = {"phone": Personal(purpose="通知党内活动、核对本人身份。", …)}
    not_personal: ClassVar[frozenset[str]] = frozenset({"unit_id"})
    holds_personal_data = True
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from django.apps import apps
from django.db.models import Field, Model

from dangwu.foundation.sealing.fields import BlindField, SealedField


class Sensitivity(Enum):
    """Whether a leak would be grave for the person (PIPL: 敏感个人信息)."""

    ORDINARY = "一般个人信息"
    SENSITIVE = "敏感个人信息"


class Shown(Enum):
    """How pages show it to those who may see the row."""

    FULL = "完整显示"
    MASKED = "只显示首尾几位"
    NEVER = "不显示"


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What a person is told about one column. Every text is Chinese, as the person's own page shows it.

    `basis` names the document in 《》; `retention` says until when, counted from what.
    """

    purpose: str
    basis: str
    retention: str
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    shown: Shown = Shown.FULL

    def __post_init__(self) -> None:
        """Refuse a declaration that tells nothing."""
        if not (self.purpose.strip() and self.retention.strip()):
            raise ValueError("a personal column needs a purpose and a retention")
        if "《" not in self.basis:
            raise ValueError("the basis of a personal column names a document in 《》")


@dataclass(frozen=True, slots=True)
class PersonalField:
    """A declared column: where it is, what people call it, and what they are told about it."""

    model: type[Model]
    name: str
    title: str
    told: Personal

    @property
    def label(self) -> str:
        """The column as seals and the audit name it: `members.person.phone`."""
        return f"{_label(self.model)}.{self.name}"


def personal_fields(model: type[Model]) -> tuple[PersonalField, ...]:
    """What a model declares, in the order of its columns, that of its abstract bases included."""
    told = _declared(model)
    columns = {field.attname: field for field in _columns(model)}
    return tuple(
        PersonalField(model, name, str(field.verbose_name), told[name])
        for name, field in columns.items()
        if name in told
    )


def registry() -> dict[str, PersonalField]:
    """Every personal column of the installed models by its label."""
    fields = (field for model in apps.get_models() for field in personal_fields(model))
    return {field.label: field for field in fields}


@cache
def private_columns(model: type[Model]) -> frozenset[str]:
    """The columns that go into the audit as commitments only: what is declared, what is sealed, blind indexes: these
    would go on linking a person's entries after his record is erased.
    """
    keyed = (field.attname for field in _columns(model) if isinstance(field, SealedField | BlindField))
    return frozenset(_declared(model)).union(keyed)


def undeclared() -> list[str]:
    """Columns of installed models that hold personal data which nobody has judged, by label."""
    return [f"{_label(model)}.{name}" for model in apps.get_models() for name in undeclared_in(model)]


def undeclared_in(model: type[Model]) -> list[str]:
    """Columns that are neither declared personal nor listed in `not_personal`, where `holds_personal_data` is said. A
    primary key and blind indexes need no word.
    """
    if not getattr(model, "holds_personal_data", False):
        return []
    judged = _declared(model).keys() | _excepted(model)
    return [
        field.attname
        for field in _columns(model)
        if field.attname not in judged and not (field.primary_key or isinstance(field, BlindField))
    ]


def misdeclared() -> list[str]:
    """Declarations of installed models that cannot hold, by label."""
    return [f"{_label(model)}.{name}" for model in apps.get_models() for name in misdeclared_in(model)]


def misdeclared_in(model: type[Model]) -> list[str]:
    """Names that are no column, or said to be both personal and not; and sealed columns that are not declared
    sensitive, or declared as shown in full.
    """
    columns = {field.attname: field for field in _columns(model)}
    told, excepted = _declared(model), _excepted(model)
    words = {name for name in told.keys() | excepted if name not in columns or (name in told and name in excepted)}
    sealed = {name for name, field in columns.items() if isinstance(field, SealedField)}
    return sorted(words | {name for name in sealed if not _is_guarded(told.get(name))})


def _is_guarded(told: Personal | None) -> bool:
    return told is not None and told.sensitivity is Sensitivity.SENSITIVE and told.shown is not Shown.FULL


def _declared(model: type[Model]) -> Mapping[str, Personal]:
    """What the model and its bases say, the model last."""
    return {name: told for base in reversed(model.__mro__) for name, told in vars(base).get("personal", {}).items()}


def _excepted(model: type[Model]) -> frozenset[str]:
    return frozenset().union(*(vars(base).get("not_personal", ()) for base in model.__mro__))


def _columns(model: type[Model]) -> tuple["Field[object, object]", ...]:
    return tuple(model._meta.concrete_fields)  # noqa: SLF001 - Django's own way


def _label(model: type[Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001 - Django's own way
