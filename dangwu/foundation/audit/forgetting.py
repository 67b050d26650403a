"""Erasing what the log holds of a person, without breaking the chain: the salts go, and with them every name."""

from collections.abc import Collection

from django.db.models import QuerySet

from dangwu.foundation.audit.bodies import MASS
from dangwu.foundation.audit.changes import Change
from dangwu.foundation.audit.models import AuditEntry, AuditSalt
from dangwu.foundation.deeds import open_deed, unguarded

SALTS = AuditSalt._meta.label_lower  # noqa: SLF001 - Django's own way


def forget(sequences: Collection[int]) -> None:
    """Destroy the salts of these entries and blank their names and reasons, within an action that says so.

    At most 500 at once, so that the action's own entry tells each of them; more is a ValueError. Raises
    OutsideActionError without an action.
    """
    if len(sequences) > MASS:
        raise ValueError(f"at most {MASS} entries at once")
    deed = open_deed()
    salts = AuditSalt.objects.filter(entry__in=sequences)
    kept = list(salts.order_by("entry").values_list("entry", flat=True))
    with unguarded("erasure of names and salts, told to the audit here"):
        QuerySet.delete(salts)
        QuerySet.update(AuditEntry.objects.filter(sequence__in=kept), actor_name="", subject_name="", reason="")
    deed.changes.extend(Change(SALTS, sequence, {"kept": True}, None) for sequence in kept)
