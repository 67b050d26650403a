"""What a clerk may ask: a check of her workbooks, and which part of its answer she wants to see."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms

from dangwu.compliance.models import Workbook
from dangwu.foundation.files.names import shown_name
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.selects import select
from dangwu.workbench.uploads import Sent

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

WORKBOOKS = (".xlsx", ".xls", ".csv")
FILE_MESSAGES = {
    "required": "请选择党员名册。",
    "missing": "请选择党员名册。",
    "invalid": "文件没有传完，请重新选择。",
    "empty": "这个文件是空的，请重新另存后再选。",
}


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class WorkbookField(forms.FileField):
    """One workbook, refused by its name where it cannot be one."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the options of FileField
        super().__init__(error_messages=FILE_MESSAGES, **options)
        self.widget.attrs |= {"accept": ",".join(WORKBOOKS), "class": "form-control"}

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - an upload, or nothing
        upload = super().clean(data, initial)
        if upload and Path(upload.name).suffix.lower() not in WORKBOOKS:
            raise forms.ValidationError(
                f"“{shown_name(upload.name)}”不是可以读取的工作簿。请在办公软件中另存为 xlsx、xls 或 csv 格式，再选择。"
            )
        return upload


class WorkbooksField(WorkbookField):
    """Any number of workbooks."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":  # noqa: ANN401 - uploads, or nothing
        return [upload for one in data or [] if (upload := super(WorkbooksField, self).clean(one, initial))]


class DayField(forms.DateField):
    """A day, as the browser's calendar gives it."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            widget=forms.DateInput({"type": "date", "class": "form-control"}, "%Y-%m-%d"),
            error_messages={"required": "请填写日期。", "invalid": "请写成 2026-09-30 的样子。"},
        )


class HandInForm(SafeForm):
    """The workbooks of a check, its days and its packs of rules."""

    roster = WorkbookField(label="党员名册", help_text="一行一名党员：姓名、所在党支部、人员类别、入党和转正日期等。")
    ledgers = WorkbooksField(
        label="组织生活台账",
        required=False,
        help_text="一行一次活动：党支部、活动类型、日期、应到和实到人数等，可选多个。",
    )
    organisations = WorkbookField(
        label="党组织信息", required=False, help_text="一行一个党组织：名称、类别、上级、成立和换届日期等，没有可不选。"
    )
    on = DayField(label="核对到")
    since = DayField(label="起始日期")
    packs = forms.MultipleChoiceField(
        label="另行启用",
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 - a QueryDict
        files: Any = None,  # noqa: ANN401 - a MultiValueDict
        *,
        packs: Sequence[tuple[str, str]],
        today: date,
    ) -> None:
        super().__init__(data, files, initial={"on": today, "since": today.replace(month=1, day=1)})
        choices = self.fields["packs"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = packs

    def clean(self) -> dict[str, Any]:
        days = self.cleaned_data
        if days.get("since") and days.get("on") and days["since"] > days["on"]:
            self.add_error("since", "起始日期晚于核对日期，请改正其中一个。")
        return days

    @property
    def files_asked(self) -> list[forms.BoundField]:
        """The fields for workbooks."""
        return [self["roster"], self["ledgers"], self["organisations"]]

    @property
    def days_asked(self) -> list[forms.BoundField]:
        """The fields for days."""
        return [self["since"], self["on"]]

    def sent(self) -> Iterable[Sent]:
        """The uploads with what each is for."""
        given = self.cleaned_data
        yield Workbook.Role.ROSTER, given["roster"]
        for ledger in given["ledgers"]:
            yield Workbook.Role.LEDGER, ledger
        if given["organisations"]:
            yield Workbook.Role.ORGANISATIONS, given["organisations"]

    def to_choose_again(self) -> list[str]:
        """The files that a browser forgets after an error, by their names."""
        return [shown_name(upload.name or "") for name in self.files for upload in self.files.getlist(name)]


class Choices(forms.Form):
    """A filter bar. A field is offered only where there is a choice; what is not understood chooses nothing."""

    def __init__(self, data: Any, **offered: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401 - a QueryDict
        super().__init__(data)
        for name, choices in offered.items():
            self._offer(name, choices)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        if len(choices) < 2:  # noqa: PLR2004 - one is no choice
            del self.fields[name]
        else:
            field.choices = [("", "全部"), *choices]

    @property
    def wanted(self) -> dict[str, str]:
        """What was chosen, by field; nothing for the fields left open."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    @property
    def chosen(self) -> bool:
        """Whether anything is held back."""
        return bool(self.wanted)


def _search(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=100, widget=forms.TextInput({"type": "search", "class": "form-control"})
    )


class MatrixChoices(Choices):
    text = _search("党组织名称")
    status = select("情况")
    kind = select("组织类别")
    document = select("文件")
    all = forms.BooleanField(
        label="连同正常的要求", required=False, widget=forms.CheckboxInput({"class": "form-check-input"})
    )


class FindingChoices(Choices):
    text = _search("搜索")
    level = select("程度")
    organisation = select("党组织")
    rule = select("要求")
    outcome = select("结果")
    by = select("分组", [("", "按党组织"), ("rule", "按要求")])


class DueChoices(Choices):
    organisation = select("党组织")
    rule = select("要求")


class ProblemChoices(Choices):
    text = _search("搜索")
    severity = select("程度")
    file = select("文件")
