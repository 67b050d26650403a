"""Planning an activity, calling it, calling it off."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.checks import freely
from dangwu.organisations.models import Organisation
from dangwu.records.counting import Numbers
from dangwu.records.models import Activity
from dangwu.records.policies import may_keep, may_keep_for
from dangwu.records.services.minuting import kind_or_objection, standing_for
from dangwu.records.told import Told
from dangwu.records.writing import blank, fill, write_rows


@action("activity.plan", allow=may_keep_for, undo=freely)
def plan_activity(
    *, by: Actor, organisation: Organisation, told: Told, today: date, activity: Activity | None = None
) -> Activity:
    """Put down what is to be held, or how that changed; who was told of it already is told anew by people. Raises
    ObjectionError.
    """
    kind = kind_or_objection(told.kind)
    if activity is not None and activity.state not in {Activity.State.PLANNED, Activity.State.CALLED}:
        raise ObjectionError(f"这次活动{activity.get_state_display()}，不能再改计划。")
    if told.held_on < today:
        raise ObjectionError(f"{told.held_on} 已经过去：已经开展的请直接记录，尚未开展的请改日期。", field="held_on")
    standing = standing_for(organisation, kind, told)
    activity = activity or blank(organisation, kind)
    if activity.pk is None:
        activity.state = Activity.State.PLANNED
    fill(activity, told, Numbers())
    activity.save()
    write_rows(activity, told)
    open_deed().about(activity, name=f"{standing.called} {told.held_on} {kind.name}", place=standing.path)
    return activity


@action("activity.call", allow=may_keep, undo=freely)
def call_activity(*, by: Actor, activity: Activity, today: date) -> Activity:
    """Note that those who should come were told. Raises ObjectionError."""
    if activity.state not in {Activity.State.PLANNED, Activity.State.CALLED}:
        raise ObjectionError(f"这次活动{activity.get_state_display()}，不用再通知。")
    activity.state, activity.called_on = Activity.State.CALLED, today
    activity.save()
    return activity


@action("activity.cancel", allow=may_keep, undo=freely)
def cancel_activity(*, by: Actor, activity: Activity, reason: str, today: date) -> Activity:
    """Call an activity off that was not concluded; its plan stays to be read. Raises ObjectionError."""
    if not activity.is_open:
        raise ObjectionError(f"这次活动{activity.get_state_display()}，不能取消；记录有误的，请用“更正”。")
    if not reason.strip():
        raise ObjectionError("请写明取消的原因。", field="reason")
    activity.state, activity.cancel_reason = Activity.State.CANCELLED, reason.strip()
    activity.save()
    return activity
