"""The index: a row for everything that is found by its text.

It follows from other rows and can be rebuilt, so it is neither tracked nor backed up. On SQLite triggers keep the table
`search_words` in step with it, on PostgreSQL the column `words` (migration 0004): a change of this table's columns is
made by deleting and creating it.
"""

from typing import ClassVar

from django.db import models

from dangwu.foundation.personal import Personal, Shown

TABLE = "foundation_searchentry"


class SearchEntry(models.Model):
    """What is found: which row of which kind, where it belongs (`anchor`, for whoever may see that), and its text cut
    into tokens behind its marks.
    """

    holds_personal_data = True
    personal: ClassVar[dict[str, Personal]] = {
        "cut": Personal(
            purpose="按文字查找活动、文件等记录，其中可能提到姓名。",
            basis="《中华人民共和国个人信息保护法》",
            retention="与所查找的记录同时删除",
            shown=Shown.NEVER,
        )
    }
    not_personal: ClassVar[frozenset[str]] = frozenset({"unit", "kind", "source", "anchor", "day"})

    unit = models.PositiveBigIntegerField("管理单位")  # the foundation knows no units, so this is but its key
    kind = models.CharField("种类", max_length=20)
    source = models.PositiveBigIntegerField("记录")
    anchor = models.PositiveBigIntegerField("党组织", null=True)
    day = models.DateField("日期")
    cut = models.TextField("检索词")

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        constraints = (models.UniqueConstraint(fields=("kind", "source", "unit"), name="search_entry_once"),)
        indexes = (models.Index(fields=("kind", "day", "id"), name="search_entry_newest"),)

    def __str__(self) -> str:
        """What it stands for."""
        return f"{self.kind} {self.source}"
