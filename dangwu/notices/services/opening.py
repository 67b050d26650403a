"""What leaves next: claimed, so that nobody else takes it, and with the numbers it takes opened, which is told."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.notices.models import Delivery
from dangwu.notices.policies import is_at_the_machine

State, Channel = Delivery.State, Delivery.Channel
LEASE = timedelta(minutes=15)
"""For so long nobody else looks at what was claimed; who claimed it is gone if it is still there then."""
AT_ONCE = 50
PURPOSE = "按党组织发出的通知发送短信"
CUT_SHORT = "发送时中断，不知道是否已经送达；为免重复，没有再发"


class Parcel(NamedTuple):
    """What is handed over. `again` where an earlier attempt may have arrived."""

    pk: int
    uid: UUID
    channel: str
    to: str
    about: str
    text: str
    attempts: int
    again: bool


@action("notice.transmit", allow=is_at_the_machine)
def claim_due(*, by: Actor, now: datetime) -> list[Parcel]:
    """Claim what is due, the longest waiting first, and open the numbers to which it goes."""
    rows = Delivery.objects.filter(due_at__lte=now, state__in=(State.QUEUED, State.SENDING))
    due = list(rows.select_related("notice", "account", "person").order_by("due_at", "pk")[:AT_ONCE])
    taken = [row for row in due if not _is_doubtful(row)]
    doubtful = [row.pk for row in due if _is_doubtful(row)]
    told = {"state": State.FAILED, "reason": CUT_SHORT, "due_at": None, "changed_at": now}
    Delivery.objects.filter(pk__in=doubtful).update(**told)
    parcels = [_parcel(row) for row in taken]
    for row in taken:
        row.state, row.attempts, row.due_at, row.changed_at = State.SENDING, row.attempts + 1, now + LEASE, now
    Delivery.objects.bulk_update(taken, ["state", "attempts", "due_at", "changed_at"])
    return parcels


def _is_doubtful(row: Delivery) -> bool:
    """Whether an e-mail was under way when the program stopped: no mail server can be asked whether it has it."""
    return row.channel == Channel.EMAIL and row.state == State.SENDING


def _parcel(row: Delivery) -> Parcel:
    if row.channel == Channel.SMS:
        assert row.person is not None
        assert row.person.phone is not None
        to = row.person.phone.open(PURPOSE)
    else:
        assert row.account is not None
        to = row.account.email
    again = row.attempts > 0
    return Parcel(row.pk, row.uid, row.channel, to, row.notice.about, row.notice.text, row.attempts + 1, again)
