"""Batches, what they would change, and what it takes to undo them. All of it is scratch: nothing here is a record of
anybody, and it is thrown away when its time is over.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from dangwu.foundation.personal import Personal, Sensitivity, Shown
from dangwu.foundation.sealing.fields import SealedField

PATH_LENGTH = 64
NAME_LENGTH = 100
_FOR_THE_IMPORT = Personal(
    purpose="导入名册时核对内容，撤销导入时恢复原状。",
    basis="《中华人民共和国个人信息保护法》",
    retention="导入完成或者放弃后三十天",
    sensitivity=Sensitivity.SENSITIVE,
    shown=Shown.NEVER,
)


def new_uid() -> str:
    """A number that says nothing."""
    return uuid4().hex


class Batch(models.Model):
    """A workbook that somebody brings in, as he understands it by now. `place` is the part of the tree into which it
    goes, at `under`; `decisions` and what is `told` of its problems and columns are sealed, since both hold
    what stands in cells.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待读取"
        READING = "reading", "正在读取"
        STAGED = "staged", "待确认"
        WRITING = "writing", "正在导入"
        WRITTEN = "written", "已导入"
        UNDOING = "undoing", "正在撤销"
        UNDONE = "undone", "已撤销"
        REFUSED = "refused", "无法读取"

    personal: ClassVar[dict[str, Personal]] = {"decisions": _FOR_THE_IMPORT, "told": _FOR_THE_IMPORT}

    uid = models.CharField("内部编号", max_length=32, unique=True, default=new_uid, editable=False)
    kind = models.CharField("表格种类", max_length=20)
    by_key = models.CharField("经办人编号", max_length=100, db_index=True)
    by_name = models.CharField("经办人", max_length=200)
    file = models.CharField("文件", max_length=NAME_LENGTH)
    under = models.BigIntegerField("导入到", null=True)
    place = models.CharField("层级路径", max_length=PATH_LENGTH, blank=True)
    on = models.DateField("自何日起")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    message = models.CharField("说明", max_length=500, blank=True)
    decisions = SealedField("决定", null=True, owner="uid")
    sheets = models.CharField("工作表", max_length=NAME_LENGTH, blank=True)
    head_rows = models.JSONField("表头行", default=list)
    columns = models.JSONField("栏目", default=list)
    fixes = models.JSONField("整理规则", default=list)
    told = SealedField("问题归类和各栏示例", null=True, owner="uid")
    counts = models.JSONField("行数", default=dict)
    opened_at = models.DateTimeField("开始时间")
    written_at = models.DateTimeField("导入时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        indexes = (models.Index(fields=("place", "opened_at"), name="import_batch_place"),)

    def __str__(self) -> str:
        """The user's name of the file."""
        return self.file

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody's decisions."""
        return self.state == self.State.STAGED


class StagedRow(models.Model):
    """What one row of the workbook would do. `content` is sealed JSON: what is shown, what will be written, and on
    which versions of what is registered that rests.
    """

    class State(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "变更"
        SAME = "same", "无变化"
        SKIPPED = "skipped", "不导入"
        DOUBTFUL = "doubtful", "待确认"
        ERROR = "error", "有错误"

    personal: ClassVar[dict[str, Personal]] = {"content": _FOR_THE_IMPORT}

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", verbose_name="导入批次")
    uid = models.CharField("内部编号", max_length=32, default=new_uid, editable=False)
    place = models.PositiveIntegerField("次序")
    sheet = models.CharField("工作表", max_length=NAME_LENGTH)
    number = models.PositiveIntegerField("行号")
    state = models.CharField("处理", max_length=8, choices=State)
    content = SealedField("内容", null=True, owner="uid")

    class Meta:
        verbose_name = verbose_name_plural = "待导入的行"
        constraints = (models.UniqueConstraint(fields=("batch", "place"), name="staged_row_once"),)
        indexes = (models.Index(fields=("batch", "state", "place"), name="staged_row_state"),)

    def __str__(self) -> str:
        """Where it stands in the file."""
        return f"{self.sheet} {self.number}"


class Undoing(models.Model):
    """What it takes to undo a batch, sealed, in pieces."""

    personal: ClassVar[dict[str, Personal]] = {"content": _FOR_THE_IMPORT}

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="undoings", verbose_name="导入批次")
    uid = models.CharField("内部编号", max_length=32, default=new_uid, editable=False)
    place = models.PositiveIntegerField("次序")
    content = SealedField("内容", null=True, owner="uid")

    class Meta:
        verbose_name = verbose_name_plural = "撤销导入所需的内容"
        constraints = (models.UniqueConstraint(fields=("batch", "place"), name="undoing_once"),)

    def __str__(self) -> str:
        """Its number."""
        return f"{self.batch_id} {self.place}"


class RememberedHead(models.Model):
    """For which fields the columns under a head were taken by somebody who knew; `digest` is that of the head."""

    kind = models.CharField("表格种类", max_length=20)
    digest = models.CharField("表头", max_length=64)
    columns = models.JSONField("栏目")

    class Meta:
        verbose_name = verbose_name_plural = "记住的表头"
        constraints = (models.UniqueConstraint(fields=("kind", "digest"), name="remembered_head_once"),)

    def __str__(self) -> str:
        """The beginning of its digest."""
        return f"{self.kind} {self.digest[:8]}"
