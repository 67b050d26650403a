"""Confidential talks: that one took place is counted; between whom, and what was said, is for those concerned."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.sealing.sealed import Sealed, seal
from dangwu.members.models import Person
from dangwu.organisations.models import Organisation
from dangwu.records.counting import Numbers
from dangwu.records.models import Activity, Talk
from dangwu.records.policies import may_keep_for, may_read_talk
from dangwu.records.services.minuting import PROMPT, kind_or_objection, standing_for
from dangwu.records.told import Told
from dangwu.records.writing import blank, fill, write_services

CONTENT = "records.talk.content"


@action("talk.record", allow=may_keep_for)
def record_talk(
    *,
    by: Actor,
    organisation: Organisation,
    kind: str,
    held_on: date,
    talker: Person,
    partner: Person,
    content: str,
    today: date,
    late_reason: str = "",
) -> Activity:
    """Record that two talked with each other. The activity says neither who nor about what. Raises ObjectionError."""
    found = kind_or_objection(kind)
    told = Told(kind=kind, held_on=held_on)
    if not found.is_confidential:
        raise ObjectionError("这类活动不是谈话，请改选活动类型。", field="kind")
    if talker.pk == partner.pk:
        raise ObjectionError("谈话人和谈话对象不能是同一个人，请重新选择。", field="partner")
    if held_on > today:
        raise ObjectionError(f"{held_on} 还没有到，请核对日期。", field="held_on")
    if today - held_on > PROMPT and not late_reason.strip():
        raise ObjectionError("这是一周以前的谈话，可以补记；请写明补记的原因。", field="late_reason")
    standing = standing_for(organisation, found, told)
    activity = blank(organisation, found)
    fill(activity, told, Numbers())
    activity.recorded_on, activity.late_reason = today, late_reason.strip()
    activity.save()
    talk = Talk(unit_id=organisation.unit_id, activity=activity, talker=talker, partner=partner)
    talk.content = _sealed(talk, content)
    talk.save()
    write_services(activity)
    open_deed().about(activity, name=f"{standing.called} {held_on} {found.name}", place=standing.path)
    return activity


@action("talk.read", allow=may_read_talk)
def read_talk(*, by: Actor, talk: Talk, today: date) -> str:
    """What was said in a talk; that it was read stays in the audit."""
    open_deed().about(talk.activity)
    return talk.content.open(purpose="查看谈话记录") if talk.content else ""


def _sealed(talk: Talk, content: str) -> Sealed | None:
    text = content.strip()
    return seal(text, owner=talk.uid, field=CONTENT, findable=False) if text else None
