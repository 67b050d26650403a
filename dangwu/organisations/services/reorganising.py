"""Founding, renaming, changing in kind, moving and dissolving organisations, each effective on a day.

What touches the members too (merging, splitting, dissolving with members) is in `dangwu.members.services.reorganising`,
which is built of these.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import change, change_many, close, close_many, open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pinyin import spelled
from dangwu.foundation.scope import TRIALS
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Group, Organisation, OrganisationKind, Standing, Unit
from dangwu.organisations.policies import may_found, may_move, may_reorganise
from dangwu.organisations.queries import lasting_standing, standing_of

HERE = "part of an action on organisations that its policy has let pass"


@action("organisation.found", allow=may_found)
def found_organisation(
    *,
    by: Actor,
    unit: Unit,
    parent: Organisation | None,
    name: str,
    kind: str,
    on: date,
    short_name: str = "",
    stands_in: Unit | None = None,
) -> Standing:
    """Set up an organisation below another, or as one of the highest. Raises ObjectionError."""
    if kind == OrganisationKind.GROUP:
        raise ObjectionError("党小组不是一级党组织，请在所属党支部的页面上设立。", field="kind")
    above = lasting_standing(_locked(parent), on) if parent else None
    if above:
        _refuse_later_changes([above], on)
    named = named_columns(name, short_name)
    _refuse_namesake(named["name"], parent, on)
    organisation = Organisation(unit=unit, founded_on=on, parent_known=True, stands_in=stands_in)
    organisation.save()
    place = _next_place(parent, above)
    standing = Standing(unit=unit, organisation=organisation, kind=kind, parent=parent, path=str(place), **named)
    standing.valid_from = on
    return _told(open_line(standing))


def still_only_one(row: Model) -> None:
    """Refuse that a name comes back which another beside it bears by now. Raises ObjectionError."""
    if isinstance(row, Standing):
        _refuse_namesake(row.name, row.parent, row.valid_from, besides=row.organisation)


@action("organisation.rename", allow=may_reorganise, undo=still_only_one)
def rename_organisation(
    *, by: Actor, organisation: Organisation, name: str, on: date, short_name: str = "", version: int | None = None
) -> Standing:
    """Give an organisation another name from a day on. Raises ObjectionError, ConflictError."""
    standing = _in_force(organisation, on, version)
    named = named_columns(name, short_name)
    _refuse_namesake(named["name"], standing.parent, on, besides=organisation)
    return _told(change(standing, on=on, **named))


@action("organisation.change_kind", allow=may_reorganise)
def change_kind(
    *,
    by: Actor,
    organisation: Organisation,
    kind: str,
    name: str,
    on: date,
    short_name: str = "",
    version: int | None = None,
) -> Standing:
    """Make an organisation one of another kind from a day on, a branch a general branch: with its new name.
    Raises ObjectionError, ConflictError.
    """
    standing = _in_force(organisation, on, version)
    named = named_columns(name, short_name)
    _refuse_namesake(named["name"], standing.parent, on, besides=organisation)
    return _told(change(standing, on=on, kind=kind, **named))


@action("organisation.move", allow=may_move)
def move_organisation(
    *, by: Actor, organisation: Organisation, under: Organisation, on: date, version: int | None = None
) -> Standing:
    """Put an organisation with everything below it under another from a day on; its members stay where they are.
    Raises ObjectionError, ConflictError.
    """
    return _told(move(_in_force(organisation, on, version), under, on))


def move(standing: Standing, under: Organisation, on: date) -> Standing:
    """Move a subtree. Part of an action. Raises ObjectionError."""
    above = lasting_standing(_locked(under), on)
    old = TreePath(standing.path)
    if old.contains(TreePath(above.path)):
        raise ObjectionError("不能移到它自己或者它的下级之下，请另选上级组织。", field="under")
    if standing.parent_id == under.pk:
        raise ObjectionError("它现在就在这个上级组织之下，不需要移动。", field="under")
    _refuse_namesake(standing.name, under, on)
    branch = _subtree(old)
    _refuse_later_changes([above, *branch], on)
    moved = [row for row in branch if row.in_force(on)]
    place = _next_place(under, above)
    new: list[dict[str, Any]] = [{"path": f"{place}{row.path[len(old.text) :]}"} for row in moved]
    columns = [
        fields | {"parent_id": under.pk if row.organisation_id == standing.organisation_id else row.parent_id}
        for row, fields in zip(moved, new, strict=True)
    ]
    rows = change_many(moved, on=on, new=columns)
    return next(row for row in rows if row.organisation_id == standing.organisation_id)


def dissolve(organisation: Organisation, on: date) -> Standing:
    """End an organisation that has nothing below it any more, with its groups. Part of an action; whoever calls it has
    carried the members away. Raises ObjectionError.
    """
    standing = _in_force(organisation, on, None)
    children = Standing.objects.unscoped(HERE).filter(parent=organisation, valid_until__gt=on)
    if names := list(children.values_list("name", flat=True)[:3]):
        raise ObjectionError(f"下面还有党组织（{'、'.join(names)}），请先移到别处或者一并撤销。")
    if standing.valid_from == on:
        told = f"“{standing.name}”在 {on} 当天刚有变动（建立、更名或者调整），请把生效日期改在那之后。"
        raise ObjectionError(told, field="on")
    close_many(Group.objects.unscoped(HERE).filter(organisation=organisation, valid_until__gt=on), on=on)
    ended = close(standing, on=on)
    kept = standing.organisation
    kept.dissolved_on = on
    kept.save()
    return ended


def _in_force(organisation: Organisation, on: date, version: int | None) -> Standing:
    """The standing to be changed; a version that somebody has seen must still be the newest."""
    standing = standing_of(_locked(organisation), on)
    _refuse_later_changes([standing], on)
    if version is not None:
        standing.version = version
    return standing


def _locked(organisation: Organisation) -> Organisation:
    """The same organisation, which nobody else reorganises until the transaction ends."""
    return Organisation.objects.unscoped(HERE).select_for_update().get(pk=organisation.pk)


def _subtree(path: TreePath) -> list[Standing]:
    low, high = path.bounds
    rows = Standing.objects.unscoped(HERE).filter(path__gte=low, path__lt=high)
    return list(rows.select_for_update().order_by("path", "valid_from"))


def _next_place(parent: Organisation | None, above: Standing | None) -> TreePath:
    """A number below the parent that nobody ever had."""
    rows = Standing.objects.unscoped(HERE).filter(parent=parent, path__lt=str(TRIALS))
    taken = max((int(path[-4:]) for path in rows.values_list("path", flat=True)), default=0)
    return TreePath(above.path).child(taken + 1) if above else TreePath(f"{taken + 1:04}")


def _refuse_later_changes(rows: Iterable[Standing], on: date) -> None:
    """Reorganisations are told in the order of their days: what was built on later cannot be changed beneath it."""
    organisations = {row.organisation_id for row in rows}
    later = Standing.objects.unscoped(HERE).filter(organisation__in=organisations, valid_from__gt=on)
    if first := later.order_by("valid_from").first():
        raise ObjectionError(
            f"“{first.name}”在 {first.valid_from} 已有变动，不能再登记更早的变动。请把生效日期改在那之后；"
            "原登记有误的，请用“更正”。",
            field="on",
        )


def _refuse_namesake(name: str, parent: Organisation | None, on: date, besides: Organisation | None = None) -> None:
    rows = Standing.objects.unscoped(HERE).filter(parent=parent, name=name, valid_until__gt=on, path__lt=str(TRIALS))
    if rows.exclude(organisation=besides).exists():
        raise ObjectionError(f"同一上级之下已有“{name}”，请换一个名称。", field="name")


def named_columns(name: str, short_name: str) -> dict[str, str]:
    """The columns of a standing that follow from what an organisation is called. Raises ObjectionError."""
    name, short_name = name.strip(), short_name.strip()
    if not name:
        raise ObjectionError("请填写党组织名称。", field="name")
    spelling = spelled(name, short_name)
    return {"name": name, "short_name": short_name, "pinyin": spelling.whole[:400], "initials": spelling.initials[:100]}


def _told(standing: Standing) -> Standing:
    open_deed().about(standing.organisation, name=standing.name, place=standing.path)
    return standing
