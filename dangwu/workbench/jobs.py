"""What the workbench does by itself."""

from datetime import datetime, timedelta

from dangwu.foundation.audit.reviews import Review
from dangwu.foundation.ticking import job
from dangwu.workbench.audit_tasks import review_log


@job("review", "核验审计日志", every=timedelta(days=1))
def review_daily(now: datetime) -> str:
    """Have the whole log inspected once a day, whoever looks at it."""
    review = Review.objects.create(asked_at=now, asked_by="系统")
    review_log.enqueue(review.pk)
    return "已交给后台核验"
