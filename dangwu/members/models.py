"""People, and what changes about them over time: membership, affiliation, circumstances, posts."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from dangwu.access.models import Account
from dangwu.foundation.history import Dated, as_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.scoped import Scoped, ScopedQuerySet
from dangwu.foundation.sealing.fields import BlindField, SealedField
from dangwu.foundation.tracking import Tracked
from dangwu.members.personal import (
    ADMISSION,
    AFFILIATION,
    AMENDMENT,
    CIRCUMSTANCES,
    CORRECTION_REQUEST,
    GROUP_PLACE,
    KEPT_BY_THE_SYSTEM,
    MEMBERSHIP,
    PERSON,
    POST,
)
from dangwu.organisations.models import Group, OfOrganisation, Organisation, Unit


def new_uid() -> str:
    """A number for somebody that says nothing about him."""
    return uuid4().hex


class Person(Scoped, Tracked):
    """Somebody on a roster, in whichever organisation he is. `birth` keeps the precision in which it was told (1968-07
    or 1968-07-01); `uid` binds what is sealed to this row.
    """

    holds_personal_data = True
    personal = PERSON
    not_personal = KEPT_BY_THE_SYSTEM | {"uid", "roster_row"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="person", verbose_name="账号")
    uid = models.CharField("内部编号", max_length=32, unique=True, default=new_uid, editable=False)
    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField("拼音", max_length=200, blank=True)
    initials = models.CharField("拼音首字母", max_length=60, blank=True)
    gender = models.CharField("性别", max_length=10, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    birth = models.CharField("出生日期", max_length=10, blank=True)
    native_place = models.CharField("籍贯", max_length=60, blank=True)
    education = models.CharField("学历", max_length=30, blank=True)
    degree = models.CharField("学位", max_length=30, blank=True)
    working_since = models.DateField("参加工作日期", null=True)
    unit_post = models.CharField("行政职务", max_length=100, blank=True)
    identity = SealedField("公民身份号码", null=True, mask="identity")
    identity_index = BlindField("公民身份号码索引", of="identity")
    identity_tail = BlindField("公民身份号码末位索引", of="identity", tail=True)
    phone = SealedField("手机号码", null=True, mask="phone")
    phone_index = BlindField("手机号码索引", of="phone")
    phone_tail = BlindField("手机号码末位索引", of="phone", tail=True)
    roster_row = models.PositiveIntegerField("名册行号", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        indexes = (
            models.Index(fields=("unit", "name"), name="person_name"),
            models.Index(fields=("unit", "initials"), name="person_initials"),
            # the first page of a long roster is found by walking along it
            models.Index(fields=("pinyin", "id"), name="person_pinyin"),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those who belong to an organisation in the scope on its day."""
        belonging = Affiliation.objects.within(scope).filter(as_of(scope.on))
        return Q(pk__in=belonging.values("person"))


