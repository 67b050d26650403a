"""Activities: what is planned and was held, what it served for, who was away or took part, what was decided."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from dangwu.access.models import Account
from dangwu.foundation.files.models import KeptFile
from dangwu.foundation.scope import Scope
from dangwu.foundation.scoped import DerivedQuerySet, ScopedQuerySet
from dangwu.foundation.sealing.fields import SealedField
from dangwu.foundation.tracking import Tracked
from dangwu.members.models import Person, new_uid
from dangwu.organisations.models import OfOrganisation, Organisation, Unit, standing_in
from dangwu.records.paper_models import Bundle, FormFile, LedgerForm
from dangwu.records.personal import ABSENCE, ACTIVITY, AGENDA_ITEM, ATTACHMENT, PART, PARTICIPATION, RESOLUTION, TALK

PAPER_TABLES = (Bundle, LedgerForm, FormFile)
"""Tables that are declared beside these, in `paper_models`."""


class Activity(OfOrganisation, Tracked):
    """Something that an organisation plans or held. `kind` is what it is called, `besides` what else it served for.

    `expected` and `present` count everybody, `voters` and `voters_present` those with a vote; a ledger tells only the
    former and means whom the rule means. Of several resolutions the columns of votes repeat the weakest.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "已计划"
        CALLED = "called", "已通知"
        MINUTED = "minuted", "待办结"
        CONCLUDED = "concluded", "已办结"
        CANCELLED = "cancelled", "已取消"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="activities", verbose_name="党组织")
    kind = models.CharField("活动类型", max_length=40, blank=True)
    besides = models.CharField("同时属于", max_length=200, blank=True)
    state = models.CharField("办理情况", max_length=10, choices=State, default=State.CONCLUDED)
    group = models.CharField("党小组", max_length=60, blank=True)
    held_on = models.DateField("日期")
    until_on = models.DateField("结束日期", null=True)
    starts_at = models.TimeField("开始时间", null=True)
    ends_at = models.TimeField("结束时间", null=True)
    topic = models.CharField("主题", max_length=300, blank=True)
    place = models.CharField("地点", max_length=200, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    recorder = models.CharField("记录人", max_length=60, blank=True)
    lecturer = models.CharField("主讲人", max_length=60, blank=True)
    expected = models.PositiveIntegerField("应到", null=True)
    present = models.PositiveIntegerField("实到", null=True)
    voters = models.PositiveIntegerField("有表决权的应到", null=True)
    voters_present = models.PositiveIntegerField("有表决权的实到", null=True)
    in_favour = models.PositiveIntegerField("赞成", null=True)
    against = models.PositiveIntegerField("反对", null=True)
    abstained = models.PositiveIntegerField("弃权", null=True)
    hours = models.DecimalField("学时", max_digits=6, decimal_places=2, null=True)
    days = models.DecimalField("天数", max_digits=5, decimal_places=1, null=True)
    audience = models.PositiveIntegerField("听众人数", null=True)
    confirmed_by = models.CharField("对方确认", max_length=100, blank=True)
    minutes = models.TextField("会议记录", blank=True)
    called_on = models.DateField("通知日期", null=True)
    recorded_on = models.DateField("记录日期", null=True)
    late_reason = models.CharField("补记原因", max_length=300, blank=True)
    cancel_reason = models.CharField("取消原因", max_length=300, blank=True)
    ledger = models.CharField("台账文件", max_length=200, blank=True)
    ledger_row = models.PositiveIntegerField("台账行号", null=True)

    holds_personal_data = True
    personal = ACTIVITY
    not_personal = frozenset(
        {
            *("unit_id", "version", "organisation_id", "kind", "besides", "state", "group", "held_on", "until_on"),
            *("starts_at", "ends_at", "topic", "place", "expected", "present", "voters", "voters_present"),
            *("in_favour", "against", "abstained", "hours", "days", "audience", "confirmed_by", "called_on"),
            *("recorded_on", "late_reason", "cancel_reason", "ledger", "ledger_row"),
        }
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        indexes = (
            models.Index(fields=("unit", "organisation", "held_on"), name="activity_held"),
            models.Index(fields=("organisation", "state", "held_on"), name="activity_state"),
            models.Index(fields=("held_on", "id"), name="activity_day"),
        )

    def __str__(self) -> str:
        return f"{self.held_on} {self.topic}"

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those of organisations that stand in the scope on its day, and those that such held together with others."""
        shared = Partner.objects.within(scope).values("activity")
        return Q(organisation__in=standing_in(scope)) | Q(pk__in=shared)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its kind and what else it served for."""
        return (self.kind, *(kind for kind in self.besides.split(",") if kind))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held, minuted or concluded."""
        return self.state in OPEN


OPEN = (Activity.State.PLANNED, Activity.State.CALLED, Activity.State.MINUTED)


class OfActivity(OfOrganisation):
    """Rows that belong to an activity, and to the organisation that held it."""

    scoped_by: ClassVar[str] = "activity__organisation"
    part_of: ClassVar[str] = "activity"

    class Meta:
        abstract = True


class Partner(OfOrganisation, Tracked):
    """Another organisation that held an activity together with the one that keeps its record. It counts for it once
    somebody who keeps its records has confirmed that.
    """

    part_of: ClassVar[str] = "activity"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="partners", verbose_name="活动")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="党组织")
    confirmed_on = models.DateField("确认日期", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "联办党组织"
        indexes = (models.Index(fields=("confirmed_on", "organisation"), name="partner_waiting"),)
        constraints = (models.UniqueConstraint(fields=("unit", "activity", "organisation"), name="partner_once"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.organisation_id}"


class Service(OfOrganisation, Tracked):
    """One kind of duty that a concluded activity served: a theme day with a lecture serves two. It repeats whose and
    when, so that counting a year of duties reads nothing but this table's index.

    A duty that is `entailed` counts, but is not held to its own rules: an election is an assembly, and votes otherwise.
    """

    part_of: ClassVar[str] = "activity"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="services", verbose_name="活动")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="党组织")
    kind = models.CharField("活动类型", max_length=40)
    held_on = models.DateField("日期")
    entailed = models.BooleanField("是否随另一种活动计入", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动所尽职责"
        indexes = (models.Index(fields=("unit", "kind", "organisation", "held_on"), name="service_count"),)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind}"


class Absence(OfActivity, Tracked):
    """Somebody who should have been there and was not."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="absences", verbose_name="活动")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="党员")
    name = models.CharField("姓名", max_length=60)
    reason = models.CharField("原因", max_length=100, blank=True)

    holds_personal_data = True
    personal = ABSENCE
    not_personal = frozenset({"unit_id", "version", "activity_id"})

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "缺席"

    def __str__(self) -> str:
        return self.name


class Participation(OfActivity, Tracked):
    """Somebody who took part where those are named who did instead of those who did not."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="participations", verbose_name="活动")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="党员")
    name = models.CharField("姓名", max_length=60)

    holds_personal_data = True
    personal = PARTICIPATION
    not_personal = frozenset({"unit_id", "version", "activity_id"})

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "参加"

    def __str__(self) -> str:
        return self.name


class Part(OfActivity, Tracked):
    """What somebody did at an activity. Whoever is on no roster is told by name alone."""

    class Role(models.TextChoices):
        CHAIR = "chair", "主持人"
        RECORDER = "recorder", "记录人"
        LECTURER = "lecturer", "主讲人"
        NON_VOTING = "non_voting", "列席"
        MENTOR = "mentor", "导师"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="parts", verbose_name="活动")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="人员")
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("承担事项", max_length=12, choices=Role)

    holds_personal_data = True
    personal = PART
    not_personal = frozenset({"unit_id", "version", "activity_id", "role"})

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动分工"
        indexes = (models.Index(fields=("person", "role"), name="part_person"),)

    def __str__(self) -> str:
        return f"{self.name} {self.role}"


class AgendaItem(OfActivity, Tracked):
    """A matter on the agenda and what came of it. One that is `left_open` comes up again at the next activity of its
    kind, which says by `carried_from` where it comes from.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="agenda", verbose_name="活动")
    place = models.PositiveSmallIntegerField("次序")
    text = models.CharField("议题", max_length=300)
    outcome = models.TextField("结果", blank=True)
    left_open = models.BooleanField("下次继续", default=False)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="carried_to", verbose_name="上次遗留事项"
    )

    holds_personal_data = True
    personal = AGENDA_ITEM
    not_personal = frozenset({"unit_id", "version", "activity_id", "place", "left_open", "carried_from_id"})

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "议题"
        constraints = (models.UniqueConstraint(fields=("unit", "activity", "place"), name="agenda_place"),)

    def __str__(self) -> str:
        return self.text


