"""Forms that may be sent twice, notice a lost update, and say in plain words what to put right."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, Protocol
from uuid import uuid4

from django import forms
from django.forms.widgets import Input
from django.http import QueryDict

from dangwu.foundation.objections import ConflictError, ObjectionError
from dangwu.foundation.pages.words import shown

DAY = "%Y-%m-%d"
PAGE_TOO_OLD = "页面打开得太久，内容可能已经变了。请重新打开这一页再填。"
CLASSES: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.Select: "form-select",
    Input: "form-control",
    forms.Textarea: "form-control",
}


class Versioned(Protocol):
    """A row with an optimistic lock."""

    version: int


class Difference(NamedTuple):
    """A field that two people filled in differently."""

    label: str
    yours: str
    theirs: str


class Fault(NamedTuple):
    """An error: the id of the field on the page and its label, both empty where it concerns the whole form."""

    place: str
    label: str
    text: str


class Section(NamedTuple):
    """Fields under one heading."""

    title: str
    fields: list[forms.BoundField]


class SafeForm(forms.Form):
    """A form of a page. `layout` puts its fields under headings; without it they stand in their order.

    A form that changes a row is given it as `of`: the version the user has seen then travels with the page, and is the
    row's version when it is sent, so that saving the row raises ConflictError where somebody else was faster.
    """

    layout: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    idempotency_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": PAGE_TOO_OLD, "invalid": PAGE_TOO_OLD}
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, of: Versioned | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        """Take what any form takes, and the row that it changes."""
        super().__init__(*args, **kwargs)
        self.of = of
        self.result: Any = None
        self.differences: list[Difference] = []
        self.is_conflict = False
        self.initial = {"idempotency_key": uuid4(), "version": of.version if of else None, **self.initial}
        for field in self.fields.values():
            dress(field)

    def clean_version(self) -> int | None:
        """The version that was seen, which a form about a row must carry."""
        version: int | None = self.cleaned_data["version"]
        if self.of and version is None:
            raise forms.ValidationError(PAGE_TOO_OLD)
        return version

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, without what the form carries for itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in SafeForm.base_fields}

    def carried_out(self, service: Callable[..., Any]) -> bool:
        """Whether the form was sent, is right, and the service did what it asks; it gets what was filled in by keyword.

        Objections and conflicts become errors of the form. What the service returns is kept in `result`.
        """
        if not self.is_valid():
            return False
        if self.of:
            self.of.version = self.cleaned_data["version"]
        try:
            self.result = service(**self.given)
        except ConflictError as conflict:
            self._take(conflict)
        except ObjectionError as objection:
            self.add_error(objection.field if objection.field in self.fields else None, objection.message)
        return not self.errors

    def _take(self, conflict: ConflictError) -> None:
        """Show both sides; sending the form again overrules the other knowingly."""
        self.differences = list(self._differing(conflict.theirs))
        self.is_conflict = True
        self.add_error(None, conflict.message)
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("version")] = str(conflict.theirs.get("version", ""))
        self.data = data

    def _differing(self, row: Mapping[str, Any]) -> Iterator[Difference]:
        """The fields that were filled in otherwise than the row is now."""
        for name, value in self.given.items():
            theirs = row.get(name, row.get(f"{name}_id", value))
            field = self.fields[name]
            if field.has_changed(field.prepare_value(theirs), field.prepare_value(value)):
                yield Difference(str(self[name].label), _told(field, value), _told(field, theirs))

    @property
    def status(self) -> int:
        """The status of the answer that shows this form."""
        if self.is_conflict:
            return 409
        return 422 if self.is_bound and self.errors else 200

    # --- what the template shows

    def sections(self) -> Iterator[Section]:
        """The fields that people fill in, under their headings; what the layout does not name comes last."""
        named = [name for names in self.layout.values() for name in names]
        for title, names in self.layout.items():
            yield Section(title, [self[name] for name in names if name in self.fields])
        rest = [field for field in self.visible_fields() if field.name not in named]
        if rest:
            yield Section("", rest)

    def faults(self) -> list[Fault]:
        """Every error with the way to its field."""
        return [self._fault(name, str(text)) for name, errors in self.errors.items() for text in errors]

    def _fault(self, name: str, text: str) -> Fault:
        if name not in self.fields or self[name].is_hidden:
            return Fault("", "", text)
        return Fault(self[name].id_for_label or self[name].auto_id, str(self[name].label), text)


class ReasonField(forms.CharField):
    """Why something is corrected or ended; goes into the audit."""

    def __init__(self, *, label: str = "理由", help_text: str = "会记入日志，今后可以查到。", **options: Any) -> None:  # noqa: ANN401 - the options of a field
        """Ask for four letters at least: what is shorter explains nothing."""
        widget = forms.Textarea({"rows": 2})
        super().__init__(label=label, help_text=help_text, min_length=4, max_length=500, widget=widget, **options)


class ConfirmForm(SafeForm):
    """Nothing but the question; add a ReasonField where the answer must say why."""


def dress(field: forms.Field) -> None:
    """Give a field the look of the house, the browser's calendar, and plain words."""
    widget = field.widget
    look = next((look for kind, look in CLASSES.items() if isinstance(widget, kind)), "")
    widget.attrs.setdefault("class", look)
    if isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", DAY
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"请{'选择' if hasattr(field, 'choices') else '填写'}{field.label or ''}。"
    if isinstance(field, forms.DateField):
        field.error_messages["invalid"] = "请写成 2026-09-30 的样子。"


def _told(field: forms.Field, value: Any) -> str:  # noqa: ANN401 - what any field holds
    """A value in the words of its field."""
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        key = getattr(value, "pk", value)
        value = field.queryset.filter(pk=key).first() or ("不在您的管理范围内" if key else None)
    elif isinstance(field, forms.ChoiceField):
        value = dict(field.choices).get(value, value)  # type: ignore[arg-type] # pairs, or a callable already called
    return shown(value)
