"""The tables of the foundation."""

from dangwu.foundation.audit.models import AuditEntry, AuditSalt, ChainHead, Checkpoint
from dangwu.foundation.audit.reviews import Review
from dangwu.foundation.files.models import KeptFile
from dangwu.foundation.imports.models import Batch, RememberedHead, StagedRow, Undoing
from dangwu.foundation.search.models import SearchEntry
from dangwu.foundation.submissions import Submission
from dangwu.foundation.ticking import TickRun
from dangwu.foundation.undo.keeping import Undo

__all__ = [
    "AuditEntry",
    "AuditSalt",
    "Batch",
    "ChainHead",
    "Checkpoint",
    "KeptFile",
    "RememberedHead",
    "Review",
    "SearchEntry",
    "StagedRow",
    "Submission",
    "TickRun",
    "Undo",
    "Undoing",
]
