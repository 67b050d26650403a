"""Short messages and e-mails go out through a real gateway and a real mail server, each at most once."""

from datetime import datetime, timedelta

import pytest

from dangwu.foundation.audit.models import AuditEntry
from dangwu.notices.gateways import HttpGateway
from dangwu.notices.models import Delivery, Notice
from dangwu.notices.opening_hours import is_open, next_open
from dangwu.notices.queries import channels_of
from dangwu.notices.services.opening import CUT_SHORT, LEASE, claim_due
from dangwu.notices.services.sending import NO_EMAIL, NO_PHONE, switch_channels
from dangwu.notices.tests.conftest import BY, DAY, NIGHT, NOON, Bureau, Outside, states
from dangwu.notices.transmitting import WAITS, transmit

PHONE = "1398765432"
MINUTE = timedelta(minutes=1)


def told(bureau: Bureau, end: str, now: datetime = NOON) -> Notice:
    """A short message to the secretary of the office, whose number ends so."""
    return bureau.send(bureau.secretary("钟正", bureau.office, PHONE + end), now=now, sms=True)


def only(notice: Notice, channel: str = "sms") -> Delivery:
    return Delivery.objects.get(notice=notice, channel=channel)


@pytest.mark.django_db
def test_a_message_is_taken_and_later_known_to_have_arrived(bureau: Bureau, outside: Outside) -> None:
    notice = told(bureau, "5")
    assert transmit(NOON, outside.gateway) == "办理 1 件"
    assert states(notice, "sms") == {"钟正": "sent"}
    assert transmit(NOON + MINUTE, outside.gateway) == ""
    assert transmit(NOON + 10 * MINUTE, outside.gateway) == "核实 1 件"
    assert states(notice, "sms") == {"钟正": "delivered"}
    assert outside.taken()["texts"] == ["【节前廉洁提醒】请严格执行中央八项规定精神。"]


@pytest.mark.django_db
def test_what_the_gateway_refuses_has_failed_with_its_reason(bureau: Bureau, outside: Outside) -> None:
    notice = told(bureau, "1")
    transmit(NOON, outside.gateway)
    assert (only(notice).state, only(notice).reason) == ("failed", "短信平台拒收：号码在黑名单中")


@pytest.mark.django_db
def test_a_gateway_that_is_out_of_order_is_asked_again(bureau: Bureau, outside: Outside) -> None:
    notice = told(bureau, "2")
    transmit(NOON, outside.gateway)
    assert (only(notice).state, only(notice).reason) == ("queued", "短信平台忙或者出错，稍后再试")
    transmit(NOON + MINUTE, outside.gateway)
    assert only(notice).state == "sent"
    assert outside.taken()["taken"] == {PHONE + "2": 1}


@pytest.mark.django_db
def test_a_message_that_may_have_arrived_is_asked_for_before_it_is_sent_again(bureau: Bureau, outside: Outside) -> None:
    notice = told(bureau, "3")
    transmit(NOON, outside.gateway)
    assert only(notice).state == "queued"
    transmit(NOON + MINUTE, outside.gateway)
    assert only(notice).state == "sent"
    assert outside.taken()["taken"] == {PHONE + "3": 1}


@pytest.mark.django_db
def test_a_program_that_stopped_in_between_sends_nothing_twice(bureau: Bureau, outside: Outside) -> None:
    notice = told(bureau, "4")
    (parcel,) = claim_due(by=BY, now=NOON)
    outside.gateway.send(str(parcel.uid), parcel.to, "已经交出，结果还没有记下")
    assert transmit(NOON + MINUTE, outside.gateway) == ""
    transmit(NOON + LEASE, outside.gateway)
    assert only(notice).state == "delivered"
    assert outside.taken()["taken"] == {PHONE + "4": 1}


@pytest.mark.django_db
def test_two_at_the_same_time_take_different_messages(bureau: Bureau, outside: Outside) -> None:
    told(bureau, "4")
    assert len(claim_due(by=BY, now=NOON)) == 1
    assert claim_due(by=BY, now=NOON) == []
    assert outside.taken()["taken"] == {}


@pytest.mark.django_db
def test_a_gateway_that_is_down_is_given_up_in_the_end(bureau: Bureau, outside: Outside) -> None:
    notice, now = told(bureau, "4"), NOON
    down = HttpGateway("http://127.0.0.1:9", "secret")
    for wait in (*WAITS, 0):
        transmit(now, down)
        now = next_open(now + wait * MINUTE)
    assert only(notice).state == "failed"
    assert only(notice).reason == "连不上短信平台，或者短信平台没有答复，已试 6 次"
    assert outside.taken()["taken"] == {}


