"""The forms of organisations and units."""

from collections.abc import Sequence

from django import forms

from dangwu.foundation.actors import Actor
from dangwu.foundation.pages.finding import PickField
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.scope import Scope
from dangwu.organisations.listings import KINDS
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.policies import REORGANISE
from dangwu.organisations.queries import tops, units
from dangwu.organisations.trees import found_for

UNITS = units()
SAME = "与管理单位相同"
YES_NO = (("", "不详"), ("yes", "是"), ("no", "否"))


class EffectiveField(forms.DateField):
    """From which day on something holds."""

    def __init__(self, *, label: str = "生效日期", help_text: str = "按批复或者会议决定的日期填写。") -> None:
        super().__init__(label=label, help_text=help_text, widget=forms.DateInput())


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not told."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=YES_NO,
            empty_value=None,
            coerce=lambda chosen: chosen == "yes",
        )

    def prepare_value(self, value: object) -> object:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class OrganisationField(PickField):
    """An organisation, found by typing, among those where whoever asks has a right."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "输入名称、简称或者拼音首字母。") -> None:
        super().__init__(label=label, required=required, help_text=help_text)

    def within(self, by: Actor, right: str, as_of: AsOf, url: str) -> None:
        self.among([by.scope(right, as_of.on)], as_of, url)

    def among(self, scopes: Sequence[Scope], as_of: AsOf, url: str) -> None:
        """Let the box find what lies in one of these parts of the tree."""
        self.url = url
        self.find = lambda text: list(dict.fromkeys(f for scope in scopes for f in found_for(scope, text, as_of)))

    def begin_with_own(self, by: Actor, right: str, as_of: AsOf) -> None:
        """Fill in the organisation of whoever asks, where it is one: nobody types what is known."""
        own = list(tops(by.scope(right, as_of.on))[:2])
        if len(own) == 1:
            self.initial = (str(own[0].organisation_id), own[0].name)

    def clean(self, value: object) -> Organisation | None:
        key = super().clean(value)
        if not key:
            return None
        chosen = Organisation.objects.unscoped("the service asks whether it may be used").filter(pk=key).first()
        if chosen is None:
            raise forms.ValidationError("这个党组织已不存在，请重新选择。")
        return chosen


class NamedForm(SafeForm):
    """What an organisation is called."""

    name = forms.CharField(label="全称", max_length=100, help_text="按批复文件写全称。")
    short_name = forms.CharField(label="简称", max_length=100, required=False, help_text="日常称呼，可以不填。")


class FoundForm(NamedForm):
    """Setting up an organisation."""

    field_order = ("kind", "name", "short_name", "unit", "stands_in", "on")

    kind = forms.ChoiceField(label="组织类别", choices=KINDS)
    unit = forms.ModelChoiceField(UNITS, label="管理单位", empty_label="请选择", help_text="这个党组织归哪个单位管理。")
    stands_in = forms.ModelChoiceField(UNITS, label="所在单位", required=False, empty_label=SAME)
    on = EffectiveField(label="批准成立日期")

    def __init__(self, *args: object, parent: Organisation | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # the options of a form
        if parent is not None:
            del self.fields["unit"]


class RenameForm(NamedForm):
    """Another name from a day on."""

    on = EffectiveField()


class KindForm(NamedForm):
    """Another kind from a day on, with the name that goes with it."""

    field_order = ("kind", "name", "short_name", "on")

    kind = forms.ChoiceField(label="改设为", choices=KINDS)
    on = EffectiveField()


class MoveForm(SafeForm):
    """Another place in the tree from a day on."""

    under = OrganisationField("新的上级组织")
    on = EffectiveField()

    def __init__(self, *args: object, by: Actor, as_of: AsOf, url: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # the options of a form
        field = self.fields["under"]
        assert isinstance(field, OrganisationField)
        field.within(by, REORGANISE, as_of, url)


class DescribeForm(SafeForm):
    """What is told of an organisation."""

    founded_on = forms.DateField(label="建立日期", required=False, widget=forms.DateInput())
    stands_in = forms.ModelChoiceField(UNITS, label="所在单位", required=False, empty_label=SAME)
    has_committee = YesNoField("是否设支部委员会")
    committee_members = forms.IntegerField(label="委员人数", required=False, min_value=0, max_value=99)
    units_covered = forms.IntegerField(
        label="涵盖单位数", required=False, min_value=0, max_value=999, help_text="联合党支部填写。"
    )
    staff_total = forms.IntegerField(
        label="工作人员总数", required=False, min_value=0, help_text="用来核对专职党务工作人员的配备比例。"
    )
    full_time_staff = forms.IntegerField(label="专职党务工作人员数", required=False, min_value=0)
    secretary_is_head = YesNoField("书记是否由本单位党员负责人担任")


class TermForm(SafeForm):
    """An election."""

    started_on = forms.DateField(label="选举日期", widget=forms.DateInput())
    until = forms.DateField(
        label="届满日期", required=False, widget=forms.DateInput(), help_text="不填的，按规定的任期推算。"
    )


class TermCorrectionForm(TermForm):
    """Mending a term, or telling of a postponement."""

    postponed_until = forms.DateField(
        label="批准延期至", required=False, widget=forms.DateInput(), help_text="上级批准延期换届的，填批准的最后日期。"
    )
    reason = ReasonField()


class GroupForm(SafeForm):
    """A group of one or several kinds."""

    name = forms.CharField(label="小组名称", max_length=60, help_text="例如“第一党小组”。")
    party_group = forms.BooleanField(label="党小组", required=False, initial=True)
    mutual_help_group = forms.BooleanField(label="三互小组", required=False)
    duty_group = forms.BooleanField(
        label="业务（勤务）小组", required=False, help_text="三个都选，就是“三组合一”的小组。"
    )
    on = EffectiveField(label="成立日期", help_text="")


class GroupChangeForm(SafeForm):
    """Other kinds for a group."""

    party_group = forms.BooleanField(label="党小组", required=False)
    mutual_help_group = forms.BooleanField(label="三互小组", required=False)
    duty_group = forms.BooleanField(label="业务（勤务）小组", required=False)
    on = EffectiveField()


class UnitForm(SafeForm):
    """A unit."""

    name = forms.CharField(label="单位全称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=100, required=False)
    kind = forms.ChoiceField(label="单位类别", choices=Unit.Kind.choices)
    parent = forms.ModelChoiceField(UNITS, label="主管单位", required=False, empty_label="没有主管单位")
