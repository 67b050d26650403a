"""What somebody has typed so far, kept on the way: his alone, and no record yet."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Q

from dangwu.access.models import Account
from dangwu.foundation.undo.keeping import HALF_A_MINUTE
from dangwu.organisations.models import Organisation
from dangwu.records.models import Draft

KEPT = timedelta(days=30)


def keep_draft(account: Account, organisation: Organisation, subject: str, key: UUID, typed: str) -> Draft:
    """Keep what was typed into a form, which its key tells from all others; `subject` tells what the form is for."""
    told = {"organisation": organisation, "subject": subject, "typed": typed}
    kept, _ = Draft.objects.update_or_create(account=account, key=key, defaults=told)
    return kept


def drop_draft(account: Account, key: UUID) -> None:
    """Forget it: its author does not want it, or what he sent cannot be undone."""
    Draft.objects.filter(account=account, key=key).delete()


def set_aside(draft: Draft, undo: UUID) -> None:
    """Hide what was sent, until that is undone."""
    draft.undo = undo
    draft.save()


def bring_back(account: Account, undo: UUID) -> Draft | None:
    """What was sent is a draft again, for its sending was undone; a form of its own, for the old one was sent."""
    draft = Draft.objects.filter(account=account, undo=undo).first()
    if draft:
        draft.key, draft.undo = uuid4(), None
        draft.save()
    return draft


def forget_old_drafts(now: datetime) -> int:
    """Delete what nobody touched for thirty days, and what was sent and cannot be undone any more; how many."""
    untouched, sent = Q(saved_at__lt=now - KEPT), Q(undo__isnull=False, saved_at__lt=now - HALF_A_MINUTE)
    number, _ = Draft.objects.filter(untouched | sent).delete()
    return number