@pytest.mark.django_db
def test_a_gateway_that_does_not_know_this_site_loses_nothing(bureau: Bureau, outside: Outside) -> None:
    notice = told(bureau, "4")
    transmit(NOON, HttpGateway(outside.address, "wrong"))
    assert only(notice).reason == "短信平台不认可本站的凭据，请联系系统管理员，稍后再试"
    transmit(NOON + MINUTE, outside.gateway)
    assert only(notice).state == "delivered"


@pytest.mark.django_db
def test_numbers_are_opened_at_sending_only_and_that_is_told(bureau: Bureau, outside: Outside) -> None:
    told(bureau, "4")
    assert not AuditEntry.objects.filter(verb="notice.transmit").exists()
    transmit(NOON, outside.gateway)
    entry = AuditEntry.objects.get(verb="notice.transmit")
    assert entry.reason == "按党组织发出的通知发送短信"
    assert PHONE not in str(entry.__dict__)


@pytest.mark.django_db
def test_messages_wait_for_office_hours(bureau: Bureau, outside: Outside) -> None:
    notice = told(bureau, "4", now=NIGHT)
    assert transmit(NIGHT, outside.gateway) == ""
    assert states(notice, "sms") == {"钟正": "queued"}
    morning = datetime.fromisoformat("2026-12-01T08:00+08:00")
    assert next_open(NIGHT) == morning
    transmit(morning, outside.gateway)
    assert states(notice, "sms") == {"钟正": "delivered"}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-10-01T10:00", False),  # National Day
        ("2026-10-10T10:00", True),  # a Saturday that is worked
        ("2026-11-29T10:00", False),  # a Sunday
        ("2026-11-30T07:59", False),
        ("2026-11-30T19:59", True),
    ],
)
def test_holidays_are_quiet_and_days_worked_instead_are_not(moment: str, expected: bool) -> None:
    assert is_open(datetime.fromisoformat(f"{moment}+08:00")) is expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "state", "reason"),
    [
        ("zhong@example.org", "sent", ""),
        ("no@example.org", "failed", "邮件服务器拒收（550），请核对电子邮箱"),
        ("later@example.org", "queued", "邮件服务器暂时不收（451），稍后再试"),
        ("gone@example.org", "failed", "交给邮件服务器时中断，不知道是否已经送达；为免重复，没有再发"),
    ],
)
def test_an_email_is_handed_in_once(bureau: Bureau, outside: Outside, email: str, state: str, reason: str) -> None:
    bureau.secretary("钟正", bureau.office, username="zhong", email=email)
    notice = bureau.send(bureau.office, email=True)
    transmit(NOON, outside.gateway)
    row = Delivery.objects.get(notice=notice, channel="email", account__username="zhong")
    assert (row.state, row.reason) == (state, reason)
    transmit(NOON, outside.gateway)
    assert outside.taken()["mails"].count(email) == (0 if email.startswith(("no", "later")) else 1)


@pytest.mark.django_db
def test_an_email_that_was_under_way_when_the_program_stopped_is_not_repeated(bureau: Bureau, outside: Outside) -> None:
    bureau.secretary("钟正", bureau.office, username="zhong", email="zhong@example.org")
    notice = bureau.send(bureau.office, email=True)
    claim_due(by=BY, now=NOON)
    transmit(NOON + LEASE, outside.gateway)
    row = Delivery.objects.get(notice=notice, channel="email", account__username="zhong")
    assert (row.state, row.reason) == ("failed", CUT_SHORT)
    assert outside.taken()["mails"] == []


@pytest.mark.django_db
def test_who_has_neither_number_nor_address_is_told(bureau: Bureau, outside: Outside) -> None:
    zhong = bureau.secretary("钟正", bureau.office)
    notice = bureau.send(zhong, email=True, sms=True)
    assert {row.channel: row.reason for row in Delivery.objects.filter(notice=notice)} == {
        "in_product": "还没有可以登录的账号",
        "email": NO_EMAIL,
        "sms": NO_PHONE,
    }
    assert transmit(NOON, outside.gateway) == ""


@pytest.mark.django_db
def test_a_committee_closes_a_way_for_all_below_it(bureau: Bureau, outside: Outside) -> None:
    assert channels_of(bureau.office, DAY) == (True, True)
    switch_channels(by=BY, organisation=bureau.office, email=True, sms=False, on=DAY)
    assert channels_of(bureau.office, DAY) == (True, False)
    assert channels_of(bureau.personnel, DAY) == (True, True)
    assert channels_of(bureau.elsewhere, DAY) == (False, False)
    assert outside.taken()["mails"] == []
