"""The tables of the foundation."""

from dangwu.foundation.audit.models import AuditEntry, AuditSalt, ChainHead, Checkpoint

__all__ = ["AuditEntry", "AuditSalt", "ChainHead", "Checkpoint"]
