"""Inspections of the log that were asked for, and what they found: they take a while, so they run in the background."""

from datetime import datetime

from django.db import models

from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.verify_audit import AlteredError, printed_checkpoint, sentences


class Review(models.Model):
    """One inspection: of the whole log, compared with a checkpoint on paper where there was one."""

    class State(models.TextChoices):
        WAITING = "waiting", "正在核验"
        WHOLE = "whole", "核验通过"
        FAULTY = "faulty", "核验不通过"

    asked_at = models.DateTimeField("提出时间")
    asked_by = models.CharField("提出人", max_length=200)
    paper = models.CharField("纸上的校验点", max_length=200, blank=True)
    state = models.CharField("结果", max_length=7, choices=State, default=State.WAITING)
    done_at = models.DateTimeField("完成时间", null=True)
    told = models.TextField("说明", blank=True)

    class Meta:
        app_label = "foundation"
        verbose_name = verbose_name_plural = "审计核验"

    def __str__(self) -> str:
        """How it stands."""
        return self.get_state_display()

    def carry_out(self, at: datetime) -> None:
        """Inspect the log now and keep what was found."""
        try:
            log = inspect(at, [printed_checkpoint(self.paper)] if self.paper else [])
            self.state, self.told = self.State.WHOLE, "\n".join(sentences(log)[1:])
        except AlteredError as error:
            self.state, self.told = self.State.FAULTY, str(error)
        self.done_at = at
        self.save()


def last_review() -> Review | None:
    """The newest."""
    return Review.objects.order_by("-pk").first()
