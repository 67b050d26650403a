"""Tasks, to whom each was handed, and what came of it."""

from django.db import models
from django.db.models import Q

from dangwu.foundation.scope import Scope
from dangwu.foundation.scoped import ScopedQuerySet
from dangwu.foundation.tracking import Tracked
from dangwu.organisations.models import OfOrganisation, Organisation, Unit, standing_in

LONGEST_TEXT = 2_000


class Campaign(OfOrganisation, Tracked):
    """A campaign of education, with measures."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="campaigns", verbose_name="组织者")
    name = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=300, blank=True)
    aim = models.TextField("总要求", max_length=LONGEST_TEXT, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "主题教育"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those of organisations in the scope, and those in which such have something to do."""
        handed = Assignment.objects.within(scope).values("task__campaign")
        return Q(organisation__in=standing_in(scope)) | Q(pk__in=handed)


class Task(OfOrganisation, Tracked):
    """Something that an organisation has others do: a directive that it received, or a measure of a campaign.

    Where it `reports`, studying a directive is not enough: what was done about it is told too. A measure always is, and
    confirmed by whoever set the task.
    """

    class Kind(models.TextChoices):
        DIRECTIVE = "directive", "来文"
        MEASURE = "measure", "措施"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tasks", verbose_name="布置党组织")
    kind = models.CharField("任务类别", max_length=9, choices=Kind)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="measures", verbose_name="主题教育")
    number = models.PositiveSmallIntegerField("措施序号", default=0)
    title = models.CharField("标题", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_by = models.CharField("来文单位", max_length=100, blank=True)
    received_on = models.DateField("收到日期")
    asks = models.TextField("要求", max_length=LONGEST_TEXT, blank=True)
    reports = models.BooleanField("要求报告贯彻落实情况", default=True)
    due_on = models.DateField("完成期限")
    post = models.CharField("责任职务", max_length=20, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        indexes = (models.Index(fields=("organisation", "kind", "received_on"), name="task_kept"),)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def in_scope(cls, scope: Scope) -> Q:
        """Those that organisations in the scope set, and those that were handed to such."""
        return Q(organisation__in=standing_in(scope)) | Q(pk__in=Assignment.objects.within(scope).values("task"))


class Assignment(OfOrganisation, Tracked):
    """A task as it was handed to one organisation.

    `studied_on` is the day of the meeting, `noted_on` the day on which that was entered. `done_on` is the day that
    counts against the deadline: a measure counts as done on the day it was reported, once it is confirmed.
    """

    class State(models.TextChoices):
        HANDED = "handed", "待办"
        STUDIED = "studied", "已传达学习"
        REPORTED = "reported", "已报告"
        RETURNED = "returned", "已退回"
        CONFIRMED = "confirmed", "已确认"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments", verbose_name="任务")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="assignments", verbose_name="承办党组织"
    )
    post = models.CharField("责任职务", max_length=20, blank=True)
    handed_on = models.DateField("布置日期")
    due_on = models.DateField("完成期限")
    state = models.CharField("办理情况", max_length=9, choices=State, default=State.HANDED)
    studied_on = models.DateField("传达学习日期", null=True)
    noted_on = models.DateField("登记日期", null=True)
    measures_taken = models.TextField("贯彻落实情况", max_length=LONGEST_TEXT, blank=True)
    reported_on = models.DateField("报告日期", null=True)
    confirmed_on = models.DateField("确认日期", null=True)
    return_reason = models.CharField("退回原因", max_length=500, blank=True)
    done_on = models.DateField("办结日期", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承办事项"
        constraints = (models.UniqueConstraint(fields=("unit", "task", "organisation"), name="assignment_once"),)
        indexes = (models.Index(fields=("organisation", "done_on", "due_on"), name="assignment_open"),)

    def __str__(self) -> str:
        return f"{self.task_id} {self.organisation_id}"

    @property
    def is_late(self) -> bool:
        """Whether it was done after its deadline."""
        return self.done_on is not None and self.done_on > self.due_on


class Proof(OfOrganisation, Tracked):
    """A record of an activity by which an assignment was fulfilled. The records are kept by another room of the house,
    so this is the key alone; `held_on` and `title` say what it was when it was named.
    """

    scoped_by = "assignment__organisation"
    part_of = "assignment"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="proofs", verbose_name="承办事项")
    record = models.PositiveBigIntegerField("活动编号")
    held_on = models.DateField("活动日期")
    title = models.CharField("活动", max_length=300)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "落实依据"
        constraints = (models.UniqueConstraint(fields=("unit", "assignment", "record"), name="proof_once"),)

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Note(OfOrganisation, Tracked):
    """How far an assignment is, in the words of whoever does it."""

    scoped_by = "assignment__organisation"
    part_of = "assignment"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="管理单位")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="notes", verbose_name="承办事项")
    on = models.DateField("日期")
    text = models.CharField("内容", max_length=500)
    noted_by = models.CharField("登记人", max_length=200)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "进展"

    def __str__(self) -> str:
        return self.text
