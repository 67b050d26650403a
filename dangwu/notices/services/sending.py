"""Sending: a person releases what he has read over. From then on each delivery goes its way once."""

from collections.abc import Iterator
from datetime import date, datetime

from dangwu.access.scoping import AccountActor
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.objections import ObjectionError
from dangwu.notices.addressing import Somebody, recipients_of
from dangwu.notices.models import Addressee, ChannelSwitch, Delivery, Notice
from dangwu.notices.policies import may_send, may_send_from
from dangwu.notices.queries import channels_of
from dangwu.notices.services.drafting import BATCH, refuse_unless_draft
from dangwu.organisations.models import Organisation

State, Channel = Delivery.State, Delivery.Channel
NO_ACCOUNT = "还没有可以登录的账号"
NO_EMAIL = "没有登记电子邮箱"
NO_PHONE = "没有登记手机号码"
NOBODY = "这个党组织还没有书记，也没有负责的账号，没有人可以收到"
SAME = "接收人与前面的通知对象相同，不重复发送"


@action("notice.send", allow=may_send)
def send_notice(
    *, by: Actor, notice: Notice, version: int, by_email: bool, by_sms: bool, now: datetime, on: date
) -> Notice:
    """Send a draft. Within the product it is there at once; e-mails and short messages follow in office hours.

    ObjectionError where it is a draft no more, or on a way that is not open to the organisation; ConflictError where it
    changed since it was read over.
    """
    refuse_unless_draft(notice)
    _refuse_closed_ways(notice, on, by_email=by_email, by_sms=by_sms)
    notice.version = version
    notice.state, notice.sent_at, notice.by_email, notice.by_sms = Notice.State.SENT, now, by_email, by_sms
    notice.sent_by = by.account if isinstance(by, AccountActor) else None
    notice.save()
    Delivery.objects.bulk_create(_Dispatch(notice, now).deliveries(on), batch_size=BATCH)
    return notice


@action("notice.switch", allow=may_send_from)
def switch_channels(*, by: Actor, organisation: Organisation, email: bool, sms: bool, on: date) -> ChannelSwitch:
    """Open or close e-mail and short messages for an organisation and all below it that have not decided themselves."""
    row = ChannelSwitch.objects.of(organisation=organisation).first()
    row = row or ChannelSwitch(unit_id=organisation.unit_id, organisation=organisation)
    row.email, row.sms = email, sms
    row.save()
    return row


def _refuse_closed_ways(notice: Notice, on: date, *, by_email: bool, by_sms: bool) -> None:
    ways = channels_of(notice.organisation, on)
    if by_email and not ways.email:
        raise ObjectionError("电子邮件没有开通，请只在站内发送，或者先在“发送方式”中开通。", field="by_email")
    if by_sms and not ways.sms:
        raise ObjectionError("短信没有开通，请只在站内发送，或者先在“发送方式”中开通。", field="by_sms")


class _Dispatch:
    """The deliveries of a notice: to each recipient one on each way, however often he was named."""

    def __init__(self, notice: Notice, now: datetime) -> None:
        self.notice = notice
        self.now = now
        self.served: set[str] = set()

    def deliveries(self, on: date) -> list[Delivery]:
        made: list[Delivery] = []
        remarked: list[Addressee] = []
        for addressee, somebodies in recipients_of(self.notice, on):
            fresh = [each for each in somebodies if each.key not in self.served]
            self.served |= {each.key for each in fresh}
            if somebodies and not fresh:
                addressee.remark = SAME
                remarked.append(addressee)
            if not somebodies:
                made.append(self._failed(addressee, Channel.IN_PRODUCT, NOBODY))
            made += [row for each in fresh for row in self._of(addressee, each)]
        Addressee.objects.bulk_update(remarked, ["remark"])
        return made

    def _of(self, addressee: Addressee, to: Somebody) -> Iterator[Delivery]:
        reached = bool(to.account)
        yield self._row(addressee, to, Channel.IN_PRODUCT, "" if reached else NO_ACCOUNT)
        if self.notice.by_email:
            yield self._row(addressee, to, Channel.EMAIL, "" if to.account and to.account.email else NO_EMAIL)
        if self.notice.by_sms:
            yield self._row(addressee, to, Channel.SMS, "" if to.person and to.person.phone else NO_PHONE)

    def _row(self, addressee: Addressee, to: Somebody, channel: str, lacking: str) -> Delivery:
        at_once = State.DELIVERED if channel == Channel.IN_PRODUCT else State.QUEUED
        row = self._failed(addressee, channel, lacking) if lacking else self._new(addressee, channel, at_once)
        row.account, row.person, row.recipient = to.account, to.person, to.key
        row.due_at = self.now if row.state == State.QUEUED else None
        return row

    def _failed(self, addressee: Addressee, channel: str, reason: str) -> Delivery:
        row = self._new(addressee, channel, State.FAILED)
        row.reason, row.recipient = reason, f"organisation:{addressee.organisation_id}"
        return row

    def _new(self, addressee: Addressee, channel: str, state: str) -> Delivery:
        told = {"unit_id": self.notice.unit_id, "notice": self.notice, "addressee": addressee}
        return Delivery(channel=channel, state=state, changed_at=self.now, **told)
