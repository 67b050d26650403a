"""What changes about somebody over time: his membership, where he belongs, his circumstances; and corrections."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import Dated, as_of, change, close_many, correct, open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.checks import freely
from dangwu.kernel.span import FAR
from dangwu.members.models import Affiliation, Circumstances, GroupPlace, Membership, Person, Post
from dangwu.members.policies import may_keep, may_keep_row, may_transfer
from dangwu.members.queries import rows_of
from dangwu.members.services.amending import Amending
from dangwu.members.services.groups import end_places
from dangwu.members.services.posts import end_posts, follow_anew, still_alone
from dangwu.organisations.models import Group, Organisation
from dangwu.organisations.queries import lasting_group, lasting_standing

Kind = Membership.Kind
STEPS: Mapping[str, frozenset[str]] = {
    "": frozenset(Kind),
    Kind.APPLICANT: frozenset({Kind.ACTIVIST, Kind.ENDED}),
    Kind.ACTIVIST: frozenset({Kind.CANDIDATE, Kind.ENDED}),
    Kind.CANDIDATE: frozenset({Kind.PROBATIONARY, Kind.ACTIVIST, Kind.ENDED}),
    Kind.PROBATIONARY: frozenset({Kind.FULL, Kind.ENDED}),
    Kind.FULL: frozenset({Kind.ENDED}),
    Kind.ENDED: frozenset({Kind.APPLICANT}),
}
"""From which stage membership goes on to which; a stage entered by mistake is corrected instead."""

L = TypeVar("L", bound=Dated)


@action("member.advance", allow=may_keep, undo=still_alone)
def change_membership(
    *, by: Actor, person: Person, kind: str, on: date, version: int | None = None, ending: str = ""
) -> Membership:
    """Go on to the next stage on a day. The day on which somebody becomes probationary is that of joining, the day on
    which he becomes full that of confirmation. Raises ObjectionError, ConflictError.
    """
    row = _in_force(Membership, person, on, version)
    if kind not in STEPS[row.kind]:
        raise ObjectionError(f"不能由“{row.get_kind_display()}”直接变为“{Kind(kind).label}”。", field="kind")
    if (kind == Kind.ENDED) != bool(ending):
        raise ObjectionError("党籍终止的，请选择终止原因；其他情况不填。", field="ending")
    days = {Kind.PROBATIONARY: {"joined_on": on}, Kind.FULL: {"confirmed_on": on}}.get(Kind(kind), {})
    changed = change(row, on=on, kind=kind, ending=ending, **days)
    if kind == Kind.ENDED:
        _leave_everything(person, on)
    return _told(person, changed)


@action("member.transfer", allow=may_transfer, undo=still_alone)
def transfer_person(
    *,
    by: Actor,
    person: Person,
    organisation: Organisation,
    on: date,
    group: Group | None = None,
    version: int | None = None,
) -> Affiliation:
    """Let somebody belong to another organisation, or to another group of the same, from a day on. His posts and his
    places in groups of the old one end on that day. Whoever had left the site comes back. Raises ObjectionError,
    ConflictError.
    """
    lasting_standing(organisation, on)
    if group is not None:
        lasting_group(group, organisation)
    places = rows_of(person, Affiliation)
    if not places.filter(valid_until__gt=on).exists():
        return _told(person, open_line(_affiliation(person, organisation, group, on)))
    row = _in_force(Affiliation, person, on, version)
    if row.organisation_id != organisation.pk:
        end_posts(rows_of(person, Post).filter(organisation=row.organisation_id), on=on)
        end_places(rows_of(person, GroupPlace).filter(group__organisation=row.organisation_id), on=on)
    return _told(person, change(row, on=on, organisation_id=organisation.pk, group_id=group.pk if group else None))


@action("member.leave", allow=may_keep, undo=still_alone)
def leave(*, by: Actor, person: Person, on: date, reason: str) -> Affiliation:
    """Let somebody belong nowhere here from a day on: he has gone to an organisation that this site does not know.
    Raises ObjectionError.
    """
    if not reason.strip():
        raise ObjectionError("请写明转往何处，例如“转往外省某单位党委”。", field="reason")
    open_deed().reason = reason.strip()
    row = _in_force(Affiliation, person, on, None)
    _leave_everything(person, on)
    return _told(person, row)


@action("member.settle", allow=may_keep, undo=freely)
def change_circumstances(
    *,
    by: Actor,
    person: Person,
    on: date,
    employment: str,
    whereabouts: str = "",
    category: str = "",
    infirm: bool = False,
    version: int | None = None,
) -> Circumstances:
    """Tell that somebody works or has retired, where he is and of which category, from a day on.
    Raises ObjectionError, ConflictError.
    """
    told = {"employment": employment, "whereabouts": whereabouts, "category": category.strip(), "infirm": infirm}
    row: Circumstances | None = rows_of(person, Circumstances).filter(as_of(on)).first()
    if row is None:
        return _told(person, open_line(Circumstances(unit_id=person.unit_id, person=person, valid_from=on, **told)))
    row.version = version or row.version
    return _told(person, change(row, on=on, **told))


@action("member.correct", allow=may_keep_row)
def correct_row(*, by: Actor, row: Dated, version: int, reason: str, on: date, told: Mapping[str, Any]) -> Dated:
    """Mend a row that was wrong from the beginning, its days included; `on` is the day on which it is done.
    Raises ObjectionError, ConflictError.
    """
    amending = Amending(row)
    row.version = version
    person: Person = row.person  # type: ignore[attr-defined] # all dated rows here have one
    corrected = correct(row, reason=reason, **told)
    amending.note(on)
    if isinstance(corrected, Post):
        follow_anew(corrected, on)
    return _told(person, corrected)


def _affiliation(person: Person, organisation: Organisation, group: Group | None, on: date) -> Affiliation:
    told = {"unit_id": organisation.unit_id, "organisation": organisation, "group": group}
    return Affiliation(person=person, valid_from=on, **told)


def _in_force(model: type[L], person: Person, on: date, version: int | None) -> L:
    row: L | None = rows_of(person, model).filter(as_of(on)).first()
    if row is None:
        raise ObjectionError(f"{on} 没有可以变更的记录，请核对生效日期。", field="on")
    row.version = version or row.version
    return row


def _leave_everything(person: Person, on: date) -> None:
    """End where somebody belongs, his groups and his posts."""
    end_posts(rows_of(person, Post), on=on)
    for model in (Affiliation, GroupPlace):
        rows = rows_of(person, model).filter(valid_until=FAR)
        close_many(rows, on=on)


def _told(person: Person, row: L) -> L:
    open_deed().about(person)
    return row
