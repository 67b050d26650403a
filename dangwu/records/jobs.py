"""What records do by themselves."""

from datetime import datetime, timedelta

from dangwu.foundation.ticking import job
from dangwu.records.services.drafts import forget_old_drafts


@job("drafts", "清除三十天没有动过的草稿", every=timedelta(days=1))
def forget_drafts(now: datetime) -> str:
    """Forget what nobody went on with."""
    return f"清除 {forget_old_drafts(now)} 份"
