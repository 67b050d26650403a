"""What is kept of an organisation by itself: what is told of it, its terms, its groups."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import change, open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.checks import freely
from dangwu.organisations.models import Group, Organisation, Standing, Term
from dangwu.organisations.policies import may_keep
from dangwu.organisations.queries import lasting_standing, standing_of

TOLD = frozenset(
    {
        "founded_on",
        "stands_in",
        "has_committee",
        "committee_members",
        "units_covered",
        "staff_total",
        "full_time_staff",
        "secretary_is_head",
    }
)
KINDS = ("party_group", "mutual_help_group", "duty_group")


def may_keep_row(*, by: Actor, row: Term | Group, on: date, **_: object) -> bool:
    """Whether the actor keeps the organisation whose row this is."""
    return may_keep(by=by, organisation=row.organisation, on=on)


@action("organisation.describe", allow=may_keep, undo=freely)
def describe_organisation(
    *, by: Actor, organisation: Organisation, version: int, on: date, told: Mapping[str, Any]
) -> Organisation:
    """Change what is told of an organisation; None for what nobody knows. Raises ObjectionError, ConflictError."""
    organisation.version = version
    for column, value in told.items():
        assert column in TOLD, column
        setattr(organisation, column, value)
    organisation.save()
    _about(standing_of(organisation, on))
    return organisation


@action("term.open", allow=may_keep)
def open_term(*, by: Actor, organisation: Organisation, started_on: date, on: date, until: date | None = None) -> Term:
    """Tell of an election: the term begins on that day. Where its end is not told, the rulebook derives it.
    Raises ObjectionError.
    """
    _refuse_backward(started_on, until)
    if Term.objects.of(organisation=organisation).filter(started_on=started_on):
        raise ObjectionError(f"{started_on} 选举的这一届已经登记过了。", field="started_on")
    term = Term(unit_id=organisation.unit_id, organisation=organisation, started_on=started_on, until=until)
    return _saved(term, organisation, on)


@action("term.correct", allow=may_keep_row)
def correct_term(
    *,
    by: Actor,
    row: Term,
    version: int,
    on: date,
    reason: str,
    started_on: date,
    until: date | None,
    postponed_until: date | None,
) -> Term:
    """Mend what is told of a term, or until when it was allowed to run on. Raises ObjectionError, ConflictError."""
    if not reason.strip():
        raise ObjectionError("请写明理由，例如“上级批复同意延期换届”。", field="reason")
    _refuse_backward(started_on, until)
    _refuse_backward(until or started_on, postponed_until)
    open_deed().reason = reason.strip()
    row.version = version
    row.started_on, row.until, row.postponed_until = started_on, until, postponed_until
    return _saved(row, row.organisation, on)


@action("group.form", allow=may_keep, undo=freely)
def form_group(
    *,
    by: Actor,
    organisation: Organisation,
    name: str,
    on: date,
    party_group: bool = True,
    mutual_help_group: bool = False,
    duty_group: bool = False,
) -> Group:
    """Form a group from a day on; one that is of several kinds at once is one group. Raises ObjectionError."""
    lasting_standing(organisation, on)
    kinds = {"party_group": party_group, "mutual_help_group": mutual_help_group, "duty_group": duty_group}
    _refuse_unnamed(name, kinds)
    group = Group(unit_id=organisation.unit_id, organisation=organisation, name=name.strip(), valid_from=on, **kinds)
    open_line(group)
    _about(standing_of(organisation, on))
    return group


@action("group.change", allow=may_keep_row, undo=freely)
def change_group(*, by: Actor, row: Group, version: int, on: date, kinds: Mapping[str, bool]) -> Group:
    """Let a group be of other kinds from a day on. Raises ObjectionError, ConflictError."""
    _refuse_unnamed(row.name, kinds)
    row.version = version
    changed = change(row, on=on, **{kind: kinds.get(kind, False) for kind in KINDS})
    _about(standing_of(row.organisation, on))
    return changed


def _saved(term: Term, organisation: Organisation, on: date) -> Term:
    term.save()
    _about(standing_of(organisation, on))
    return term


def _about(standing: Standing) -> None:
    open_deed().about(standing.organisation, name=standing.name, place=standing.path)


def _refuse_backward(earlier: date, later: date | None) -> None:
    if later is not None and later <= earlier:
        raise ObjectionError("结束日期应当晚于开始日期，请核对。", field="until")


def _refuse_unnamed(name: str, kinds: Mapping[str, bool]) -> None:
    if not name.strip():
        raise ObjectionError("请填写小组名称，例如“第一党小组”。", field="name")
    if not any(kinds.values()):
        raise ObjectionError("请至少选择一种小组类别。", field="party_group")
