"""What is filled in about duties."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from dangwu.duties.models import LONGEST_TEXT
from dangwu.duties.queries import POSTS
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.organisations.forms import OrganisationField

BRANCHES, COMMITTEES, ALL, ONE = "branches", "committees", "all", "one"
TO = (
    (BRANCHES, "以下各党支部"),
    (COMMITTEES, "直接下级党组织"),
    (ALL, "以下全部党组织"),
    (ONE, "指定一个党组织"),
)
POST_CHOICES = (("", "不指定"), *POSTS.items())


def _text(label: str, *, required: bool = True, rows: int = 4, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST_TEXT, widget=widget, help_text=help_text)


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=forms.DateInput())


def _post() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="责任职务",
        required=False,
        choices=POST_CHOICES,
        help_text="由各党组织现任这一职务的人负责；换人以后自动转给接任的人。",
    )


class DirectiveForm(SafeForm):
    """A directive that arrived."""

    layout: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "来文": ("organisation", "title", "document_number", "issued_by", "received_on"),
        "怎样落实": ("asks", "due_on", "reports", "post"),
    }

    organisation = OrganisationField("收到来文的党组织")
    title = forms.CharField(label="标题", max_length=200)
    document_number = forms.CharField(label="文号", max_length=60, required=False)
    issued_by = forms.CharField(label="来文单位", max_length=100, required=False)
    received_on = _day("收到日期")
    asks = _text("要求", required=False, help_text="写明要传达什么、落实什么；原文不必抄录。")
    due_on = _day("完成期限")
    reports = forms.BooleanField(
        label="要求报告贯彻落实情况", required=False, initial=True, help_text="不勾选的，传达学习以后就办结。"
    )
    post = _post()


class EditForm(SafeForm):
    """What a task asks."""

    title = forms.CharField(label="标题", max_length=200)
    asks = _text("要求", required=False)
    due_on = _day("完成期限", help_text="还没有办结的党组织一并改期。")
    post = _post()


class CampaignForm(SafeForm):
    """A campaign."""

    organisation = OrganisationField("组织者")
    name = forms.CharField(label="名称", max_length=100)
    basis = forms.CharField(label="依据", max_length=300, required=False, help_text="文件名称，没有可以不填。")
    aim = _text("总要求", required=False)
    starts_on = _day("开始日期")
    ends_on = _day("结束日期")


class MeasureForm(SafeForm):
    """A measure of a campaign."""

    title = forms.CharField(label="措施", max_length=200)
    asks = _text("具体要求", required=False)
    due_on = _day("完成期限")
    post = _post()


class HandOnForm(SafeForm):
    """To whom a task is handed."""

    to = forms.ChoiceField(label="布置给", choices=TO, initial=BRANCHES, widget=forms.RadioSelect)
    place = OrganisationField("指定的党组织", required=False, help_text="选“指定一个党组织”时填写。")


class StudyForm(SafeForm):
    """On which day a directive was studied, where no record tells it."""

    studied_on = _day("传达学习日期", help_text="有活动记录的，请返回上一页直接选用。")


class ReportForm(SafeForm):
    """What was done."""

    measures_taken = _text("贯彻落实情况", rows=5, help_text="三五行即可：做了什么，有什么结果。")


class NoteForm(SafeForm):
    """How far it is."""

    text = forms.CharField(label="进展", max_length=500, widget=forms.Textarea({"rows": 3}))


class ReturnForm(SafeForm):
    """Why a report is returned."""

    reason = ReasonField(label="退回原因", help_text="写明还缺什么，承办党组织可以看到。")
