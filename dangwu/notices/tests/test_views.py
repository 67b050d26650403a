"""The pages of notices: one's own, composing, the last look, and what became of each."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dangwu.access.models import Account
from dangwu.notices.models import Addressee, ChannelSwitch, Delivery, Notice
from dangwu.notices.queries import unread_for
from dangwu.notices.tests.conftest import Bureau
from dangwu.notices.tests.conftest import nobody as nobody_of
from tests.accounts import appointed, sign_in

pytestmark = pytest.mark.same_everywhere  # a page is the same on every database


def page(who: Account, name: str, *args: int, **asked: str) -> str:
    response = sign_in(Client(), who).get(reverse(name, args=args), asked)
    assert response.status_code == 200
    return response.content.decode()


def post(who: Account, name: str, *args: int, status: int = 302, **filled: object) -> str:
    return fill(who, name, filled, *args, status=status)


def fill(who: Account, name: str, filled: dict[str, object], *args: int, status: int = 302) -> str:
    told = {"idempotency_key": str(uuid4()), **filled}
    response = sign_in(Client(), who).post(reverse(name, args=args), told)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


@pytest.fixture
def zhong(bureau: Bureau) -> Account:
    return appointed(bureau.office, role="secretary", username="zhong")


def test_opening_a_notice_marks_it_read_for_oneself_alone(bureau: Bureau, zhong: Account) -> None:
    notice = bureau.send(bureau.office)
    assert "1 份未读" in page(zhong, "notices")
    mine = Delivery.objects.get(account=zhong)
    assert "请严格执行" in page(zhong, "notice-read", mine.pk)
    assert unread_for(zhong) == 0
    assert "没有未读的通知" in page(zhong, "notices")
    assert "阅读" not in page(bureau.clerk, "notice", notice.pk)
    assert "已读" not in page(bureau.clerk, "notice", notice.pk)


def test_the_navigation_of_every_page_tells_how_many_are_unread(bureau: Bureau, zhong: Account) -> None:
    def told() -> int:
        navigation = client.get(reverse("rules")).context["navigation"]
        return int(next(item.count for item in navigation if item.key == "notices"))

    client = sign_in(Client(), zhong)
    assert told() == 0
    bureau.send(bureau.office)
    assert told() == 1
    client.get(reverse("notice-read", args=[Delivery.objects.get(account=zhong).pk]))
    assert told() == 0


def test_nobody_reads_the_notices_of_somebody_else(bureau: Bureau, zhong: Account) -> None:
    bureau.send(bureau.office)
    mine = Delivery.objects.get(account=zhong)
    response = sign_in(Client(), nobody_of("other")).get(reverse("notice-read", args=[mine.pk]))
    assert response.status_code == 404


@pytest.mark.parametrize(("to", "number"), [("branches", 2), ("all", 2), ("members", 1)])
def test_a_notice_is_composed_for_all_below(bureau: Bureau, to: str, number: int) -> None:
    bureau.secretary("钟正", bureau.office)
    where = {"organisation_key": bureau.committee.pk, "organisation": "机关党委"}
    fill(bureau.clerk, "notice-new", {"about": "廉洁提醒", "text": "请严格自律。", "to": to, **where})
    draft = Notice.objects.unscoped("a test").get()
    assert (draft.state, Addressee.objects.of(notice=draft).count()) == ("draft", number)


def test_whom_one_wants_to_tell_must_be_named(bureau: Bureau) -> None:
    words = {"about": "廉洁提醒", "text": "请严格自律。", "to": "one", "organisation_key": bureau.committee.pk}
    told = fill(bureau.clerk, "notice-new", words, status=422)
    assert "请选择要通知的党组织。" in told
    assert "请严格自律。" in told


def test_the_last_look_says_to_whom_and_that_it_stays_within(bureau: Bureau, zhong: Account) -> None:
    draft = bureau.draft(bureau.office, bureau.personnel)
    told = page(bureau.clerk, "notice-send", draft.pk)
    assert "发给：办公室党支部、人事处党支部。" in told
    assert "只在站内发送" in told
    assert "同时发短信" not in told
    post(bureau.clerk, "notice-send", draft.pk, version=draft.version)
    assert unread_for(zhong) == 1


def test_what_became_of_each_can_be_filtered_and_exported(bureau: Bureau, zhong: Account) -> None:
    notice = bureau.send(bureau.office, bureau.personnel)
    assert zhong.name in page(bureau.clerk, "notice", notice.pk)
    failed = page(bureau.clerk, "notice", notice.pk, state="failed")
    assert "人事处党支部" in failed
    assert "没有人可以收到" in failed
    response = sign_in(Client(), bureau.clerk).get(reverse("notice", args=[notice.pk]), {"as": "xlsx"})
    assert response["Content-Type"].startswith("application/vnd.openxml")


def test_a_draft_is_changed_and_given_up(bureau: Bureau) -> None:
    draft = bureau.draft(bureau.office)
    post(bureau.clerk, "notice-edit", draft.pk, version=draft.version, about="新的事由", text="新的正文")
    row = Addressee.objects.of(notice=draft).get()
    assert "只剩这一个" in post(bureau.clerk, "notice-drop", draft.pk, row.pk, status=422)
    draft.refresh_from_db()
    post(bureau.clerk, "notice-discard", draft.pk, version=draft.version)
    assert "新的事由" in page(bureau.clerk, "notices-kept", state="discarded")


def test_a_committee_opens_ways(bureau: Bureau) -> None:
    assert "还没有接通电子邮件和短信" in page(bureau.clerk, "notice-channels")
    post(bureau.clerk, "notice-channel", bureau.committee.pk, email="on")
    row = ChannelSwitch.objects.of(organisation=bureau.committee).get()
    assert (row.email, row.sms) == (True, False)


def cost(who: Account, name: str, *args: int) -> int:
    client = sign_in(Client(), who)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name, args=args)).status_code == 200
    return len(queries)


@pytest.mark.usefixtures("zhong")
def test_the_lists_cost_the_same_however_long_they_are(bureau: Bureau) -> None:
    notice = bureau.send(bureau.office)
    few = cost(bureau.clerk, "notices-kept"), cost(bureau.clerk, "notice", notice.pk)
    for _ in range(9):
        notice = bureau.send(bureau.office, bureau.personnel)
    assert (cost(bureau.clerk, "notices-kept"), cost(bureau.clerk, "notice", notice.pk)) == few
