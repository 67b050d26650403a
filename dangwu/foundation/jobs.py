"""What the foundation does by itself."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from dangwu.foundation.audit.checkpoints import checkpoint_now, is_due
from dangwu.foundation.files.storing import sweep
from dangwu.foundation.imports.services.forgetting import forget_old_batches
from dangwu.foundation.submissions import forget_submissions
from dangwu.foundation.ticking import job
from dangwu.foundation.undo.keeping import forget_undos

MINUTELY, DAILY = timedelta(minutes=1), timedelta(days=1)


@job("checkpoint", "给审计日志签校验点", every=MINUTELY)
def sign_checkpoint(now: datetime) -> str:
    """Sign the log where it wants it."""
    return str(checkpoint_now(now)) if is_due(now) else ""


@job("submissions", "清除七天前的表单编号", every=DAILY)
def forget_old_submissions(now: datetime) -> str:
    """Forget forms that nobody can still send."""
    return f"清除 {forget_submissions(now=now)} 个"


@job("undos", "清除不能再撤回的办理", every=MINUTELY)
def forget_old_undos(now: datetime) -> str:
    """Forget how rows were before what nobody can undo any more."""
    gone = forget_undos(now=now)
    return f"清除 {gone} 个" if gone else ""


@job("sessions", "清除过期的登录", every=DAILY)
def clear_sessions(now: datetime) -> str:
    """Delete sessions whose time is over: nothing else ever would."""
    return f"清除 {Session.objects.filter(expire_date__lt=now).delete()[0]} 个"


@job("imports", "清除三十天前的导入内容", every=DAILY)
def forget_old_imports(now: datetime) -> str:
    """Throw away what was only kept for deciding about imports, and for undoing them."""
    return f"清除 {forget_old_batches(now=now)} 批"


@job("files", "清除已删除附件的残留", every=DAILY)
def sweep_files(_now: datetime) -> str:
    """Delete the bytes of files that nobody refers to; nobody could read them any more."""
    gone = sweep()
    return f"清除 {gone} 个" if gone else ""
