"""What is filled in about notices."""

from collections.abc import Mapping
from typing import ClassVar

from django import forms

from dangwu.foundation.pages.finding import PickField
from dangwu.foundation.pages.forms import SafeForm
from dangwu.notices.choosing import BRANCHES, TO
from dangwu.notices.models import LONGEST_TEXT
from dangwu.notices.queries import Channels
from dangwu.organisations.forms import OrganisationField


class WordsForm(SafeForm):
    """What a notice says."""

    about = forms.CharField(label="事由", max_length=100, help_text="一句话说明什么事，例如“国庆节前廉洁提醒”。")
    text = forms.CharField(label="正文", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8}))
    basis = forms.CharField(label="依据", max_length=500, required=False, help_text="文件名称和条款，没有可以不填。")


class ComposeForm(WordsForm):
    """A notice, and to whom it goes."""

    layout: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "从哪里发、发给谁": ("organisation", "to", "place", "person"),
        "内容": ("about", "text", "basis"),
    }

    organisation = OrganisationField("发出党组织")
    to = forms.ChoiceField(label="发给", choices=TO, initial=BRANCHES, widget=forms.RadioSelect)
    place = OrganisationField(
        "指定的党组织", required=False, help_text="选“指定一个党组织”时填写。输入名称、简称或者拼音首字母。"
    )
    person = PickField(label="指定的人", required=False, help_text="选“指定一个人”时填写。输入姓名或者拼音首字母。")


class SendForm(SafeForm):
    """On which ways beside the product itself a notice goes; asks only for those that are open."""

    by_email = forms.BooleanField(label="同时发电子邮件", required=False)
    by_sms = forms.BooleanField(label="同时发短信", required=False)

    def offer(self, ways: Channels) -> None:
        """Leave out what is closed."""
        for name, is_open in (("by_email", ways.email), ("by_sms", ways.sms)):
            if not is_open:
                del self.fields[name]

    @property
    def given(self) -> dict[str, bool]:
        """Both ways, the closed ones refused."""
        return {"by_email": False, "by_sms": False} | super().given


class ChannelsForm(SafeForm):
    """Which ways an organisation opens."""

    email = forms.BooleanField(label="可以发电子邮件", required=False)
    sms = forms.BooleanField(label="可以发短信", required=False)
