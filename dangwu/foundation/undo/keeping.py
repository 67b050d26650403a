"""What it takes to undo an action, kept for as long as that is offered."""

from contextvars import ContextVar
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.deeds import Deed
from dangwu.foundation.undo.checks import Check
from dangwu.foundation.undo.journals import Entry, journal, read, written

HALF_A_MINUTE = timedelta(seconds=30)
MOST = 200
"""The most rows that are kept for an undo; what changed more is not offered."""

UNDOABLE: dict[str, Check] = {}
"""The actions that can be undone by verb, each with what is asked of every row that is put back."""

_offered: ContextVar[UUID | None] = ContextVar("offered_undo", default=None)


class Undo(models.Model):
    """Something that was just done, and the rows as they were before. Sealed values stay sealed in it; it is deleted
    when it was used, or soon after nobody can use it any more.
    """

    key = models.UUIDField("编号", primary_key=True, default=uuid4)
    actor = models.CharField("办理人", max_length=100)
    verb = models.CharField("事项", max_length=100)
    at = models.DateTimeField("办理时间", db_index=True)
    subject = models.CharField("对象编号", max_length=100, blank=True)
    subject_name = models.CharField("对象", max_length=200, blank=True)
    place = models.CharField("层级路径", max_length=64, blank=True)
    rows = models.TextField("办理前的内容")

    objects = models.Manager["Undo"]()

    class Meta:
        app_label = "foundation"
        verbose_name = verbose_name_plural = "可撤回的办理"

    def __str__(self) -> str:
        """Which one."""
        return str(self.key)

    def entries(self) -> list[Entry]:
        """The rows before and after."""
        return read(self.rows)


def keep_undo(deed: Deed) -> None:
    """Offer to undo what an action has changed. Part of the action."""
    rows = journal(deed.changes)
    if not rows or len(rows) > MOST:
        return
    told = {"subject": deed.subject, "subject_name": deed.subject_name[:200], "place": deed.place}
    undo = Undo(actor=deed.by.key, verb=deed.verb, at=timezone.now(), rows=written(rows), **told)
    undo.save(force_insert=True)
    _offered.set(undo.key)


def withdraw_offer() -> None:
    """Offer nothing: another action begins."""
    _offered.set(None)


def offered_undo() -> UUID | None:
    """The key that undoes the last action of this request."""
    return _offered.get()


def way_back() -> str:
    """The address that undoes the last action of this request, for `tell`; empty where it cannot be undone."""
    key = offered_undo()
    withdraw_offer()
    return reverse("undo", args=[key]) if key else ""


def forget_undos(*, now: datetime) -> int:
    """Delete what can no longer be undone; how many they were."""
    return Undo.objects.filter(at__lt=now - HALF_A_MINUTE).delete()[0]
