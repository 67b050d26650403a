"""How many should have come, how many came, and how many of them had a vote; what does not add up is refused."""

from typing import NamedTuple

from dangwu.foundation.objections import ObjectionError
from dangwu.organisations.models import Standing
from dangwu.records.attending import MOST, Attendee, attendees
from dangwu.records.kind_shapes import Expected
from dangwu.records.kinds import ActivityKind
from dangwu.records.standing import activity_kinds
from dangwu.records.told import Told, Vote

VOTELESS = "预备党员没有表决权（《中国共产党章程》第七条）"


class Numbers(NamedTuple):
    """What is kept of who came; `voters` only where the roster says who has a vote."""

    expected: int | None = None
    present: int | None = None
    voters: int | None = None
    voters_present: int | None = None


def numbers(kind: ActivityKind, told: Told, standing: Standing) -> Numbers:
    """The numbers of an activity. Raises ObjectionError where what is told does not add up."""
    match kind.expected:
        case Expected.NAMED:
            return Numbers(present=len(told.took_part) or None)
        case Expected.PAIR:
            return Numbers()
        case Expected.COUNTED:
            return _counted(told)
    called = attendees(kind, standing, told.held_on, group=told.group)
    return _named(called, told) if 0 < len(called) <= MOST else _counted(told)


def check_votes(kind: ActivityKind, told: Told, counted: Numbers) -> None:
    """Refuse votes where there is nothing to vote on, and counts that are not those of the votes that were there."""
    if told.votes and not any(activity_kinds()[served].votes for served in (kind.id, *told.besides)):
        raise ObjectionError(f"{kind.name}不进行表决，请改选党员大会一类的会议，或者删去决议。", field="votes")
    there = counted.voters_present if counted.voters_present is not None else counted.present
    for vote in told.votes:
        _check_vote(vote, there, counted)


def _check_vote(vote: Vote, there: int | None, counted: Numbers) -> None:
    if there is None:
        raise ObjectionError("有决议的会议要先填清应到和实到人数。", field="present")
    if vote.cast == there:
        return
    if counted.present is not None and there < vote.cast <= counted.present:
        why = f"其中有表决权的只有 {there} 人，{VOTELESS}"
    else:
        why = f"到会有表决权的是 {there} 人"
    message = (
        f"“{vote.text}”：赞成 {vote.in_favour}、反对 {vote.against}、弃权 {vote.abstained}，合计 {vote.cast} 票；"
        f"{why}。请核对票数，到会未表态的计入弃权。"
    )
    raise ObjectionError(message, field="votes")


def _named(called: list[Attendee], told: Told) -> Numbers:
    away = {one.person for one in told.absent}
    if away - {someone.person for someone in called}:
        raise ObjectionError("缺席人员里有不在应到名单上的人，请刷新页面重新选择。", field="absent")
    voters = [someone for someone in called if someone.votes]
    here = sum(someone.person not in away for someone in voters)
    return Numbers(len(called), len(called) - len(away), len(voters), here)


def _counted(told: Told) -> Numbers:
    if told.expected is not None and told.present is not None and told.present > told.expected:
        message = f"应到 {told.expected} 人，实到 {told.present} 人：实到不能多于应到，列席的另填。请核对。"
        raise ObjectionError(message, field="present")
    return Numbers(told.expected, told.present)
