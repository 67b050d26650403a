"""Registering units: the administrative bodies in which party organisations stand."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.objections import ObjectionError
from dangwu.organisations.models import Unit
from dangwu.organisations.policies import may_keep_units


@action("unit.register", allow=may_keep_units)
def register_unit(
    *, by: Actor, name: str, kind: str, on: date, short_name: str = "", parent: Unit | None = None
) -> Unit:
    """Register a unit; `on` is the day on which it is done. Raises ObjectionError for a name that is taken."""
    _refuse_taken_name(name, parent)
    unit = Unit(name=name.strip(), short_name=short_name.strip(), kind=kind, parent=parent)
    unit.save()
    return unit


@action("unit.edit", allow=may_keep_units)
def edit_unit(
    *,
    by: Actor,
    unit: Unit,
    version: int,
    name: str,
    kind: str,
    on: date,
    short_name: str = "",
    parent: Unit | None = None,
) -> Unit:
    """Change what is registered of a unit. Raises ObjectionError, ConflictError."""
    _refuse_taken_name(name, parent, besides=unit)
    unit.version = version
    unit.name, unit.short_name, unit.kind, unit.parent = name.strip(), short_name.strip(), kind, parent
    unit.save()
    return unit


def _refuse_taken_name(name: str, parent: Unit | None, besides: Unit | None = None) -> None:
    if not name.strip():
        raise ObjectionError("请填写单位名称。", field="name")
    namesakes = Unit.objects.filter(name=name.strip(), parent=parent)
    if any(namesake != besides for namesake in namesakes):
        raise ObjectionError(f"已有名为“{name.strip()}”的单位，请换一个名称。", field="name")
