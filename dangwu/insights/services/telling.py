"""Taking the figures away, which is told to the audit."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.organisations.models import Standing
from dangwu.records.policies import SEE


def may_see_part(*, by: Actor, standing: Standing, today: date, **_: object) -> bool:
    """Whether the actor sees the records of the organisation that the figures are of."""
    return by.scope(SEE, today).covers(standing.path)


@action("figures.export", allow=may_see_part)
def export_figures(*, by: Actor, standing: Standing, told: str, form: str, today: date) -> None:
    """Tell that the figures of an organisation leave as a poster or workbook, `told` of some days."""
    deed = open_deed()
    deed.subject_name, deed.reason = f"{standing.name}数读", f"{told}，{form}"
    deed.place = standing.path
