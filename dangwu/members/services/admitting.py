"""How far somebody's way into the Party went before the site kept it."""

from collections.abc import Mapping
from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ConflictError, ObjectionError
from dangwu.foundation.undo.checks import freely
from dangwu.members.models import Admission, Person
from dangwu.members.policies import may_keep
from dangwu.members.queries import rows_of
from dangwu.members.services.amending import Amending


@action("member.admission", allow=may_keep, undo=freely)
def describe_admission(
    *, by: Actor, person: Person, version: int | None, on: date, reason: str, told: Mapping[str, str]
) -> Admission:
    """Tell the days of steps, and who cultivates and introduces him; `version` is None where nothing was told before.
    Raises ObjectionError, ConflictError.
    """
    if not reason.strip():
        raise ObjectionError("请写明依据，例如“按入党志愿书登记”。", field="reason")
    open_deed().reason = reason.strip()
    row = rows_of(person, Admission).select_related("person").first()
    if row is None:
        row = Admission(unit_id=person.unit_id, person=person)
    elif version is None:
        raise ConflictError(told, {name: getattr(row, name) for name in told})
    amending = Amending(row) if row.pk else None
    row.version = version or row.version
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    if amending:
        amending.note(on)
    open_deed().about(person)
    return row
