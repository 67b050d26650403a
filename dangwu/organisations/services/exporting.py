"""Lists of organisations that leave as workbooks stand in the audit."""

from collections.abc import Callable
from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.imports.exporting import OutOf
from dangwu.organisations.policies import SEERS


def may_take(*, by: Actor, out_of: OutOf, **_: object) -> bool:
    """Whether the actor sees organisations there."""
    return not out_of.scope(by, SEERS).is_nothing


@action("organisation.export", allow=may_take)
def export_organisations(*, by: Actor, out_of: OutOf, take: Callable[[], int], on: date) -> int:
    """Let a list of organisations leave, which `take` writes; how long it is."""
    rows = take()
    deed = open_deed()
    deed.counted["organisations.organisation:exported"] += rows
    deed.subject_name, deed.reason, deed.place = "党组织信息表", f"{out_of.on} 的党组织信息表", out_of.place
    return rows
