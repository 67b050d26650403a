"""What leaves the system about people: rosters that are exported, and the copy that somebody takes of his own record.
Both change nothing; the audit tells of them.
"""

from collections.abc import Callable
from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.members.models import Person
from dangwu.members.own_copy import OwnCopy, copy_of
from dangwu.members.policies import is_own, may_export


@action("member.export", allow=may_export)
def export_roster(
    *, by: Actor, chosen: str, on: date, rows: int = 0, place: str = "", take: Callable[[], int] | None = None
) -> int:
    """Tell that a roster of so many people leaves, chosen by these filters, and from which part of the tree where that
    is said. One with whole numbers is written here, by `take`, so that it is told how many were opened; how many rows.
    """
    deed = open_deed()
    deed.subject_name, deed.reason = "党员名册", chosen
    rows = take() if take else rows
    deed.counted["members.person:exported"] += rows
    subtrees = by.scope("member.export", on).subtrees
    deed.place = place or (str(subtrees[0]) if len(subtrees) == 1 else "")
    return rows


@action("member.own_copy", allow=is_own)
def take_own_copy(*, by: Actor, person: Person, on: date) -> OwnCopy:
    """Everything that is held about somebody, for himself, numbers in full."""
    open_deed().about(person)
    return copy_of(person, on, "本人下载自己的全部记录")
