"""What somebody has typed so far, kept on the way: his alone, and no record yet."""

from datetime import datetime, timedelta

from dangwu.access.models import Account
from dangwu.organisations.models import Organisation
from dangwu.records.models import Draft

KEPT = timedelta(days=30)
MOST = 200_000
"""Characters of a draft; a form that is longer was not typed by hand."""


def keep_draft(account: Account, organisation: Organisation, subject: str, typed: str) -> Draft:
    """Keep what was typed; `subject` tells one record from another: a kind, or the key of an activity."""
    kept, _ = Draft.objects.update_or_create(
        account=account, organisation=organisation, subject=subject, defaults={"typed": typed[:MOST]}
    )
    return kept


def drop_draft(account: Account, organisation: Organisation, subject: str) -> None:
    """Forget it: the record was kept, or its author does not want it."""
    Draft.objects.filter(account=account, organisation=organisation, subject=subject).delete()


def forget_old_drafts(now: datetime) -> int:
    """Delete drafts that nobody touched for thirty days; how many there were."""
    number, _ = Draft.objects.filter(saved_at__lt=now - KEPT).delete()
    return number
