"""What leaves the site as a workbook stands in the audit."""

from dangwu.access.policies import DUTIES
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed


def keeps_lists(*, by: Actor, **_: object) -> bool:
    return by.holds(DUTIES.SYSTEM) or by.holds(DUTIES.SECURITY)


@action("account.export", allow=keeps_lists)
def export_accounts(*, by: Actor, rows: int) -> None:
    """Note that a list of accounts leaves, and how long it is."""
    open_deed().reason = f"共 {rows} 行"


@action("appointment.export", allow=keeps_lists)
def export_appointments(*, by: Actor, rows: int) -> None:
    """Note that a list of appointments leaves, and how long it is."""
    open_deed().reason = f"共 {rows} 行"
