"""Which of the things held about somebody he can ask to be corrected, and how the text of his request is read."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from dangwu.foundation.history import Dated
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.personal import PersonalField, registry
from dangwu.foundation.sealing.fields import SealedField
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.models import Admission, Circumstances, CorrectionRequest, Membership, Person
from dangwu.members.queries import rows_of
from dangwu.members.steps import DAYS, STEP_LABELS

MADE_BY_THE_SYSTEM = frozenset({"account_id", "person_id", "pinyin", "initials"})
APPLIED: dict[type[Model], frozenset[str]] = {
    Person: frozenset(
        {
            "name",
            "gender",
            "ethnicity",
            "birth",
            "native_place",
            "education",
            "degree",
            "working_since",
            "unit_post",
            "identity",
            "phone",
        }
    ),
    Membership: frozenset({"joined_on", "confirmed_on", "dues_base", "dues_paid"}),
    Admission: frozenset(STEP_LABELS),
    Circumstances: frozenset({"employment", "whereabouts", "category", "infirm"}),
}
"""What is changed as soon as the request is accepted; the rest is done on pages of its own before that."""


@dataclass(frozen=True, slots=True)
class Correctable:
    """A column that can be asked about."""

    told: PersonalField

    @property
    def name(self) -> str:
        return self.told.name

    @property
    def title(self) -> str:
        return self.told.title

    @property
    def column(self) -> Any:  # noqa: ANN401 - a column of a model
        """The column itself."""
        return next(f for f in self.told.model._meta.concrete_fields if f.attname == self.name)  # noqa: SLF001 - Django's own way

    @property
    def is_sealed(self) -> bool:
        """Whether it is a number that is kept sealed."""
        return isinstance(self.column, SealedField)

    @property
    def is_applied(self) -> bool:
        """Whether accepting the request changes it."""
        return self.name in APPLIED.get(self.told.model, frozenset())

    @property
    def is_partial_date(self) -> bool:
        """Whether it is a date that may be known by its month only."""
        return self.name in ({"birth"} if self.told.model is Person else DAYS if self.told.model is Admission else ())

    def value_of(self, text: str) -> object:
        """What the column is to hold. ObjectionError for a text that it cannot."""
        if not text and self.column.null:
            return None
        try:
            if text and self.is_partial_date:
                PartialDate.parse(text)
            return self.column.clean(text, None) if text or not self.column.blank else ""
        except ValidationError as fault:
            raise ObjectionError("".join(fault.messages), field="wanted") from fault
        except ValueError as fault:
            raise ObjectionError(str(fault), field="wanted") from fault

    def words_for(self, text: str) -> str:
        """The text as people read it."""
        if not text:
            return "不填"
        if not self.is_applied:
            return text
        choices = dict(self.column.flatchoices)
        return {"True": "是", "False": "否"}.get(text) or str(choices.get(text, text))

    def field(self) -> forms.Field:
        """The field in which the right value is told."""
        if self.name == "gender":
            return forms.ChoiceField(choices=(("男", "男"), ("女", "女")))
        if self.is_sealed or not self.is_applied or self.column.get_internal_type() == "CharField":
            free = forms.CharField(max_length=200)
            return self.column.formfield() if self.is_applied and self.column.choices else free
        if self.column.get_internal_type() == "BooleanField":
            return forms.ChoiceField(choices=(("True", "是"), ("False", "否")))
        made: forms.Field = self.column.formfield()
        return made


def correctable(label: str) -> Correctable | None:
    """What stands behind a label of the registry, if one can ask about it."""
    told = registry().get(label)
    if told is None or told.name in MADE_BY_THE_SYSTEM or told.model is CorrectionRequest:
        return None
    return Correctable(told) if label.startswith("members.") else None


def row_of_request(request: CorrectionRequest) -> Person | Admission | Dated:
    """The row that a request is about. ObjectionError where it is no longer there."""
    target = correctable(request.column)
    if target is None or target.told.model is Person:
        return request.person
    row = rows_of(request.person, target.told.model).filter(pk=request.row).select_related("person").first()
    if not isinstance(row, Dated | Admission):
        raise ObjectionError("这项申请所指的记录已经不在，请向本人核实后另行办理。")
    return row


def wanted_words(request: CorrectionRequest) -> str:
    """What somebody wants to stand there; of a number only its ends."""
    if request.sealed:
        return request.sealed.masked
    target = correctable(request.column)
    return target.words_for(request.wanted) if target else request.wanted


def title_of(request: CorrectionRequest) -> str:
    """What the request is about."""
    target = correctable(request.column)
    if target is None:
        return request.column
    table = "" if request.row is None else f"{target.told.model._meta.verbose_name}："  # noqa: SLF001 - Django's own way
    return f"{table}{target.title}"
