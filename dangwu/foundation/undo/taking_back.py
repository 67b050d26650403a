"""Undoing what one has just done, as a deed of its own."""

from datetime import datetime
from typing import Any

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import Dated, refuse_overlap
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.keeping import HALF_A_MINUTE, UNDOABLE, Before, Undo

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
    for before in undo.befores():
        _put_back(before, undo.verb)
    undo.delete()


def _put_back(before: Before, verb: str) -> None:
    kept: Any = before.model._base_manager.select_for_update().filter(pk=before.pk).first()  # noqa: SLF001 - Django's own way
    if (kept.version if kept else None) != before.version:
        raise ObjectionError(BUILT_ON)
    if before.text is None:
        _refuse_referred_to(kept)
        kept.delete()
        return
    row = before.row()
    _refuse_taken(row, verb)
    if kept:
        row.version, row._state.adding = kept.version, False  # noqa: SLF001 - Django's own way
        row.save()
    else:
        row.save(force_insert=True)


def _refuse_taken(row: Any, verb: str) -> None:  # noqa: ANN401 - a row of any model
    """Refuse a row whose place somebody else has taken meanwhile."""
    try:
        if isinstance(row, Dated):
            refuse_overlap(row)
        UNDOABLE[verb](row)
    except ObjectionError as objection:
        raise ObjectionError(BUILT_ON) from objection


def _refuse_referred_to(row: Any) -> None:  # noqa: ANN401 - a row of any model
    for relation in row._meta.related_objects:  # noqa: SLF001 - Django's own way
        others = relation.related_model._base_manager  # noqa: SLF001 - Django's own way
        if others.filter(**{relation.field.name: row}).exists():
            raise ObjectionError(BUILT_ON)
