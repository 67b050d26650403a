"""The tables of the foundation."""

from dangwu.foundation.audit.models import AuditEntry, AuditSalt, ChainHead, Checkpoint
from dangwu.foundation.audit.reviews import Review
from dangwu.foundation.submissions import Submission
from dangwu.foundation.ticking import TickRun

__all__ = ["AuditEntry", "AuditSalt", "ChainHead", "Checkpoint", "Review", "Submission", "TickRun"]
