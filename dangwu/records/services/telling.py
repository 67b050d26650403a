"""Taking lists of activities away, which is told to the audit."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.records.policies import SEE


def may_see_any(*, by: Actor, today: date, **_: object) -> bool:
    """Whether the actor sees records anywhere."""
    return not by.scope(SEE, today).is_nothing


@action("activity.export", allow=may_see_any)
def export_activities(*, by: Actor, chosen: str, rows: int, today: date) -> None:
    """Tell that a list of so many activities leaves, chosen by these filters."""
    deed = open_deed()
    deed.subject_name, deed.reason = "组织生活记录", chosen
    deed.counted["records.activity:exported"] += rows
    subtrees = by.scope(SEE, today).subtrees
    deed.place = str(subtrees[0]) if len(subtrees) == 1 else ""
