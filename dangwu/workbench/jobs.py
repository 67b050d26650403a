"""What the workbench does by itself."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from dangwu.foundation.audit.reviews import Review
from dangwu.foundation.ticking import job
from dangwu.members.reconciling.keeping import forget_old
from dangwu.workbench.audit_tasks import review_log
from dangwu.workbench.papers.tasks import forget_old_bundles


@job("review", "核验审计日志", every=timedelta(days=1))
def review_daily(now: datetime) -> str:
    """Have the whole log inspected once a day, whoever looks at it."""
    review = Review.objects.create(asked_at=now, asked_by="系统")
    review_log.enqueue(review.pk)
    return "已交给后台核验"


@job("ledgers", "清除七天前打包的台账", every=timedelta(days=1))
def forget_ledgers(now: datetime) -> str:
    """Throw away archives that somebody had packed more than a week ago."""
    gone = forget_old_bundles(now)
    return f"清除 {gone} 个" if gone else ""


@job("devices", "清除已结束登录的设备记录", every=timedelta(days=1))
def forget_devices(now: datetime) -> str:
    """Forget from where somebody was signed in once that session is over."""
    over = UserSession.objects.exclude(
        session_key__in=Session.objects.filter(expire_date__gte=now).values("session_key")
    )
    return f"清除 {over.delete()[0]} 个"


@job("reconciliations", "清除一周以前的核对清单", every=timedelta(days=1))
def forget_reconciliations(now: datetime) -> str:  # noqa: ARG001 - their files tell their age
    """Forget what was found in comparisons with the national system."""
    return f"清除 {forget_old()} 份"
