"""Comparing with the national system changes nothing; the audit tells of it."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.imports.exporting import OutOf
from dangwu.members.policies import KEEPERS
from dangwu.members.reconciling.comparing import Reconciled


def may_reconcile(*, by: Actor, found: Reconciled, on: date, **_: object) -> bool:
    """Whether the actor keeps the part of the tree that was compared, on the day of which it was and today."""
    days = (found.on, on)
    return all(not OutOf(found.place, day).scope(by, KEEPERS).is_nothing for day in days)


@action("member.reconcile", allow=may_reconcile)
def note_reconciliation(*, by: Actor, found: Reconciled, on: date) -> None:
    """Tell that so many rows were held against what is registered."""
    deed = open_deed()
    deed.subject_name, deed.reason, deed.place = "与全国系统核对", f"{found.called}，{found.on}", found.place
    deed.counted["members.person:compared"] += found.members


@action("member.export_differences", allow=may_reconcile)
def export_differences(*, by: Actor, found: Reconciled, on: date, rows: int) -> None:
    """Tell that a list of differences leaves."""
    deed = open_deed()
    deed.subject_name, deed.reason, deed.place = "与全国系统核对的差异", f"{found.called}，{found.on}", found.place
    deed.counted["members.person:exported"] += rows
