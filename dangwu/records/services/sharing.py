"""What was held together: whoever is named as a partner says whether he was."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.checks import freely
from dangwu.organisations.queries import standing_of
from dangwu.records.models import Activity, Partner
from dangwu.records.policies import may_answer_for
from dangwu.records.standing import activity_kinds
from dangwu.records.writing import write_services


@action("activity.confirm", allow=may_answer_for, undo=freely)
def confirm_partner(*, by: Actor, partner: Partner, today: date) -> None:
    """Say that an activity was held together, so that it counts for the partner from now on. Raises ObjectionError."""
    _refuse_settled(partner)
    partner.confirmed_on = today
    partner.save()
    write_services(partner.activity)
    _about(partner)


@action("activity.decline", allow=may_answer_for, undo=freely)
def decline_partner(*, by: Actor, partner: Partner, today: date) -> None:
    """Say that the organisation took no part: it is named no longer. Raises ObjectionError."""
    _refuse_settled(partner)
    _about(partner)
    partner.delete()


def _refuse_settled(partner: Partner) -> None:
    if partner.activity.state != Activity.State.CONCLUDED:
        raise ObjectionError("这次活动还没有办结，办结以后再确认。")
    if partner.confirmed_on:
        raise ObjectionError("这次活动已经确认过了；记录有误的，请联系记录它的党组织更正。")


def _about(partner: Partner) -> None:
    """It is told in the partner's place."""
    activity = partner.activity
    kind, standing = activity_kinds().get(activity.kind), standing_of(partner.organisation_id, activity.held_on)
    name = f"{standing.called} {activity.held_on} {kind.name if kind else ''}".strip()
    open_deed().about(activity, name=name, place=standing.path)