class Resolution(OfActivity, Tracked):
    """What was put to the vote, and the counts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="resolutions", verbose_name="活动")
    place = models.PositiveSmallIntegerField("次序")
    text = models.CharField("决议", max_length=500)
    in_favour = models.PositiveIntegerField("赞成")
    against = models.PositiveIntegerField("反对", default=0)
    abstained = models.PositiveIntegerField("弃权", default=0)

    holds_personal_data = True
    personal = RESOLUTION
    not_personal = frozenset({"unit_id", "version", "activity_id", "place", "in_favour", "against", "abstained"})

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "决议"
        constraints = (models.UniqueConstraint(fields=("unit", "activity", "place"), name="resolution_place"),)

    def __str__(self) -> str:
        return self.text


class Talk(OfActivity, Tracked):
    """Between whom a confidential talk was, and what was said. It is read by `queries.talks_for` alone: by the two, and
    by the secretary of the organisation; everybody else knows only that an activity of that kind took place.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="talk", verbose_name="活动")
    uid = models.CharField("内部编号", max_length=32, unique=True, default=new_uid, editable=False)
    talker = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="谈话人")
    partner = models.ForeignKey(Person, models.PROTECT, related_name="talks", verbose_name="谈话对象")
    content = SealedField("谈话内容", null=True, mask="whole")

    holds_personal_data = True
    personal = TALK
    not_personal = frozenset({"unit_id", "version", "activity_id", "uid"})

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "谈话"

    def __str__(self) -> str:
        return f"谈话 {self.pk}"


