"""The one way to write into the log: each entry's hash covers the one before, so that no later alteration fits."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from dangwu.foundation.audit.bodies import Mass, Teller
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.audit.models import NAME_LENGTH, SALT_LENGTH, AuditEntry, AuditSalt, ChainHead
from dangwu.foundation.audit.statements import insert, locked, read, update
from dangwu.foundation.audit.verify_audit import START

HEAD = 1
"""The key of the only row of its table."""


@dataclass(frozen=True, slots=True)
class Record:
    """A deed to be written down: `subject` is a model's label and a key, `organisations.organisation:17`, or empty;
    `place` a tree path or empty; `at` is aware of its zone. `masses` are rows that were summed up already, with `salt`.
    """

    verb: str
    actor_key: str
    actor_name: str
    subject: str
    subject_name: str
    place: str
    reason: str
    at: datetime
    changes: Sequence[Change] = ()
    masses: Sequence[Mass] = ()
    salt: str = ""


def append(record: Record) -> AuditEntry:
    """Write a deed down as the last statement of its transaction: until that ends, everybody else who appends waits.

    Raises TransactionManagementError outside a transaction. Names are cut to what the columns hold.
    """
    head = lock_head()
    entry, salt = _entry(record), record.salt or fresh_salt()
    teller = Teller(entry.algorithm, salt)
    names = teller.names(entry.actor_name, entry.subject_name, entry.reason)
    entry.body = teller.body(record.changes, names, record.masses)
    entry.sequence, entry.previous = head.sequence + 1, head.hash
    entry.hash = entry.linked_to(head.hash)
    insert(entry)
    insert(AuditSalt(entry=entry, salt=salt))
    head.sequence, head.hash = entry.sequence, entry.hash
    update(head, "sequence", "hash")
    return entry


def fresh_salt() -> str:
    """What commitments of one entry are made with, in hexadecimal."""
    return secrets.token_hex(SALT_LENGTH // 2)


def await_turn() -> None:
    """Wait until nobody else is about to write: who has the head has all the others wait, from now to the end of his
    transaction. So what he reads stays true until he has written, in whatever order rows are locked.

    SQLite lets only one transaction write at a time by itself.
    """
    if connection.features.has_select_for_update:
        lock_head()


def end_of_chain() -> tuple[int, str] | None:
    """The number and the hash of the last entry, None where there is none: another pair after every write."""
    head = read(ChainHead, HEAD)
    return (head.sequence, head.hash) if head and head.sequence else None


def hash_algorithm() -> str:
    """What new entries are hashed with: sha256, or sm3 where the site uses the national suite."""
    return str(getattr(settings, "AUDIT_HASH", "sha256"))


def lock_head() -> ChainHead:
    """The end of the chain, locked until the transaction ends. Where there is none yet, it is made."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("the audit is written inside a transaction only")
    head = locked(ChainHead, HEAD)
    if head is None:
        ChainHead.objects.get_or_create(pk=HEAD, defaults={"hash": START})
        return lock_head()  # OceanBase tells Django the key 0 of a row that came with its own
    return head


def _entry(record: Record) -> AuditEntry:
    return AuditEntry(
        at=record.at,
        verb=record.verb,
        actor_key=record.actor_key,
        actor_name=record.actor_name[:NAME_LENGTH],
        subject=record.subject,
        subject_name=record.subject_name[:NAME_LENGTH],
        place=record.place,
        reason=record.reason,
        algorithm=hash_algorithm(),
    )
