"""The files that are kept."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import uuid4

from django.db import models

from dangwu.foundation.personal import Personal, Sensitivity, Shown
from dangwu.foundation.sealing.fields import SealedField
from dangwu.foundation.tracking import Tracked, TrackedQuerySet


def new_uid() -> str:
    """A number that says nothing."""
    return uuid4().hex


class KeptFile(Tracked):
    """A file as it lies sealed on the disk under its `uid`. Its key lies here, sealed itself: so keys are renewed
    without touching a file, and a file whose row is gone cannot be read by anybody. `digest` finds the same content
    again, and says nothing to whoever does not hold the index key.
    """

    holds_personal_data = True
    personal: ClassVar[Mapping[str, Personal]] = {
        "secret": Personal(
            purpose="打开随活动保存的附件，其中可能有照片和姓名。",
            basis="《中华人民共和国个人信息保护法》",
            retention="附件删除时销毁",
            sensitivity=Sensitivity.SENSITIVE,
            shown=Shown.NEVER,
        )
    }
    not_personal = frozenset({"version", "unit", "uid", "digest", "kind", "size"})

    unit = models.PositiveBigIntegerField("管理单位")  # the foundation knows no units, so this is but its key
    uid = models.CharField("内部编号", max_length=32, unique=True, default=new_uid, editable=False)
    digest = models.CharField("内容摘要", max_length=32)
    kind = models.CharField("文件类型", max_length=8)
    size = models.PositiveBigIntegerField("大小")
    secret = SealedField("文件密钥", mask="whole")

    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "保存的文件"
        constraints = (models.UniqueConstraint(fields=("unit", "digest"), name="kept_file_once"),)

    def __str__(self) -> str:
        """Its number."""
        return self.uid
