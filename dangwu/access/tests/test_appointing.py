from datetime import date, timedelta

import pytest
from django.test import Client

from dangwu.access.models import Account, Appointment
from dangwu.access.scoping import AccountActor
from dangwu.access.services.appointing import appoint, end_appointment, end_following, follow_post
from dangwu.access.services.delegating import LONGEST, delegate, end_delegation
from dangwu.access.tests.conftest import TODAY
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.organisations.models import Organisation
from tests.accounts import Cast, account, actor, appointed, rewrite, sign_in

Places = dict[str, Organisation]
POST = "post:17"
TOMORROW = TODAY + timedelta(days=1)
MEMBERS = CommandLine("members")


def held(who: Account) -> list[Appointment]:
    return list(Appointment.objects.unscoped("the test sees all").filter(account=who).order_by("pk"))


def sees(who: Account, place: Organisation, right: str = "member.see", on: date = TODAY) -> bool:
    path = place.standings.unscoped("the test sees all").get().path
    return actor(Account.objects.get(pk=who.pk), on).scope(right, on).covers(path)


def give(by: AccountActor, to: Account, place: Organisation, **more: object) -> Appointment:
    told = {"role": "clerk", "since": TODAY, "reason": "任职文件〔2026〕1号", **more}
    return appoint(by=by, account=to, organisation=place, **told)  # type: ignore[arg-type] # what the test tells


@action("test.takes_post", allow=anybody)
def takes_post(*, by: Actor, who: Account, place: Organisation, key: str, on: date) -> None:  # noqa: ARG001 - every action has it
    follow_post(who, place, "committee_member", key, on)


@action("test.leaves_post", allow=anybody)
def leaves_post(*, by: Actor, key: str, on: date) -> int:  # noqa: ARG001 - every action has it
    return end_following(key, on)


def test_an_appointment_gives_rights_below_its_place_from_its_day_to_its_end(
    security: AccountActor, clerk: Account, places: Places
) -> None:
    give(security, clerk, places["第一党支部"], since=TOMORROW, until=TOMORROW + timedelta(days=2))
    days = [TODAY + timedelta(days=n) for n in range(4)]
    assert [sees(clerk, places["第一党支部"], on=day) for day in days] == [False, True, True, False]
    assert not sees(clerk, places["第二党支部"], on=TOMORROW)


def test_only_the_security_administrator_appoints(cast: Cast, clerk: Account, places: Places) -> None:
    for who in (cast.system, cast.audit, clerk):
        with pytest.raises(RefusedError):
            give(actor(who, TODAY), clerk, places["机关党委"])


def test_nobody_appoints_himself_or_another_administrator(security: AccountActor, cast: Cast, places: Places) -> None:
    with pytest.raises(RefusedError):
        give(security, cast.security, places["机关党委"])
    with pytest.raises(ObjectionError, match="管理员账号不能兼任"):
        give(security, cast.system, places["机关党委"])


def test_a_disabled_account_is_not_appointed(security: AccountActor, clerk: Account, places: Places) -> None:
    with pytest.raises(ObjectionError, match="账号已停用"):
        give(security, rewrite(clerk, is_active=False), places["机关党委"])


def test_the_same_role_is_not_given_twice(security: AccountActor, clerk: Account, places: Places) -> None:
    give(security, clerk, places["机关党委"])
    with pytest.raises(ObjectionError, match="重叠"):
        give(security, clerk, places["机关党委"], since=TOMORROW)


def test_an_end_takes_the_rights_and_the_session(security: AccountActor, places: Places, browser: Client) -> None:
    clerk = appointed(places["机关党委"])
    sign_in(browser, clerk)
    end_appointment(by=security, appointment=held(clerk)[0], on=TODAY, reason="调离岗位")
    assert not sees(clerk, places["机关党委"])
    assert browser.get("/account/").status_code == 302


def test_what_begins_and_ends_on_one_day_leaves_no_row(security: AccountActor, clerk: Account, places: Places) -> None:
    end_appointment(by=security, appointment=give(security, clerk, places["机关党委"]), on=TODAY, reason="录入有误")
    assert held(clerk) == []


def test_two_posts_may_give_the_same_role(clerk: Account, places: Places) -> None:
    for key in ("post:1", "post:2", "post:2"):
        takes_post(by=MEMBERS, who=clerk, place=places["第一党支部"], key=key, on=TODAY)
    assert len(held(clerk)) == 2
    assert leaves_post(by=MEMBERS, key="post:1", on=TOMORROW) == 1
    assert sees(clerk, places["第一党支部"], on=TOMORROW)


