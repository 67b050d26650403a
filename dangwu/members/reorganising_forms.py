"""The forms with which organisations are merged, split and dissolved, and groups disbanded. Each is sent twice: for the
preview, and, with `confirmed`, for good.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from dangwu.foundation.pages.finding import PickInput
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.organisations.forms import EffectiveField, OrganisationField
from dangwu.organisations.listings import KINDS
from dangwu.organisations.models import Group, Standing

Pair = tuple[int, str]


class TwoStepForm(SafeForm):
    """Something that is final: first what will happen is shown, then it is done."""

    on = EffectiveField()
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given.items() if name != "confirmed"}

    @property
    def is_confirmed(self) -> bool:
        """Whether the preview was seen."""
        return bool(self.is_valid() and self.cleaned_data["confirmed"])

    def hide(self) -> None:
        """Carry what was chosen along to the second step, out of sight."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix("confirmed")] = "1"
        self.data = data
        for field in self.fields.values():
            field.widget = _hidden(field)


class MergeForm(TwoStepForm):
    """Which organisations go into this one."""

    field_order = ("organisations", "on")

    organisations = forms.TypedMultipleChoiceField(
        label="并入的党组织", coerce=int, widget=forms.CheckboxSelectMultiple, help_text="同一上级之下的党组织。"
    )

    def __init__(self, *args: Any, siblings: Sequence[Standing], **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        _offer(self.fields["organisations"], [(s.organisation_id, s.name) for s in siblings])


class SplitForm(TwoStepForm):
    """What the new organisation is, and who goes there."""

    field_order = ("name", "short_name", "kind", "members", "children", "on")

    name = forms.CharField(label="新党组织的全称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=100, required=False)
    kind = forms.ChoiceField(label="组织类别", choices=KINDS)
    members = forms.TypedMultipleChoiceField(
        label="分到新党组织的党员", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    children = forms.TypedMultipleChoiceField(
        label="划到新党组织之下的下级", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, members: Sequence[Pair], children: Sequence[Pair], **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        for name, pairs in (("members", members), ("children", children)):
            if pairs:
                _offer(self.fields[name], pairs)
            else:
                del self.fields[name]


class DissolveForm(TwoStepForm):
    """Who takes the members and what stood below."""

    field_order = ("heir", "on")

    heir = OrganisationField("由哪个党组织接收党员和下级", required=False, help_text="没有党员也没有下级的，可以不填。")


class DisbandForm(TwoStepForm):
    """To which group those in it go."""

    field_order = ("heir", "on", "reason")

    heir = forms.ModelChoiceField(
        Group.objects.none(), label="其中的人员编入", required=False, empty_label="不再编入小组"
    )
    on = EffectiveField(label="从哪一天起撤销", help_text="按支部会议决定的日期填写。")
    reason = ReasonField()

    def __init__(self, *args: Any, heirs: QuerySet[Group], **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        field = self.fields["heir"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = heirs


def _offer(field: forms.Field, pairs: Sequence[Pair]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(str(key), name) for key, name in pairs]


def _hidden(field: forms.Field) -> forms.Widget:
    if isinstance(field, forms.MultipleChoiceField):
        return forms.MultipleHiddenInput()
    if isinstance(field, OrganisationField):
        return HiddenPick(field.widget.attrs)
    return forms.HiddenInput()


class HiddenPick(PickInput):
    """A choice that was made, on its way to the second step."""

    input_type = "hidden"
