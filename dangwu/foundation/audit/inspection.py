"""Whether the tables of the log are as they were written: everything an export shows, and what it leaves out."""

import json
from collections.abc import Sequence
from datetime import datetime

from dangwu.foundation.audit.bodies import Teller
from dangwu.foundation.audit.chain import HEAD
from dangwu.foundation.audit.export import CHUNK, Extent, export_lines
from dangwu.foundation.audit.forgetting import SALTS
from dangwu.foundation.audit.models import AuditEntry, ChainHead, Checkpoint
from dangwu.foundation.audit.verify_audit import START, AlteredError, Log, verify


def inspect(at: datetime, printed: Sequence[tuple[int, str]] = ()) -> Log:
    """Verify the log of the site, and compare it with checkpoints on paper (sequence, beginning of the hash).

    Raises AlteredError with a sentence at the first fault. Reads everything twice: 200,000 entries take ten seconds.
    """
    log = verify(export_lines(Extent(), at), printed)
    _inspect_ends(log)
    _inspect_names()
    return log


def _inspect_ends(log: Log) -> None:
    head = ChainHead.objects.filter(pk=HEAD).first() or ChainHead(hash=START)
    if (log.first, log.sequence, log.hash) != (1, head.sequence, head.hash):
        raise AlteredError(
            f"日志是第 {log.first} 条至第 {log.sequence} 条，应当是第 1 条至第 {head.sequence} 条："
            "两端的记录被删去或添加过。"
        )
    if (log.checkpoint, len(log.checkpoint_lines)) != (head.checkpoint, Checkpoint.objects.count()):
        raise AlteredError("校验点与日志不符：校验点或者日志末尾的记录被删去或添加过。")


def _inspect_names() -> None:
    """Check what stands in the tables only: names, reasons, salts, the hash of the entry before. From the last entry to
    the first, because a later one tells that an earlier one was to be forgotten.
    """
    following, forgotten = None, set[int]()
    for entry in AuditEntry.objects.select_related("salt").order_by("-sequence").iterator(CHUNK):
        if following and following.previous != entry.hash:
            raise AlteredError(f"第 {following.sequence} 条写明的上一条校验值被改动过。")
        if not _names_hold(entry, forgotten):
            raise AlteredError(f"第 {entry.sequence} 条的操作者、对象、理由或者盐值被改动过。")
        forgotten |= _forgotten_by(entry)
        following = entry


def _names_hold(entry: AuditEntry, forgotten: set[int]) -> bool:
    names = (entry.actor_name, entry.subject_name, entry.reason)
    salt = getattr(entry, "salt", None)
    if salt is None:
        return entry.sequence in forgotten and not any(names)
    return bool(Teller(entry.algorithm, salt.salt).names(*names) == json.loads(entry.body)["names"])


def _forgotten_by(entry: AuditEntry) -> set[int]:
    if SALTS not in entry.body:
        return set()
    changes = json.loads(entry.body)["changes"]
    return {change["pk"] for change in changes if change["model"] == SALTS and "after" not in change}
