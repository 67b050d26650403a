"""What the audit administrator does with the log; each of it stands in the log as well."""

from datetime import datetime

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.checkpoints import checkpoint_now
from dangwu.foundation.audit.export import Extent
from dangwu.foundation.audit.models import Checkpoint
from dangwu.foundation.audit.reviews import Review
from dangwu.foundation.deeds import open_deed


def keeps_audit(*, by: Actor, **_: object) -> bool:
    """The policy: the log is the audit administrator's."""
    return by.holds("audit")


@action("audit.export", allow=keeps_audit)
def note_export(*, by: Actor, extent: Extent) -> None:
    """Tell that a part of the log is about to leave as a file that anybody can verify."""
    span = extent.span
    open_deed().subject_name = f"{span.start} 至 {span.last}" if span else "全部日志"
    if extent.subtree:
        open_deed().place = extent.subtree.text


@action("audit.list", allow=keeps_audit)
def note_list(*, by: Actor, rows: int) -> None:
    """Tell that a list of so many entries is about to leave as a workbook."""
    open_deed().subject_name = f"{rows} 条审计记录"


@action("audit.checkpoint", allow=keeps_audit)
def make_checkpoint(*, by: Actor, now: datetime) -> Checkpoint | None:
    """Sign the log as it stands; the entry that tells of it comes after. None for an empty log."""
    return checkpoint_now(now)


@action("audit.review", allow=keeps_audit)
def ask_for_review(*, by: Actor, now: datetime, paper: str = "") -> Review:
    """Have the log inspected; `carry_out` does it."""
    review = Review(asked_at=now, asked_by=by.name, paper=paper)
    review.save()
    open_deed().about(review, name="审计日志")
    return review