def test_what_follows_from_a_post_ends_with_it(clerk: Account, places: Places, browser: Client) -> None:
    takes_post(by=MEMBERS, who=clerk, place=places["第一党支部"], key=POST, on=date(2026, 1, 1))
    sign_in(browser, clerk)
    leaves_post(by=MEMBERS, key=POST, on=TODAY)
    assert [sees(clerk, places["第一党支部"], on=day) for day in (TODAY - timedelta(days=1), TODAY)] == [True, False]
    assert browser.get("/account/").status_code == 302


def test_an_administrator_holds_no_post(cast: Cast, places: Places) -> None:
    with pytest.raises(ObjectionError, match="管理员账号不能兼任"):
        takes_post(by=MEMBERS, who=cast.audit, place=places["第一党支部"], key=POST, on=TODAY)


# --- delegation


@pytest.fixture
def secretary(places: Places) -> Account:
    return appointed(places["第一党支部"], role="secretary", username="secretary")


def lend(giver: Account, to: Account, since: date = TODAY, days: int = 7) -> Appointment:
    by, appointment = actor(giver, TODAY), held(giver)[0]
    span = {"since": since, "until": since + timedelta(days=days), "on": TODAY}
    return delegate(by=by, appointment=appointment, account=to, **span)


def test_a_stand_in_keeps_the_work_going_and_takes_nothing_away(
    secretary: Account, clerk: Account, places: Places
) -> None:
    lend(secretary, clerk)
    rights = ("member.see", "member.keep", "member.reveal", "member.export")
    assert [sees(clerk, places["第一党支部"], right) for right in rights] == [True, True, False, False]
    assert all(sees(secretary, places["第一党支部"], right) for right in rights)


def test_a_delegation_ends_by_itself(secretary: Account, clerk: Account, places: Places) -> None:
    lend(secretary, clerk, days=7)
    days = [TODAY + timedelta(days=n) for n in (6, 7)]
    assert [sees(clerk, places["第一党支部"], on=day) for day in days] == [True, False]


@pytest.mark.parametrize(
    ("since", "days", "words"),
    [(TODAY, LONGEST + 1, "最多 92 天"), (TODAY, 0, "最后一天"), (TODAY - timedelta(days=1), 3, "不能倒填日期")],
)
def test_days_that_cannot_be(secretary: Account, clerk: Account, since: date, days: int, words: str) -> None:
    with pytest.raises(ObjectionError, match=words):
        lend(secretary, clerk, since, days)


def test_what_was_delegated_is_not_delegated_on(secretary: Account, clerk: Account) -> None:
    lend(secretary, clerk)
    with pytest.raises(RefusedError):
        lend(clerk, account("third"))


def test_what_is_somebody_elses_is_not_delegated(secretary: Account, clerk: Account) -> None:
    by = actor(clerk, TODAY)
    span = {"since": TODAY, "until": TOMORROW, "on": TODAY}
    with pytest.raises(RefusedError):
        delegate(by=by, appointment=held(secretary)[0], account=clerk, **span)


def test_neither_to_oneself_nor_to_an_administrator(secretary: Account, cast: Cast) -> None:
    for who, words in ((secretary, "不能委托给自己"), (cast.system, "管理员账号不能兼任")):
        with pytest.raises(ObjectionError, match=words):
            lend(secretary, who)


def test_matters_of_discipline_are_not_delegated(clerk: Account, places: Places) -> None:
    with pytest.raises(ObjectionError, match="不能委托他人"):
        lend(appointed(places["机关党委"], role="discipline_secretary", username="jiwei"), clerk)


def test_a_delegation_ends_with_what_it_comes_from(
    security: AccountActor, secretary: Account, clerk: Account, places: Places
) -> None:
    lend(secretary, clerk, since=TODAY)
    end_appointment(by=security, appointment=held(secretary)[0], on=TOMORROW, reason="换届")
    assert [sees(clerk, places["第一党支部"], on=day) for day in (TODAY, TOMORROW)] == [True, False]


@pytest.mark.parametrize("who", ["giver", "taker", "security"])
def test_either_side_ends_a_delegation_at_once(
    security: AccountActor, secretary: Account, clerk: Account, places: Places, who: str
) -> None:
    delegation = lend(secretary, clerk)
    by = {"giver": actor(secretary, TODAY), "taker": actor(clerk, TODAY), "security": security}[who]
    end_delegation(by=by, delegation=delegation, on=TODAY)
    assert not sees(clerk, places["第一党支部"])


def test_nobody_else_ends_it(secretary: Account, clerk: Account) -> None:
    delegation = lend(secretary, clerk)
    with pytest.raises(RefusedError):
        end_delegation(by=actor(account("third"), TODAY), delegation=delegation, on=TODAY)
