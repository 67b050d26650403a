"""The forms by which administrators keep accounts, appointments and each other."""

from datetime import date, timedelta
from typing import Any

from django import forms

from dangwu.access.models import Account, Administration, Appointment
from dangwu.foundation.pages.finding import PickField
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.kernel.span import FAR


class OpenForm(SafeForm):
    username = forms.CharField(label="账号", max_length=60, help_text="登录时用，例如姓名的拼音。不分大小写。")
    name = forms.CharField(label="姓名或者岗位名称", max_length=60)
    kind = forms.ChoiceField(
        label="账号类别", choices=Account.Kind, help_text="几个人轮流用的岗位，开岗位账号；其余都开个人账号。"
    )
    email = forms.EmailField(label="电子邮箱", required=False, help_text="没有可以不填。")


class RenameForm(SafeForm):
    name = forms.CharField(label="姓名或者岗位名称", max_length=60)
    email = forms.EmailField(label="电子邮箱", required=False)


class WhyForm(SafeForm):
    """Why something is closed, opened or ended."""

    reason = ReasonField()


class LastDayField(forms.DateField):
    """The last day of something, which the house keeps as the day after; without one it has no end."""

    def clean(self, value: Any) -> date:  # noqa: ANN401 - what was typed
        last = super().clean(value)
        return last + timedelta(days=1) if last else FAR


class AppointForm(SafeForm):
    account = PickField(label="账号", help_text="写姓名或者账号。")
    organisation = PickField(label="党组织", help_text="写名称、简称或者拼音首字母。")
    role = forms.ChoiceField(label="角色", choices=Appointment.Role)
    since = forms.DateField(label="起始日期", widget=forms.DateInput)
    until = LastDayField(label="最后一天", required=False, widget=forms.DateInput, help_text="不填表示没有定截止日期。")
    reason = ReasonField(label="任用依据", help_text="例如任职文件的文号。会记入日志。")


class DelegateForm(SafeForm):
    account = PickField(label="委托给谁", help_text="写姓名或者账号。")
    since = forms.DateField(label="从哪天起", widget=forms.DateInput)
    until = LastDayField(label="最后一天", widget=forms.DateInput, help_text="最多 92 天。到期自动收回。")


class EndForm(SafeForm):
    on = forms.DateField(label="从哪天起不再任用", widget=forms.DateInput)
    reason = ReasonField(label="依据", help_text="例如免职文件的文号。会记入日志。")


class ProposeForm(SafeForm):
    duty = forms.ChoiceField(label="增设哪类管理员", choices=())
    reason = ReasonField()

    def __init__(self, *args: Any, duties: list[str], **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        chosen = [(duty, Administration.Duty(duty).label) for duty in duties]
        self.fields["duty"].choices = chosen  # type: ignore[attr-defined] # a ChoiceField
