"""The forms of people."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from dangwu.access.models import Account
from dangwu.foundation.pages.finding import Found, PickField
from dangwu.foundation.pages.forms import ConfirmForm, ReasonField, SafeForm, dress
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.models import Circumstances, Membership, Post
from dangwu.members.queries import namesakes
from dangwu.members.steps import PEOPLE, STEP_LABELS
from dangwu.organisations.forms import EffectiveField, OrganisationField, YesNoField
from dangwu.organisations.models import Group

Kind = Membership.Kind
GENDERS = (("", "未登记"), ("男", "男"), ("女", "女"))


def _partial(text: str) -> None:
    try:
        PartialDate.parse(text)
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(), help_text=help_text)


NOT_CHOSEN = ("", "请选择")


SECTIONS = {
    "本人": ("name", "gender", "ethnicity", "birth", "native_place"),
    "学历和工作": ("education", "degree", "working_since", "unit_post"),
    "证件和联系方式": ("identity", "phone"),
}
COLUMNS = tuple(name for names in SECTIONS.values() for name in names)
"""What is told of a person himself."""


class ToldForm(SafeForm):
    """What is told of a person."""

    name = forms.CharField(label="姓名", max_length=60)
    gender = forms.ChoiceField(label="性别", choices=GENDERS, required=False)
    ethnicity = forms.CharField(label="民族", max_length=20, required=False, help_text="例如“汉族”。")
    birth = forms.CharField(
        label="出生日期",
        max_length=10,
        required=False,
        validators=[_partial],
        help_text="写成 1985-03-12；只知道月份的写 1985-03。",
    )
    native_place = forms.CharField(label="籍贯", max_length=60, required=False)
    education = forms.CharField(label="学历", max_length=30, required=False)
    degree = forms.CharField(label="学位", max_length=30, required=False)
    working_since = day_field("参加工作日期")
    unit_post = forms.CharField(label="行政职务", max_length=100, required=False)
    identity = forms.CharField(label="公民身份号码", max_length=18, required=False)
    phone = forms.CharField(label="手机号码", max_length=20, required=False)

    @property
    def told(self) -> dict[str, Any]:
        """What was filled in of the person; a number that was left empty stays as it is."""
        told = {name: self.cleaned_data.get(name) for name in COLUMNS}
        return {name: value for name, value in told.items() if value or name not in {"identity", "phone"}}


class DescribeForm(ToldForm):
    """Changing what is told of somebody."""

    layout: ClassVar[dict[str, tuple[str, ...]]] = {
        **SECTIONS,
        "证件和联系方式": ("identity", "phone", "no_phone"),
        "为什么修改": ("reason",),
    }

    no_phone = forms.BooleanField(label="手机号码已经停用，删除原来登记的", required=False)
    reason = ReasonField()

    def __init__(self, *args: Any, has_phone: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        for name in ("identity", "phone"):
            self.fields[name].help_text = "不填的，保持原来登记的号码。"
        if not has_phone:
            del self.fields["no_phone"]

    def clean_no_phone(self) -> bool:
        """A number is taken away, or another put in its place."""
        gone: bool = self.cleaned_data["no_phone"]
        if gone and self.cleaned_data.get("phone"):
            raise ValidationError("换了新号码的，填写新号码即可，不要勾选删除。")
        return gone

    @property
    def told(self) -> dict[str, Any]:
        return super().told | ({"phone": ""} if self.cleaned_data.get("no_phone") else {})


class AdmissionForm(SafeForm):
    """How far somebody's way into the Party went."""

    layout: ClassVar[dict[str, tuple[str, ...]]] = {
        "申请和培养": ("applied", "talked", "activist_since", "contacts"),
        "发展": ("candidate_since", "introducers", "reviewed", "trained", "pre_reviewed"),
        "接收": ("accepted", "approved", "sworn"),
        "依据": ("reason",),
    }

    reason = ReasonField(label="依据", help_text="例如“按入党志愿书登记”。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        for name, label in STEP_LABELS.items():
            people = name in PEOPLE
            told = "有两人的，用顿号隔开。" if people else "写成 2025-03-12；只知道月份的写 2025-03。"
            checks = [] if people else [_partial]
            field = forms.CharField(
                label=label, max_length=100 if people else 10, required=False, validators=checks, help_text=told
            )
            dress(field)
            self.fields[name] = field

    @property
    def told(self) -> dict[str, str]:
        """What was filled in."""
        return {name: self.cleaned_data[name] for name in STEP_LABELS}


class RegisterForm(ToldForm):
    """Putting somebody on a roster. The last question is asked only where somebody of that name is on one already."""

    layout: ClassVar[dict[str, tuple[str, ...]]] = {
        "": ("is_another",),
        "党组织和党籍": ("organisation", "kind", "on", "joined_on", "confirmed_on"),
        **SECTIONS,
    }

    is_another = forms.BooleanField(label="已经核对，不是同一个人")
    organisation = OrganisationField("党组织")
    kind = forms.ChoiceField(
        label="人员类别", choices=[(k.value, k.label) for k in Kind if k != Kind.ENDED], initial=Kind.FULL
    )
    on = EffectiveField(label="从哪一天起在这个党组织", help_text="按组织关系转入或者批准的日期填写。")
    joined_on = day_field("入党日期", "即成为预备党员的日期。")
    confirmed_on = day_field("转正日期", "党龄从这一天算起。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        name, birth = self.data.get("name", ""), self.data.get("birth", "")
        self.namesakes = namesakes(name, birth, today) if name.strip() else []
        if not self.namesakes:
            del self.fields["is_another"]
        else:
            told = f"已登记有同名人员：{'、'.join(self.namesakes)}。是同一个人的，请办理组织关系转接，不要重复登记。"
            self.fields["is_another"].help_text = told
            self.fields["is_another"].error_messages["required"] = told


class MembershipForm(SafeForm):
    """The next stage of a membership."""

    kind = forms.ChoiceField(label="变更为")
    ending = forms.ChoiceField(
        label="终止原因",
        required=False,
        choices=[("", "（不是终止）"), *Membership.Ending.choices],
        help_text="党籍终止时选择。",
    )
    on = EffectiveField()

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        offered = [NOT_CHOSEN, *((kind.value, str(kind.label)) for kind in Kind if kind in kinds)]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered
        if Kind.ENDED not in kinds:
            del self.fields["ending"]


class TransferForm(SafeForm):
    """To another organisation."""

    organisation = OrganisationField("转入的党组织")
    on = EffectiveField(help_text="按组织关系介绍信或者接转的日期填写。")


class RegroupForm(SafeForm):
    """To another group of the same organisation."""

    group = forms.ModelChoiceField(Group.objects.none(), label="党小组", required=False, empty_label="不编入小组")
    on = EffectiveField(help_text="")

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        _offer(self.fields["group"], groups)


class JoinGroupForm(RegroupForm):
    """Into a group beside the party group."""

    group = forms.ModelChoiceField(Group.objects.none(), label="小组", help_text="与党小组不同的三互小组、业务小组。")


class LeaveForm(SafeForm):
    """Out of what the site knows."""

    on = EffectiveField()
    reason = ReasonField(label="转往何处", help_text="例如“转往外省某单位党委”。会记入日志。")


class CircumstancesForm(SafeForm):
    """Other circumstances from a day on."""

    employment = forms.ChoiceField(label="在职情况", choices=Circumstances.Employment.choices)
    whereabouts = forms.ChoiceField(
        label="流动情况", required=False, choices=[("", "没有流动"), *Circumstances.Whereabouts.choices]
    )
    category = forms.CharField(
        label="人员身份", max_length=30, required=False, help_text="例如“公务员”“事业单位人员”。"
    )
    infirm = forms.BooleanField(label="年老体弱或者长期患病", required=False)
    on = EffectiveField(help_text="")


class PostForm(SafeForm):
    """A post from a day on."""

    organisation = OrganisationField("在哪个党组织任职")
    kind = forms.ChoiceField(label="党内职务", choices=[NOT_CHOSEN, *Post.Kind.choices])
    group = forms.ModelChoiceField(
        Group.objects.none(), label="党小组", required=False, empty_label="不涉及小组", help_text="任小组组长的选择。"
    )
    full_time = YesNoField("是否专职")
    on = EffectiveField(label="任职日期", help_text="按选举结果批复或者任命的日期填写。")

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        _offer(self.fields["group"], groups)


class EndForm(SafeForm):
    """The end of something on a day."""

    on = EffectiveField(label="从哪一天起不再担任", help_text="")


class RevealForm(SafeForm):
    """Why a number is looked at."""

    purpose = forms.CharField(
        label="用途", min_length=4, max_length=100, help_text="例如“核对组织关系介绍信”。会记入日志，本人可以看到。"
    )


def found_accounts(text: str) -> list[Found]:
    """The accounts of persons that a few typed characters may mean and that are nobody's yet."""
    free = Account.objects.filter(kind=Account.Kind.PERSON, is_active=True, person=None)
    rows = free.filter(username__icontains=text) | free.filter(name__icontains=text)
    return [Found(row.name, "", row.username, str(row.pk)) for row in rows.order_by("username")[:12]]


class LinkForm(SafeForm):
    """Which account is somebody's."""

    account = PickField(label="账号", help_text="输入账号或者姓名。账号由系统管理员开通。", find=found_accounts)

    def clean_account(self) -> Account:
        account: Account | None = Account.objects.filter(pk=self.cleaned_data["account"] or 0).first()
        if account is None:
            raise ValidationError("这个账号已不存在，请重新选择。")
        return account


class UnlinkForm(ConfirmForm):
    """Parting somebody from his account."""

    reason = ReasonField()


# --- requests


class AskForm(SafeForm):
    """What should stand there."""

    field_order = ("wanted", "note")

    note = forms.CharField(
        label="说明",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="例如依据什么材料。党务工作人员核对时可以看到。",
    )

    def __init__(self, *args: Any, field: forms.Field, **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        super().__init__(*args, **kwargs)
        self.fields["wanted"] = field
        dress(field)
        self.order_fields(self.field_order)

    @property
    def wanted(self) -> str:
        """The text of the request: a day as 2001-07-01, a choice by its key."""
        value = self.cleaned_data["wanted"]
        return "" if value is None else str(value)


class AnswerForm(SafeForm):
    """Yes or no to what somebody asks, with a word to him."""

    decision = forms.ChoiceField(
        label="办理意见", choices=(("accept", "采纳"), ("decline", "不采纳")), widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label="答复",
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="本人可以看到。不采纳的，须写明理由。",
    )


def _offer(field: forms.Field, rows: Any) -> None:  # noqa: ANN401 - a queryset
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
