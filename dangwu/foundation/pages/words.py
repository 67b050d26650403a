"""Values as pages write them."""

from datetime import date, datetime

from django.utils import timezone

NOTHING = "—"


def shown(value: object, nothing: str = NOTHING) -> str:
    """A value as a cell shows it."""
    if value is None or value == "":
        return nothing
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
