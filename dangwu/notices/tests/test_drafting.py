"""A notice is drafted, read over, and sent by a person."""

import pytest

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.objections import ConflictError, ObjectionError, RefusedError
from dangwu.notices.models import Addressee, Delivery, Notice
from dangwu.notices.queries import unread_for
from dangwu.notices.services.drafting import (
    Recipient,
    discard_draft,
    draft_notice,
    draft_reminders,
    drop_addressee,
    edit_draft,
)
from dangwu.notices.services.sending import NO_ACCOUNT, NOBODY, SAME, send_notice
from dangwu.notices.tests.conftest import DAY, NOON, Bureau, states
from tests.accounts import actor, appointed


def test_a_reminder_is_drafted_with_its_clause_and_nothing_leaves(bureau: Bureau) -> None:
    why = "第三季度没有召开党员大会"
    notice = draft_reminders(
        by=actor(bureau.clerk, DAY),
        organisation=bureau.committee,
        about="请补开党员大会",
        recipients=[Recipient(organisation=bureau.office.pk, why=why)],
        text="请于本月底前补开。",
        basis="《中国共产党支部工作条例（试行）》",
        on=DAY,
    )
    assert (notice.kind, notice.state) == ("reminder", "draft")
    assert Addressee.objects.of(notice=notice).get().why == why
    assert not Delivery.objects.exists()


def test_a_notice_to_an_organisation_reaches_whoever_keeps_it(bureau: Bureau) -> None:
    secretary = appointed(bureau.office, role="secretary", username="zhong")
    appointed(bureau.office, role="committee_member", username="yan")
    notice = bureau.send(bureau.office)
    assert states(notice, "in_product") == {"zhong": "delivered"}
    assert (unread_for(secretary), notice.state, notice.sent_by) == (1, "sent", bureau.clerk)
    assert AuditEntry.objects.latest("sequence").verb == "notice.send"


def test_who_cannot_be_reached_is_told_with_the_reason(bureau: Bureau) -> None:
    bureau.secretary("钟正", bureau.office)
    notice = bureau.send(bureau.office, bureau.personnel)
    reasons = {row.addressee.organisation_id: row.reason for row in Delivery.objects.filter(notice=notice)}
    assert reasons == {bureau.office.pk: NO_ACCOUNT, bureau.personnel.pk: NOBODY}


def test_whoever_is_meant_twice_gets_it_once(bureau: Bureau) -> None:
    zhong = appointed(bureau.office, role="secretary", username="zhong")
    appointed(bureau.personnel, role="secretary", who=zhong)
    notice = bureau.send(bureau.office, bureau.personnel, bureau.office)
    assert unread_for(zhong) == 1
    assert [row.remark for row in Addressee.objects.of(notice=notice).order_by("pk")] == ["", SAME]


def test_nobody_sends_beyond_his_part_of_the_tree(bureau: Bureau) -> None:
    with pytest.raises(ObjectionError, match="范围"):
        bureau.draft(bureau.elsewhere)
    secretary = appointed(bureau.office, role="secretary", username="zhong")
    with pytest.raises(RefusedError):
        draft_notice(
            by=actor(secretary, DAY),
            organisation=bureau.committee,
            recipients=[Recipient(organisation=bureau.office.pk)],
            about="越级",
            text="越级",
            on=DAY,
        )


def test_a_notice_to_nobody_is_refused(bureau: Bureau) -> None:
    with pytest.raises(ObjectionError, match="没有选中"):
        bureau.draft()


def test_what_was_sent_is_sent_once_and_stays_as_it_is(bureau: Bureau) -> None:
    appointed(bureau.office, role="secretary", username="zhong")
    notice, by = bureau.send(bureau.office), actor(bureau.clerk, DAY)
    version = notice.version
    with pytest.raises(ObjectionError, match="已发送"):
        send_notice(by=by, notice=notice, version=version, by_email=False, by_sms=False, now=NOON, on=DAY)
    with pytest.raises(ObjectionError, match="不能再改动"):
        edit_draft(by=by, notice=notice, version=version, about="改", text="改", basis="", on=DAY)
    assert Delivery.objects.filter(notice=notice).count() == 1


def test_a_draft_that_changed_since_it_was_read_over_is_not_sent(bureau: Bureau) -> None:
    notice, by = bureau.draft(bureau.office), actor(bureau.clerk, DAY)
    seen = notice.version
    edit_draft(by=by, notice=notice, version=seen, about="新的事由", text="新的正文", basis="", on=DAY)
    with pytest.raises(ConflictError):
        send_notice(by=by, notice=notice, version=seen, by_email=False, by_sms=False, now=NOON, on=DAY)


def test_somebody_is_taken_off_the_list_but_not_the_last(bureau: Bureau) -> None:
    notice, by = bureau.draft(bureau.office, bureau.personnel), actor(bureau.clerk, DAY)
    first, last = Addressee.objects.of(notice=notice).order_by("pk")
    drop_addressee(by=by, notice=notice, addressee=first, on=DAY)
    with pytest.raises(ObjectionError, match="作废"):
        drop_addressee(by=by, notice=notice, addressee=last, on=DAY)
    discard_draft(by=by, notice=notice, version=notice.version, on=DAY)
    assert Notice.objects.unscoped("a test").get().state == "discarded"


def test_without_a_decision_nothing_goes_beyond_the_product(bureau: Bureau) -> None:
    with pytest.raises(ObjectionError, match="短信没有开通"):
        bureau.send(bureau.office, sms=True)
    with pytest.raises(ObjectionError, match="电子邮件没有开通"):
        bureau.send(bureau.office, email=True)
