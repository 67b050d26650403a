"""Writing down what was held: minutes that wait, the conclusion from which on it counts, and corrections of it."""

from collections.abc import Mapping
from datetime import date, timedelta

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.checks import freely
from dangwu.organisations.models import Organisation, Standing
from dangwu.organisations.queries import standing_of
from dangwu.records.counting import check_votes, numbers
from dangwu.records.kinds import ActivityKind
from dangwu.records.models import Activity, AgendaItem
from dangwu.records.policies import may_keep, may_keep_for
from dangwu.records.standing import activity_kinds
from dangwu.records.told import Told
from dangwu.records.writing import blank, fill, write_partners, write_rows, write_services

PROMPT = timedelta(days=7)
"""What is recorded later than this after its day says why."""


@action("activity.minute", allow=may_keep_for, undo=freely)
def minute_activity(
    *, by: Actor, organisation: Organisation, told: Told, today: date, activity: Activity | None = None
) -> Activity:
    """Keep what was written so far of an activity that was held; it does not count yet. Raises ObjectionError."""
    kind, standing = _held(organisation, told, today, activity)
    activity = activity or blank(organisation, kind)
    activity.state = Activity.State.MINUTED
    return _keep(activity, kind, told, standing, _confirmed(by, told, today))


@action("activity.conclude", allow=may_keep_for, undo=freely)
def conclude_activity(
    *,
    by: Actor,
    organisation: Organisation,
    told: Told,
    today: date,
    late_reason: str = "",
    activity: Activity | None = None,
) -> Activity:
    """Record an activity as held, so that it counts from now on for all who held it. What was held more than a week
    ago needs a reason. Raises ObjectionError where numbers do not add up.
    """
    kind, standing = _held(organisation, told, today, activity)
    if not (told.topic or told.agenda or told.took_part or kind.is_confidential):
        raise ObjectionError("请写明主题，或者至少一项议题。", field="topic")
    if today - told.held_on > PROMPT and not late_reason.strip():
        days = (today - told.held_on).days
        raise ObjectionError(f"这是 {days} 天以前的活动，可以补记；请写明补记的原因。", field="late_reason")
    activity = activity or blank(organisation, kind)
    activity.state = Activity.State.CONCLUDED
    activity.recorded_on = activity.recorded_on or today
    activity.late_reason = late_reason.strip()
    return _keep(activity, kind, told, standing, _confirmed(by, told, today))


@action("activity.correct", allow=may_keep, undo=freely)
def correct_activity(*, by: Actor, activity: Activity, told: Told, reason: str, today: date) -> Activity:
    """Put right what was recorded of a concluded activity. Both days stay: when it was held and when it was recorded.
    Raises ObjectionError.
    """
    if activity.state != Activity.State.CONCLUDED:
        raise ObjectionError("这次活动还没有办结，直接修改后办结即可。")
    if not reason.strip():
        raise ObjectionError("请写明更正的理由。", field="reason")
    kind, standing = _checked(activity.organisation, told, today)
    open_deed().reason = reason.strip()
    return _keep(activity, kind, told, standing, _confirmed(by, told, today))


def _held(
    organisation: Organisation, told: Told, today: date, activity: Activity | None
) -> tuple[ActivityKind, Standing]:
    """Refuse what was concluded or called off already."""
    if activity is not None and not activity.is_open:
        state = activity.get_state_display()
        raise ObjectionError(f"这次活动{state}，不能再办结。要修改已办结的记录，请用“更正”。")
    return _checked(organisation, told, today)


def _checked(organisation: Organisation, told: Told, today: date) -> tuple[ActivityKind, Standing]:
    kind = kind_or_objection(told.kind)
    if told.held_on > today:
        raise ObjectionError(f"{told.held_on} 还没有到，请核对日期；尚未开展的，先存为计划。", field="held_on")
    return kind, standing_for(organisation, kind, told)


def standing_for(organisation: Organisation, kind: ActivityKind, told: Told) -> Standing:
    """How the organisation stood on the day. Raises ObjectionError where it was not there, or holds nothing such."""
    try:
        standing = standing_of(organisation, told.held_on)
    except ObjectionError as objection:
        raise ObjectionError(objection.message, field="held_on") from objection
    for field, served in (("kind", kind), *(("besides", kind_or_objection(other)) for other in told.besides)):
        if standing.kind not in served.held_by:
            message = f"“{served.name}”不由{standing.get_kind_display()}召开，请改选活动类型。"
            raise ObjectionError(message, field=field)
    if told.until_on and told.until_on < told.held_on:
        raise ObjectionError("结束日期早于开始日期，请核对。", field="until_on")
    _check_carried(organisation, told)
    for partner in told.partners:
        _check_partner(partner, organisation, told.held_on)
    return standing


def _check_carried(organisation: Organisation, told: Told) -> None:
    """What is taken up again was left open here."""
    keys = {matter.carried_from for matter in told.agenda if matter.carried_from}
    if keys and AgendaItem.objects.of(activity__organisation=organisation).filter(pk__in=keys).count() < len(keys):
        raise ObjectionError("有一项上次遗留的议题已经不在了，请重新打开这一页。", field="agenda")


def _check_partner(partner: int, organisation: Organisation, on: date) -> None:
    if partner == organisation.pk:
        raise ObjectionError("联办党组织里不用再选本组织。", field="partners")
    try:
        standing_of(partner, on)
    except ObjectionError as objection:
        raise ObjectionError(objection.message, field="partners") from objection


def kind_or_objection(kind_id: str) -> ActivityKind:
    """The kind with this code. Raises ObjectionError."""
    kind = activity_kinds().get(kind_id)
    if kind is None:
        raise ObjectionError("请选择活动类型。", field="kind")
    return kind


def _confirmed(by: Actor, told: Told, today: date) -> dict[int, date | None]:
    """The partners; whoever keeps the records of one as well need not confirm to himself."""
    return {key: today if may_keep_for(by=by, organisation=key, today=today) else None for key in told.partners}


def _keep(
    activity: Activity, kind: ActivityKind, told: Told, standing: Standing, partners: Mapping[int, date | None]
) -> Activity:
    counted = numbers(kind, told, standing)
    check_votes(kind, told, counted)
    fill(activity, told, counted)
    activity.save()
    write_rows(activity, told)
    write_partners(activity, partners)
    write_services(activity)
    open_deed().about(activity, name=f"{standing.called} {told.held_on} {kind.name}", place=standing.path)
    return activity
