"""The forms in which what was registered wrongly is put right."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dangwu.foundation.history import Dated
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.kernel.span import DAWN, FAR
from dangwu.members.forms import Kind, day_field
from dangwu.members.models import Affiliation, Circumstances, GroupPlace, Membership, Post
from dangwu.organisations.forms import YesNoField

WHENCE = "不知道的可以不填。"


class EndField(forms.DateField):
    """The first or the last day of a dated row, which may be unknown or not yet there."""

    def __init__(self, label: str, nothing: date, help_text: str) -> None:
        super().__init__(label=label, required=False, widget=forms.DateInput(), help_text=help_text)
        self.nothing = nothing

    def prepare_value(self, value: object) -> object:
        return None if value == self.nothing else value

    def clean(self, value: object) -> date:
        day: date | None = super().clean(value)
        return day or self.nothing


class RowForm(SafeForm):
    """A row that was wrong from the beginning."""

    valid_from = EndField("起始日期", DAWN, WHENCE)
    valid_until = EndField("截止日期", FAR, "从这一天起不再如此；至今如此的不填。")
    reason = ReasonField()

    @property
    def told(self) -> dict[str, Any]:
        """What was filled in of the row."""
        return {name: value for name, value in self.given.items() if name != "reason"}


class MembershipRowForm(RowForm):
    field_order = ("kind", "ending", "joined_on", "confirmed_on", "valid_from", "valid_until", "reason")

    kind = forms.ChoiceField(label="人员类别", choices=Kind.choices)
    ending = forms.ChoiceField(
        label="终止原因", required=False, choices=[("", "（不是终止）"), *Membership.Ending.choices]
    )
    joined_on = day_field("入党日期")
    confirmed_on = day_field("转正日期")


class CircumstancesRowForm(RowForm):
    field_order = ("employment", "whereabouts", "category", "infirm", "valid_from", "valid_until", "reason")

    employment = forms.ChoiceField(
        label="在职情况", required=False, choices=[("", "未登记"), *Circumstances.Employment.choices]
    )
    whereabouts = forms.ChoiceField(
        label="流动情况", required=False, choices=[("", "没有流动"), *Circumstances.Whereabouts.choices]
    )
    category = forms.CharField(label="人员身份", max_length=30, required=False)
    infirm = forms.BooleanField(label="年老体弱或者长期患病", required=False)


class TransferCorrectionForm(SafeForm):
    """A transfer that was registered wrongly: its day, or all of it."""

    field_order = ("day", "never", "posts", "reason")

    day = day_field("实际从哪一天起", "日期登记错了的填写。")
    never = forms.BooleanField(label="没有这次变动，是误登记的", required=False)
    posts = forms.TypedMultipleChoiceField(
        label="随这次转接结束的党内职务",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="勾选的一并更正：改日期的，改为在实际的日期结束；误登记的，恢复任职。",
    )
    reason = ReasonField()

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        field = self.fields["posts"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(p.pk), f"{p.get_kind_display()}（{p.valid_from} 起）") for p in posts]
        if not posts:
            del self.fields["posts"]

    def clean_never(self) -> bool:
        """Either another day, or none at all; the day that the page came with says nothing."""
        never: bool = self.cleaned_data["never"]
        is_another = bool(self.cleaned_data.get("day")) and "day" in self.changed_data
        if never == is_another and "day" not in self.errors:
            raise ValidationError("请填写实际的日期，或者勾选没有这次变动，二者选一。")
        if never:
            self.cleaned_data["day"] = None
        return never


class PostRowForm(RowForm):
    field_order = ("kind", "full_time", "valid_from", "valid_until", "reason")

    kind = forms.ChoiceField(label="党内职务", choices=Post.Kind.choices)
    full_time = YesNoField("是否专职")


ROW_FORMS: dict[type[Dated], type[RowForm]] = {
    Membership: MembershipRowForm,
    Affiliation: RowForm,
    Circumstances: CircumstancesRowForm,
    Post: PostRowForm,
    GroupPlace: RowForm,
}
