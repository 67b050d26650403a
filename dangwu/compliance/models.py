"""Checks that were run and what they found; how the standing organisations do by every rule and period, and what
people say to that.

How they do is derived: it follows from the facts, the rulebook and people's word, can be made again at any time, and is
therefore not told to the audit. What people say is.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dangwu.foundation.scope import TRIALS
from dangwu.foundation.scoped import DerivedQuerySet, ScopedQuerySet
from dangwu.foundation.tracking import Tracked
from dangwu.kernel.span import DAWN, FAR
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import OfOrganisation, Organisation, Unit


class Check(models.Model):
    """One check of a unit's workbooks as of a day. It reads into a unit of its own, so two checks never mix.

    It belongs to whoever opened it, told by the actor's key; nobody else sees it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "正在核对"
        DONE = "done", "已完成"
        REFUSED = "refused", "未能核对"

    # no name on the unit: “check” is Django's own there
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    opened_by = models.CharField("核对人", max_length=60)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="账号"
    )
    on = models.DateField("核对日期")
    since = models.DateField("起始日期")
    packs = models.JSONField("规则包", default=list)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    step = models.CharField("进行到", max_length=100, blank=True)
    progress = models.PositiveSmallIntegerField("进度（百分比）", default=0)
    message = models.TextField("说明", blank=True)
    sentence = models.CharField("结论", max_length=200, blank=True)
    outcomes = models.JSONField("各结果数量", default=dict)
    not_judged = models.JSONField("未作判断的规则", default=list)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "核对"
        ordering = ("-created_at",)
        indexes = (models.Index(fields=("opened_by", "created_at"), name="check_own"),)

    def __str__(self) -> str:
        return f"{self.on}的核对"

    @property
    def root(self) -> TreePath:
        """Below which the organisations of this check stand, apart from everybody's."""
        return TreePath(f"{TRIALS}{self.pk:08}")


