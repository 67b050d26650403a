"""What records do by themselves."""

from datetime import datetime, timedelta

from dangwu.foundation.ticking import job
from dangwu.records.services.drafts import forget_old_drafts


@job("drafts", "清除三十天没有动过、或者已经提交的草稿", every=timedelta(minutes=1))
def forget_drafts(now: datetime) -> str:
    """Forget what nobody went on with, and what was sent for good."""
    gone = forget_old_drafts(now)
    return f"清除 {gone} 份" if gone else ""
