"""Papers that leave: nothing changes, and the audit tells who took what of whom."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.organisations.models import Standing
from dangwu.records.policies import may_see_in


@action("ledger.take", allow=may_see_in)
def take_paper(*, by: Actor, standing: Standing, what: str, today: date, number: int = 1) -> None:
    """Tell that so many papers of an organisation, or of what is below it, are taken away."""
    deed = open_deed()
    deed.about(standing.organisation, name=standing.called, place=standing.path)
    deed.reason = what
    deed.counted["organisations.organisation:papers"] += number
