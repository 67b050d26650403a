"""The forms of imports."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from dangwu.foundation.imports.decisions import FILL, KEEP, REPLACE
from dangwu.foundation.imports.kinds import Kind
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.scope import Scope
from dangwu.organisations.forms import EffectiveField, OrganisationField
from dangwu.workbench.forms import WorkbookField

POLICIES = ((REPLACE, "用表中内容替换"), (FILL, "只填空缺"), (KEEP, "保持已登记内容"))
GUESSED = ("", "自动识别")
SINCE = (
    "表中内容从这一天起有效，默认今天。新登记的人从这一天起在册；与已登记不同的，从这一天起变更，以前的情况保持原样。"
)


class TableField(WorkbookField):
    """The workbook to bring in."""

    def __init__(self) -> None:
        super().__init__(
            label="选择文件", help_text="Excel、WPS 的 .xlsx、.xls，或者 .csv。表头、合计、说明行不用整理。"
        )
        self.error_messages |= {"required": "请选择文件。", "missing": "请选择文件。"}


class HandInForm(SafeForm):
    """A workbook, what it is, and where it goes."""

    field_order = ("file", "kind", "into", "since")

    file = TableField()
    kind = forms.ChoiceField(label="这是什么表", required=False, widget=forms.RadioSelect)
    into = OrganisationField("导入到哪个党组织", help_text="表中各党支部都应在它之下。输入名称、简称或者拼音首字母。")
    since = EffectiveField(label="自哪一天起", help_text=SINCE)

    def offer(self, kinds: Iterable[Kind], scopes: Sequence[Scope], as_of: AsOf, url: str) -> None:
        """Let one of these kinds be chosen, and the box find what lies in one of these parts of the tree."""
        kind, into = self.fields["kind"], self.fields["into"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(into, OrganisationField)
        kind.choices = [GUESSED, *((its.name, its.title) for its in kinds)]
        into.among(scopes, as_of, url)

    def clean_since(self) -> date:
        """A day that has come."""
        since: date = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError("不能晚于今天，请改正日期。")
        return since


class ConfirmImportForm(SafeForm):
    """The last word before a batch is written; rules that nobody has looked at are looked at here."""

    agreed = forms.BooleanField(
        label="以上整理规则已经看过，按此导入", error_messages={"required": "请看过上面的整理规则，再勾选这一项。"}
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["agreed"]


class UndoForm(SafeForm):
    """Taking a batch back; once it is known what stands in the way, perhaps without that."""

    leaving = forms.BooleanField(required=False, widget=forms.HiddenInput)
