"""Checks that were run, what they found, and how every organisation stood by every rule on that day."""

from django.conf import settings
from django.db import models

from dangwu.foundation.scope import TRIALS
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation, Unit


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
