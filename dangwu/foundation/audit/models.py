"""The log of what was done. Its rows are written once; only the head of the chain ever changes."""

from collections.abc import Iterable
from typing import Any, Never, TypeVar

from django.db import models

from dangwu.foundation.audit.canonical import canonical, moment
from dangwu.foundation.audit.verify_audit import digest, link

HASH_LENGTH = 64
SALT_LENGTH = 32
PATH_LENGTH = 64
NAME_LENGTH = 200

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class WrittenOnceError(RuntimeError):
    """An attempt to change or delete what is written once: a mistake in the program."""


class WrittenOnceQuerySet(models.QuerySet[M_co]):
    """Rows that can be added and read."""

    def update(self, **kwargs: Any) -> Never:  # noqa: ANN401 - Django's own signature
        """Refuse."""
        raise WrittenOnceError(f"{self.model.__name__}: update of {', '.join(kwargs)}")

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> Never:  # noqa: ARG002
        """Refuse."""
        raise WrittenOnceError(f"{self.model.__name__}: update of {', '.join(fields)}")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Never:  # noqa: ANN401, ARG002
        """Refuse: rows are written one by one, each after the one before."""
        raise WrittenOnceError(f"{self.model.__name__}: bulk create")

    def delete(self) -> Never:
        """Refuse."""
        raise WrittenOnceError(f"{self.model.__name__}: delete")


class WrittenOnce(models.Model):
    """A row that is never changed or deleted by ordinary means; `append_only` tells the guard of the connections."""

    append_only = True

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Insert the row. Raises WrittenOnceError where it exists."""
        if not self._state.adding:
            raise WrittenOnceError(f"{type(self).__name__} {self.pk}: save")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Never:  # noqa: ANN401, ARG002 - Django's own signature
        """Refuse."""
        raise WrittenOnceError(f"{type(self).__name__} {self.pk}: delete")


class AuditEntry(WrittenOnce):
    """One deed. The names and the reason are for people here at the site: the chain has a commitment to them in `body`,
    so that they can be forgotten one day and are not told in an export.
    """

    sequence = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    verb = models.CharField("事项", max_length=100)
    actor_key = models.CharField("操作者编号", max_length=100)
    actor_name = models.CharField("操作者", max_length=NAME_LENGTH, blank=True)
    subject = models.CharField("对象编号", max_length=100, blank=True)
    subject_name = models.CharField("对象", max_length=NAME_LENGTH, blank=True)
    place = models.CharField("层级路径", max_length=PATH_LENGTH, blank=True)
    reason = models.TextField("理由", blank=True)
    body = models.TextField("变动")
    algorithm = models.CharField("算法", max_length=8)
    previous = models.CharField("上一条校验值", max_length=HASH_LENGTH)
    hash = models.CharField("校验值", max_length=HASH_LENGTH)

    class Meta(WrittenOnce.Meta):
        verbose_name = verbose_name_plural = "审计记录"
        indexes = (
            models.Index(fields=("actor_key", "sequence"), name="audit_entry_actor"),
            models.Index(fields=("subject", "sequence"), name="audit_entry_subject"),
            models.Index(fields=("verb", "sequence"), name="audit_entry_verb"),
            models.Index(fields=("place", "sequence"), name="audit_entry_place"),
        )

    def __str__(self) -> str:
        """Its number."""
        return f"第 {self.sequence} 条"

    @property
    def content(self) -> str:
        """The canonical JSON that is hashed. The body is taken as it stands, so that no other spelling of it passes."""
        told = {
            "actor": canonical(self.actor_key),
            "algorithm": canonical(self.algorithm),
            "at": canonical(moment(self.at)),
            "body": self.body,
            "place": canonical(self.place),
            "sequence": canonical(self.sequence),
            "subject": canonical(self.subject),
            "verb": canonical(self.verb),
        }
        return "{" + ",".join(f'"{key}":{text}' for key, text in told.items()) + "}"

    @property
    def digest(self) -> str:
        """The hash of the content alone."""
        return digest(self.algorithm, self.content.encode())

    def linked_to(self, previous: str) -> str:
        """The hash that the entry has after an entry with that hash."""
        return link(self.algorithm, self.sequence, previous, self.digest)


class AuditSalt(WrittenOnce):
    """What the commitments of an entry were made with. Where it is destroyed, they tell nothing any more."""

    entry = models.OneToOneField(AuditEntry, models.PROTECT, primary_key=True, related_name="salt", verbose_name="记录")
    salt = models.CharField("盐值", max_length=SALT_LENGTH)

    class Meta(WrittenOnce.Meta):
        verbose_name = verbose_name_plural = "审计盐值"

    def __str__(self) -> str:
        """Whose it is; never the salt."""
        return f"第 {self.entry_id} 条的盐值"


class ChainHead(models.Model):
    """The last entry and the last checkpoint. There is one row; whoever appends holds its lock until he commits."""

    sequence = models.BigIntegerField("最后一条", default=0)
    hash = models.CharField("校验值", max_length=HASH_LENGTH)
    checkpoint = models.BigIntegerField("最后的校验点", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "审计链末端"

    def __str__(self) -> str:
        """Where the chain ends."""
        return f"到第 {self.sequence} 条"


class Checkpoint(WrittenOnce):
    """A signed statement that the log had this hash at this entry; `previous` is the checkpoint before, or 0."""

    sequence = models.BigIntegerField("序号", primary_key=True)
    hash = models.CharField("校验值", max_length=HASH_LENGTH)
    at = models.DateTimeField("时间")
    previous = models.BigIntegerField("上一校验点")
    signature = models.CharField("签名", max_length=128)
    key = models.CharField("公钥编号", max_length=16)

    class Meta(WrittenOnce.Meta):
        verbose_name = verbose_name_plural = "审计校验点"

    def __str__(self) -> str:
        """As it is printed at the foot of a report: half the hash, 128 bits, in groups that can be compared by eye."""
        return f"审计校验点 {self.code}"

    @property
    def code(self) -> str:
        """What a person types to check a log against paper."""
        groups = (self.hash[start : start + 4] for start in range(0, 32, 4))
        return f"第 {self.sequence} 条 · {'-'.join(groups)}"

    def told(self) -> dict[str, Any]:
        """What an export says of it."""
        return {
            "at": moment(self.at),
            "hash": self.hash,
            "key": self.key,
            "previous": self.previous,
            "sequence": self.sequence,
            "signature": self.signature,
        }
