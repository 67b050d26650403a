"""The steps of the way into the Party, in their order, and what people call them."""

from dangwu.members.models import Admission
from dangwu.members.personal import ADMISSION

STEP_LABELS = {
    column.name: str(column.verbose_name)
    for column in Admission._meta.concrete_fields  # noqa: SLF001 - Django's own way
    if column.name in ADMISSION
}
PEOPLE = ("contacts", "introducers")
"""Those that name people; the others are days."""
DAYS = tuple(name for name in STEP_LABELS if name not in PEOPLE)
