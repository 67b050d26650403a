"""Small logs for the tests: invented deeds on a fixed day, and the lines of their export."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from dangwu.foundation.audit.chain import Record, append
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.audit.checkpoints import checkpoint_now
from dangwu.foundation.audit.export import Extent, export_lines
from dangwu.foundation.audit.models import AuditEntry

AT = datetime(2026, 10, 15, 1, tzinfo=UTC)
WHOLE_LOG = Extent()

RENAMED = Change("organisations.organisation", 3, {"name": "第三支部", "kind": "branch"}, {"name": "人事处支部"})
PHONE = Change("members.person", 17, {"phone": "13800000000"}, {"phone": "13911111111"}, frozenset({"phone"}))

DEED = Record(
    verb="organisation.rename",
    actor_key="account:17",
    actor_name="安安",
    subject="organisations.organisation:3",
    subject_name="第三支部",
    place="00010002",
    reason="机构改革",
    at=AT,
    changes=(RENAMED, PHONE),
)


def write(**fields: Any) -> AuditEntry:  # noqa: ANN401 - any field of a record
    with transaction.atomic():
        return append(replace(DEED, **fields))


def write_log(entries: int, *, checkpoint_every: int = 5) -> None:
    """Deeds in two subtrees in turn, with a checkpoint every so often and one at the end."""
    for number in range(1, entries + 1):
        write(actor_key=f"account:{number % 3}", place="00010001" if number % 2 else "00020001", reason=f"第{number}次")
        if number % checkpoint_every == 0:
            checkpoint_now(AT)
    checkpoint_now(AT)


def exported(extent: Extent = WHOLE_LOG) -> list[bytes]:
    return list(export_lines(extent, AT))
