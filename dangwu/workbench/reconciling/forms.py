"""The forms of the reconciliation."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.organisations.forms import OrganisationField
from dangwu.workbench.imports.forms import TableField


class ReconcileForm(SafeForm):
    """A file of the national system, and with what it is compared."""

    file = TableField()
    under = OrganisationField(
        "与哪个党组织核对", help_text="连同它的下级，应与文件的范围一致。输入名称、简称或者拼音首字母。"
    )
    on = forms.DateField(
        label="与哪一天的情况核对", widget=forms.DateInput(), help_text="填写文件从全国系统导出的日期，默认今天。"
    )

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("不能晚于今天，请改正日期。")
        return on


class FilledForm(SafeForm):
    """Of which part of the tree the filled form is."""

    under = OrganisationField("填写哪个党组织", help_text="连同它的下级。输入名称、简称或者拼音首字母。")
    purpose = ReasonField(label="为什么导出", help_text="表中有完整号码。用途会记入日志，本人可以看到。")

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        """Ask what for where whole numbers leave."""
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["purpose"]