class Workbook(models.Model):
    """A file handed in for a check: what it was taken for, and how it was read. The file itself is not kept."""

    class Role(models.TextChoices):
        ROSTER = "roster", "党员名册"
        LEDGER = "ledger", "组织生活台账"
        ORGANISATIONS = "organisations", "党组织信息"

    check_run = models.ForeignKey(Check, models.CASCADE, related_name="workbooks", verbose_name="核对")
    role = models.CharField("用途", max_length=14, choices=Role)
    file = models.CharField("文件", max_length=200)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    head_rows = models.CharField("表头所在行", max_length=20, blank=True)
    columns = models.JSONField("列的对应", default=list)
    rows = models.PositiveIntegerField("行数", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作簿"

    def __str__(self) -> str:
        return self.file


class Finding(models.Model):
    """An obligation that ended unmet, or a record that breaks a validity rule; frozen as it was judged."""

    check_run = models.ForeignKey(Check, models.CASCADE, related_name="findings", verbose_name="核对")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="党组织")
    rule = models.CharField("规则", max_length=80)
    digest = models.CharField("规则版本", max_length=64)
    title = models.CharField("要求", max_length=200)
    document = models.CharField("依据", max_length=200)
    article = models.CharField("条款", max_length=20)
    grade = models.CharField("依据等级", max_length=1)
    strength = models.CharField("约束程度", max_length=10)
    level = models.CharField("结论", max_length=10)
    subject_kind = models.CharField("对象类别", max_length=14)
    subject = models.CharField("对象", max_length=300)
    period = models.CharField("期间", max_length=10, blank=True)
    deadline = models.DateField("期限", null=True)
    outcome = models.CharField("结果", max_length=16)
    text = models.TextField("原因")
    evidence = models.JSONField("所据记录", default=list)
    facts = models.JSONField("所据事实", default=dict)
    remedy = models.TextField("怎样补救")

    class Meta:
        verbose_name = verbose_name_plural = "问题"
        indexes = (models.Index(fields=("check_run", "rule"), name="finding_rule"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"


class Tally(models.Model):
    """How an organisation stood by one rule: its obligations of the span by outcome, those on its members included."""

    check_run = models.ForeignKey(Check, models.CASCADE, related_name="tallies", verbose_name="核对")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="党组织")
    rule = models.CharField("规则", max_length=80)
    level = models.CharField("结论", max_length=10)
    met = models.PositiveIntegerField("已完成", default=0)
    late = models.PositiveIntegerField("逾期完成", default=0)
    unmet = models.PositiveIntegerField("未完成", default=0)
    pending = models.PositiveIntegerField("未到期", default=0)
    soon = models.PositiveIntegerField("临近期限", default=0)
    next_deadline = models.DateField("最近期限", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "职责计数"
        constraints = (models.UniqueConstraint(fields=("check_run", "organisation", "rule"), name="tally_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.rule}"


class WorkbookProblem(models.Model):
    """A problem of a workbook with its place, as it was told."""

    check_run = models.ForeignKey(Check, models.CASCADE, related_name="problems", verbose_name="核对")
    file = models.CharField("文件", max_length=200)
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    column = models.CharField("列", max_length=4, blank=True)
    field = models.CharField("字段", max_length=30, blank=True)
    code = models.CharField("类型", max_length=60)
    severity = models.CharField("程度", max_length=10)
    message = models.TextField("问题")
    remedy = models.TextField("怎样改正")

    class Meta:
        verbose_name = verbose_name_plural = "工作簿问题"

    def __str__(self) -> str:
        return f"{self.file} {self.row} {self.code}"


def follows(model: type[models.Model], title: str, *, once: bool = False) -> Any:  # noqa: ANN401 - a column
    """The column by which a derived row says whose it is. It holds nobody back: who goes, goes."""
    column = models.OneToOneField if once else models.ForeignKey
    return column(model, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=title)


class Judging(models.Model):
    """That and how a unit is judged as it lives: from which day its activities are told, as of which day it was judged
    last, by which rulebook.
    """

    unit = follows(Unit, "单位", once=True)
    since = models.DateField("起始日期")
    activities_told = models.BooleanField("是否已有活动记录", default=False)
    judged_on = models.DateField("判定日期")
    packs = models.JSONField("规则包", default=list)
    digest = models.CharField("规则库版本", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日常判定"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.judged_on}"


class Watch(OfOrganisation):
    """How far an organisation is judged: which days something changed on since (none: all is as the facts are), since
    when it is watched, and up to which day its verdicts are frozen. `marks` counts the changes, so that one which comes
    while it is being judged is not lost.
    """

    unit = follows(Unit, "单位")
    organisation = follows(Organisation, "党组织", once=True)
    began_on = models.DateField("纳入日期")
    frozen_through = models.DateField("已定案至", default=DAWN)
    stale_since = models.DateField("待重判起始日期", null=True)
    stale_until = models.DateField("待重判截止日期", null=True)
    marks = models.PositiveIntegerField("变动次数", default=0)

    objects = DerivedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "判定进度"
        indexes = (models.Index(fields=("unit", "stale_since"), name="watch_stale"),)

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Word(models.TextChoices):
    """What the level above may say of a verdict."""

    MET = "met", "认定为已完成"
    UNMET = "unmet", "认定为未完成"
    NOT_ASKED = "not_asked", "认定为不作要求"


class DutyState(OfOrganisation):
    """How an organisation stands by one rule in one period (empty: what always holds): its obligations by outcome,
    those on its members and of its activities included.

    A frozen one stays as it was judged; `corrected` says what would be judged now of facts that came later.
    """

    unit = follows(Unit, "单位")
    organisation = follows(Organisation, "党组织")
    rule = models.CharField("规则", max_length=80)
    period = models.CharField("期间", max_length=10, blank=True)
    begins = models.DateField("期间首日", null=True)
    ends = models.DateField("期间末日", null=True)
    deadline = models.DateField("期限", null=True)
    soon_from = models.DateField("临期起始日期", null=True)
    level = models.CharField("结论", max_length=10)
    met = models.PositiveIntegerField("已完成", default=0)
    late = models.PositiveIntegerField("逾期完成", default=0)
    unmet = models.PositiveIntegerField("未完成", default=0)
    pending = models.PositiveIntegerField("未到期", default=0)
    exempt = models.PositiveIntegerField("免除", default=0)
    word = models.CharField("上级认定", max_length=10, choices=Word, blank=True)
    digest = models.CharField("规则版本", max_length=64)
    facts = models.TextField("所据事实")
    judged_on = models.DateField("判定日期")
    frozen = models.BooleanField("是否已定案", default=False)
    text = models.TextField("定案说明", blank=True)
    corrected = models.TextField("更正后", blank=True)

    objects = DerivedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职情况"
        constraints = (
            models.UniqueConstraint(fields=("unit", "organisation", "rule", "period"), name="duty_state_once"),
        )
        indexes = (
            models.Index(fields=("unit", "rule", "begins"), name="duty_state_rule"),
            # a month of the calendar is counted from this alone: over 1.5 million rows 25 ms instead of 1.1 s
            models.Index(
                fields=("deadline", "rule", "period", "organisation", "unmet", "pending", "word"),
                name="duty_state_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.rule} {self.period}"


class DutyYear(OfOrganisation):
    """All that an organisation was asked in a year, in one row: what a matrix reads. `cells` has for each rule its
    level, its numbers by outcome, the next deadline and from when that is near, as JSON.
    """

    unit = follows(Unit, "单位")
    organisation = follows(Organisation, "党组织")
    year = models.PositiveSmallIntegerField("年度")
    met = models.PositiveIntegerField("已完成", default=0)
    late = models.PositiveIntegerField("逾期完成", default=0)
    failures = models.PositiveIntegerField("逾期", default=0)
    warnings = models.PositiveIntegerField("提醒", default=0)
    hints = models.PositiveIntegerField("提示", default=0)
    pending = models.PositiveIntegerField("未到期", default=0)
    next_deadline = models.DateField("最近期限", null=True)
    soon_from = models.DateField("临期起始日期", null=True)
    cells = models.TextField("各项职责")

    objects = DerivedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度履职情况"
        constraints = (models.UniqueConstraint(fields=("unit", "organisation", "year"), name="duty_year_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"


class Exemption(OfOrganisation, Tracked):
    """That an organisation owes nothing, or not one thing, over some days, and on what ground. An empty rule stands for
    all of them; `until` is the last day.
    """

    part_of: ClassVar[str] = "organisation"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exemptions", verbose_name="党组织")
    rule = models.CharField("规则", max_length=80, blank=True)
    since = models.DateField("起始日期")
    until = models.DateField("截止日期（含当日）", default=FAR)
    basis = models.CharField("依据", max_length=300)
    given_on = models.DateField("办理日期")
    given_by = models.CharField("办理人", max_length=60)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "免除"
        constraints = (models.CheckConstraint(condition=Q(since__lte=F("until")), name="exemption_days"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.rule} {self.since}"


class Answer(OfOrganisation, Tracked):
    """What an organisation says to an obligation that it did not fulfil. It changes no verdict."""

    part_of: ClassVar[str] = "organisation"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="answers", verbose_name="党组织")
    rule = models.CharField("规则", max_length=80)
    period = models.CharField("期间", max_length=10, blank=True)
    text = models.CharField("说明内容", max_length=500)
    given_on = models.DateField("办理日期")
    given_by = models.CharField("办理人", max_length=60)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "情况说明"
        constraints = (models.UniqueConstraint(fields=("unit", "organisation", "rule", "period"), name="answer_once"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.rule} {self.period}"


class Overruling(OfOrganisation, Tracked):
    """What the level above finds instead of the verdict, and why."""

    part_of: ClassVar[str] = "organisation"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="overrulings", verbose_name="党组织")
    rule = models.CharField("规则", max_length=80)
    period = models.CharField("期间", max_length=10, blank=True)
    word = models.CharField("上级认定", max_length=10, choices=Word)
    reason = models.CharField("理由", max_length=300)
    given_on = models.DateField("办理日期")
    given_by = models.CharField("办理人", max_length=60)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上级认定"
        constraints = (
            models.UniqueConstraint(fields=("unit", "organisation", "rule", "period"), name="overruling_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.rule} {self.period}"
