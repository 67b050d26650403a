"""The tables of the foundation."""

from dangwu.foundation.audit.models import AuditEntry, AuditSalt, ChainHead, Checkpoint
from dangwu.foundation.submissions import Submission

__all__ = ["AuditEntry", "AuditSalt", "ChainHead", "Checkpoint", "Submission"]
