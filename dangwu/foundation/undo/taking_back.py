"""Undoing what one has just done, as a deed of its own."""

from collections.abc import Iterable
from datetime import datetime

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo import journals
from dangwu.foundation.undo.checks import Check
from dangwu.foundation.undo.keeping import HALF_A_MINUTE, UNDOABLE, Undo

TOO_LATE = "已经超过半分钟，或者已经撤回过，不能再撤回。需要改回去的，请另行办理。"
BUILT_ON = "这件事之后又有了新的办理，不能再撤回。请按现在的情况另行办理。"


def is_own(*, by: Actor, undo: Undo | None, **_: object) -> bool:
    """Whether it was the actor who did it."""
    return undo is None or undo.actor == by.key


@action("deed.take_back", allow=is_own)
def take_back(*, by: Actor, undo: Undo | None, now: datetime) -> None:
    """Put every row back to what it was before. ObjectionError after half a minute (`undo` may then be gone already),
    and where something was built on it.
    """
    if undo is None or now - undo.at > HALF_A_MINUTE or not Undo.objects.filter(pk=undo.pk, actor=by.key).exists():
        raise ObjectionError(TOO_LATE)
    deed, told = open_deed(), AuditEntry.objects.filter(actor_key=undo.actor, verb=undo.verb, subject=undo.subject)
    deed.subject, deed.subject_name, deed.place = undo.subject, undo.subject_name, undo.place
    deed.reason = f"半分钟内撤回{told.latest('sequence')}"
    entries = undo.entries()
    _refuse_taken(entries, UNDOABLE[undo.verb])
    if journals.take_back(entries).obstacles:
        raise ObjectionError(BUILT_ON)
    undo.delete()


def _refuse_taken(entries: Iterable[journals.Entry], check: Check) -> None:
    """Refuse rows whose place somebody else has taken meanwhile."""
    try:
        for entry in entries:
            if entry.before is not None:
                check(journals.row_before(entry))
    except ObjectionError as objection:
        raise ObjectionError(BUILT_ON) from objection