class Attachment(OfActivity, Tracked):
    """A file that goes with the record of an activity. Nothing ever asks for one: traces are not results."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attachments", verbose_name="活动")
    file = models.ForeignKey(KeptFile, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名称", max_length=100)
    kept_on = models.DateField("上传日期")

    holds_personal_data = True
    personal = ATTACHMENT
    not_personal = frozenset({"unit_id", "version", "activity_id", "file_id", "kept_on"})

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        constraints = (models.UniqueConstraint(fields=("unit", "activity", "file"), name="attachment_once"),)

    def __str__(self) -> str:
        return self.name


class Signature(OfOrganisation):
    """One of the numbers under which the minutes of an activity are kept: of texts that are alike, some are the same.

    It follows from the record, is made anew from it, and holds nobody back: who goes, goes.
    """

    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name="单位")
    organisation = models.ForeignKey(
        Organisation, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name="党组织"
    )
    activity = models.ForeignKey(
        Activity, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name="活动"
    )
    held_on = models.DateField("日期")
    band = models.BigIntegerField("特征值")

    objects = DerivedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "内容特征"
        indexes = (
            models.Index(fields=("band", "held_on", "organisation", "activity"), name="signature_band"),
            models.Index(fields=("organisation", "held_on", "activity"), name="signature_held"),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.band}"


class Draft(models.Model):
    """What somebody has typed into a form so far, as the form sends it: it is there after a closed tab and on another
    device, is his alone, and goes after thirty days. What was sent is set aside for as long as that can be undone: it
    comes back with the undo, and nobody sees it before. Of a confidential talk none is kept.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name="账号")
    key = models.UUIDField("表单编号", default=uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="党组织")
    subject = models.CharField("所记事项", max_length=120)
    typed = models.TextField("已填内容")
    saved_at = models.DateTimeField("保存时间", auto_now=True)
    undo = models.UUIDField("随哪次撤回恢复", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        constraints = (models.UniqueConstraint(fields=("account", "key"), name="draft_form"),)

    def __str__(self) -> str:
        return f"草稿 {self.pk}"