class OfPerson(Scoped):
    """Rows of a person, who is in the scope."""

    part_of = "person"

    class Meta:
        abstract = True

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those of people who belong to an organisation in the scope on its day."""
        belonging = Affiliation.objects.within(scope).filter(as_of(scope.on))
        return Q(person__in=belonging.values("person"))


class Membership(OfPerson, Dated):
    """On the way to and in the Party: applicant, activist, candidate, probationary, full, and how it ended.

    A day that is known only by its month is the first.
    """

    class Kind(models.TextChoices):
        APPLICANT = "applicant", "入党申请人"
        ACTIVIST = "activist", "入党积极分子"
        CANDIDATE = "candidate", "发展对象"
        PROBATIONARY = "probationary", "预备党员"
        FULL = "full", "正式党员"
        ENDED = "ended", "党籍终止"

    class Ending(models.TextChoices):
        DIED = "died", "去世"
        WITHDREW = "withdrew", "自愿退党"
        PERSUADED = "persuaded", "劝退"
        REMOVED = "removed", "除名"
        EXPELLED = "expelled", "开除党籍"
        CANCELLED = "cancelled", "取消预备党员资格"
        APPLICATION_ENDED = "application_ended", "不再培养"

    line = ("person",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name="人员")
    kind = models.CharField("人员类别", max_length=12, choices=Kind, blank=True)
    ending = models.CharField("终止原因", max_length=20, choices=Ending, blank=True)
    joined_on = models.DateField("入党日期", null=True)
    confirmed_on = models.DateField("转正日期", null=True)
    dues_base = models.DecimalField("党费计算基数", max_digits=10, decimal_places=2, null=True)
    dues_paid = models.DecimalField("每月交纳党费", max_digits=10, decimal_places=2, null=True)

    holds_personal_data = True
    personal = MEMBERSHIP
    not_personal = KEPT_BY_THE_SYSTEM

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党籍"
        constraints = (
            models.UniqueConstraint(fields=("unit", "person", "valid_until"), name="membership_line"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="membership_days"),
        )
        indexes = (
            # who is a member on a day is asked of thousands at once: the index alone answers
            models.Index(fields=("person", "valid_until", "valid_from", "kind"), name="membership_roster"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


MEMBERS = (Membership.Kind.FULL, Membership.Kind.PROBATIONARY)
"""Those who are members of the Party; the others are on the way there, or no longer."""


class Affiliation(OfOrganisation, Dated):
    """To which organisation, and to which group in it, somebody belongs."""

    part_of = "person"
    line = ("person",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="affiliations", verbose_name="人员")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliations", verbose_name="党组织")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="affiliations", verbose_name="党小组")

    holds_personal_data = True
    personal = AFFILIATION
    not_personal = KEPT_BY_THE_SYSTEM

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组织关系"
        constraints = (
            models.UniqueConstraint(fields=("unit", "person", "valid_until"), name="affiliation_line"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="affiliation_days"),
        )
        indexes = (
            # who belonged on a day is asked of thousands at once: the index alone answers, with the keys of a page
            models.Index(
                fields=("organisation", "valid_until", "valid_from", "person", "id"), name="affiliation_roster"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.organisation_id}"


class Circumstances(OfPerson, Dated):
    """Whether somebody works, where he is, and of which category he is."""

    class Employment(models.TextChoices):
        IN_SERVICE = "in_service", "在职"
        RETIRED = "retired", "离退休"
        OTHER = "other", "其他"

    class Whereabouts(models.TextChoices):
        MOBILE = "mobile", "流动党员"
        OUT_OF_TOUCH = "out_of_touch", "失联党员"
        ABROAD = "abroad", "出国（境）"

    line = ("person",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="circumstances", verbose_name="人员")
    employment = models.CharField("在职情况", max_length=10, choices=Employment, blank=True)
    whereabouts = models.CharField("流动情况", max_length=12, choices=Whereabouts, blank=True)
    category = models.CharField("人员身份", max_length=30, blank=True)
    infirm = models.BooleanField("是否年老体弱或病残", default=False)

    holds_personal_data = True
    personal = CIRCUMSTANCES
    not_personal = KEPT_BY_THE_SYSTEM

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员状况"
        constraints = (
            models.UniqueConstraint(fields=("unit", "person", "valid_until"), name="circumstances_line"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="circumstances_days"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.employment}"


class GroupPlace(OfPerson, Dated):
    """Somebody's place in a group beside his party group: a 三互小组 or 业务小组 that is not the same."""

    line = ("person", "group")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_places", verbose_name="人员")
    group = models.ForeignKey(Group, models.PROTECT, related_name="places", verbose_name="小组")

    holds_personal_data = True
    personal = GROUP_PLACE
    not_personal = KEPT_BY_THE_SYSTEM

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "小组成员"
        constraints = (
            models.UniqueConstraint(fields=("unit", "person", "group", "valid_until"), name="group_place_line"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="group_place_days"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.group_id}"


class Post(OfOrganisation, Dated):
    """A party post that somebody holds in an organisation, or his work as party-affairs staff there."""

    class Kind(models.TextChoices):
        SECRETARY = "secretary", "书记"
        DEPUTY_SECRETARY = "deputy_secretary", "副书记"
        ORGANISATION_MEMBER = "organisation_member", "组织委员"
        PUBLICITY_MEMBER = "publicity_member", "宣传委员"
        DISCIPLINE_MEMBER = "discipline_member", "纪检委员"
        COMMITTEE_MEMBER = "committee_member", "委员"
        DISCIPLINE_SECRETARY = "discipline_secretary", "机关纪委书记"
        GROUP_LEADER = "group_leader", "党小组组长"
        PARTY_AFFAIRS_STAFF = "party_affairs_staff", "党务干部"

    part_of = "person"
    line = ("organisation", "person", "kind")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts", verbose_name="人员")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name="党组织")
    kind = models.CharField("党内职务", max_length=20, choices=Kind)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="posts", verbose_name="党小组")
    full_time = models.BooleanField("是否专职", null=True)

    holds_personal_data = True
    personal = POST
    not_personal = KEPT_BY_THE_SYSTEM

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "党内职务"
        constraints = (
            models.UniqueConstraint(fields=("unit", "organisation", "person", "kind", "valid_until"), name="post_line"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_until")), name="post_days"),
        )
        indexes = (models.Index(fields=("person", "valid_until"), name="post_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Admission(OfPerson, Tracked):
    """How far somebody's way into the Party went before the site kept it: on which days its steps were, and who
    cultivates and introduces him. Days keep the precision in which they were told (2025-07 or 2025-07-01).
    """

    holds_personal_data = True
    personal = ADMISSION
    not_personal = KEPT_BY_THE_SYSTEM

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="admissions", verbose_name="人员")
    applied = models.CharField("递交入党申请书", max_length=10, blank=True)
    talked = models.CharField("派人谈话", max_length=10, blank=True)
    activist_since = models.CharField("确定为入党积极分子", max_length=10, blank=True)
    contacts = models.CharField("培养联系人", max_length=100, blank=True)
    candidate_since = models.CharField("确定为发展对象", max_length=10, blank=True)
    introducers = models.CharField("入党介绍人", max_length=100, blank=True)
    reviewed = models.CharField("政治审查", max_length=10, blank=True)
    trained = models.CharField("短期集中培训", max_length=10, blank=True)
    pre_reviewed = models.CharField("上级党委预审", max_length=10, blank=True)
    accepted = models.CharField("支部大会通过", max_length=10, blank=True)
    approved = models.CharField("上级党委审批", max_length=10, blank=True)
    sworn = models.CharField("入党宣誓", max_length=10, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发展情况"
        constraints = (models.UniqueConstraint(fields=("unit", "person"), name="admission_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.applied}"


class CorrectionRequest(OfPerson, Tracked):
    """Somebody says what is wrong about himself: in which column (`members.person.education`), of which dated row, and
    what should stand there. A number is wanted `sealed`, everything else as the text in `wanted`.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待办理"
        ACCEPTED = "accepted", "已更正"
        DECLINED = "declined", "未采纳"

    holds_personal_data = True
    personal = CORRECTION_REQUEST
    not_personal = KEPT_BY_THE_SYSTEM | {"uid", "column", "row", "asked_on", "state", "answered_by_id", "answered_on"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="correction_requests", verbose_name="人员")
    uid = models.CharField("内部编号", max_length=32, unique=True, default=new_uid, editable=False)
    column = models.CharField("更正项目", max_length=60)
    row = models.PositiveBigIntegerField("记录编号", null=True)
    wanted = models.CharField("应当为", max_length=200, blank=True)
    sealed = SealedField("应当为（证件或者手机号码）", null=True, mask="identity")
    note = models.CharField("说明", max_length=500, blank=True)
    asked_on = models.DateField("提出日期")
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="提出人")
    state = models.CharField("办理情况", max_length=8, choices=State, default=State.ASKED)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_on = models.DateField("答复日期", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        indexes = (models.Index(fields=("state", "asked_on"), name="correction_request_open"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.column}"


class Amendment(OfPerson, Tracked):
    """That something registered wrongly was put right, in the words of people: in which row, and from what to what. Of
    a sealed number it says only that there is another.
    """

    holds_personal_data = True
    personal = AMENDMENT
    not_personal = KEPT_BY_THE_SYSTEM | {"on", "done_by"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="amendments", verbose_name="人员")
    on = models.DateField("更正日期")
    what = models.CharField("事项", max_length=300)
    told = models.TextField("由什么改为什么")
    reason = models.TextField("理由", blank=True)
    done_by = models.CharField("办理人", max_length=200)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正记载"

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"
