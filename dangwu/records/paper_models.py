"""Papers: archives that are packed in the background, and the forms that committees brought themselves."""

from django.db import models

from dangwu.foundation.scoped import ScopedQuerySet
from dangwu.foundation.tracking import Tracked
from dangwu.members.models import new_uid
from dangwu.organisations.models import OfOrganisation, Organisation, Unit


class Bundle(models.Model):
    """An archive of one paper of many organisations, for whoever asked for it. It is scratch, and thrown away after a
    week.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "排队等待"
        PACKING = "packing", "正在打包"
        READY = "ready", "已打包"
        FAILED = "failed", "打包中断"

    uid = models.CharField("内部编号", max_length=32, unique=True, default=new_uid, editable=False)
    by_key = models.CharField("经办人编号", max_length=100, db_index=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="党组织")
    path = models.CharField("层级路径", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    paper = models.CharField("台账种类", max_length=40)
    suffix = models.CharField("文件格式", max_length=5)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField("已完成份数", default=0)
    total = models.PositiveIntegerField("总份数", default=0)
    asked_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "台账打包"

    def __str__(self) -> str:
        return f"台账打包 {self.pk}"

    @property
    def per_cent(self) -> int:
        """How far it has come."""
        return self.done * 100 // self.total if self.total else 0


class LedgerForm(OfOrganisation, Tracked):
    """A form that a committee brought for itself and all below it. Each upload is a version of its own; the latest that
    is not retired is used. `digest` is that of the file, which lies in a table of its own.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="党组织")
    name = models.CharField("表样名称", max_length=60)
    number = models.PositiveIntegerField("第几版", default=1)
    suffix = models.CharField("文件格式", max_length=5)
    file_name = models.CharField("文件名", max_length=100)
    digest = models.CharField("校验值", max_length=64)
    brought_on = models.DateField("上传日期")
    retired_on = models.DateField("停用日期", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "自带表样"
        constraints = (models.UniqueConstraint(fields=("unit", "organisation", "name", "number"), name="form_version"),)

    def __str__(self) -> str:
        return f"{self.name}（第{self.number}版）"


class FormFile(models.Model):
    """The file of a form."""

    form = models.OneToOneField(LedgerForm, models.CASCADE, related_name="file", verbose_name="自带表样")
    content = models.BinaryField("文件内容")

    class Meta:
        verbose_name = verbose_name_plural = "表样文件"

    def __str__(self) -> str:
        return f"表样文件 {self.form_id}"
