from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from dangwu.access.adapters import SecondFactorAdapter
from dangwu.access.models import Account, Appointment
from dangwu.access.scoping import AccountActor
from dangwu.access.services.accounts import disable_account
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.history import close
from dangwu.organisations.models import Organisation
from tests.accounts import PASSWORD, Cast, account, appointed, rewrite, sign_in

TODAY = date(2026, 10, 15)
AT = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRONG = "完全不是这个密码呀真的不是"


def enter(browser: Client, username: str, password: str = PASSWORD) -> str:
    """What the sign-in answers: where it leads, or the words of the page."""
    answer = browser.post("/sign-in/", {"login": username, "password": password})
    return answer.headers.get("Location") or answer.content.decode()


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time())))))


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))


class Counted(Argon2PasswordHasher):
    """Counts how often a hash is computed."""

    computed = 0
    algorithm = "argon2"
    memory_cost, time_cost, parallelism = 8, 1, 1

    def encode(self, password: str, salt: str) -> str:
        Counted.computed += 1
        return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        Counted.computed += 1
        return bool(super().verify(password, encoded))


def test_name_and_password_let_in_and_are_told_to_the_audit(cast: Cast, browser: Client) -> None:
    assert enter(browser, " Nobody ") == "/"
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.subject, entry.reason) == (
        "account.signed_in",
        f"access.account:{cast.nobody.pk}",
        "来自 10.1.2.3",
    )
    assert UserSession.objects.get().ip == "10.1.2.3"


def test_cookies_cannot_be_read_by_scripts(cast: Cast, browser: Client) -> None:  # noqa: ARG001 - who is there
    enter(browser, "nobody")
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]


def test_the_same_words_for_a_wrong_password_and_an_unknown_name(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    words = "账号或者密码不对。忘记密码的，请系统管理员重置。"
    assert words in enter(browser, "nobody", WRONG)
    assert words in enter(browser, "unknown", WRONG)


@pytest.mark.parametrize("username", ["nobody", "unknown", "closed", "fresh"])
def test_one_hash_is_computed_whoever_asks(cast: Cast, browser: Client, settings: Settings, username: str) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    rewrite(cast.nobody, password=make_password(PASSWORD))
    rewrite(account("closed"), password=make_password(PASSWORD), is_active=False)
    rewrite(account("fresh"), password=make_password(None))
    Counted.computed = 0
    enter(browser, username, WRONG)
    assert Counted.computed == 1


def test_a_disabled_account_is_refused_even_with_its_password(cast: Cast, browser: Client) -> None:
    rewrite(cast.nobody, is_active=False)
    assert enter(browser, "nobody") == "/sign-in/disabled/"
    assert "_auth_user_id" not in browser.session


# --- the pause after failures


@pytest.mark.parametrize("username", ["nobody", "unknown"])
def test_after_five_failures_the_sign_in_pauses_for_a_quarter_of_an_hour(
    cast: Cast,  # noqa: ARG001 - who is there
    browser: Client,
    username: str,
) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        for _ in range(4):
            assert "账号或者密码不对" in enter(browser, username, WRONG)
        assert "约 <strong>15</strong> 分钟后可以再试" in enter(browser, username, WRONG)
        clock.shift(timedelta(minutes=9, seconds=30))
        answer = browser.post("/sign-in/", {"login": username, "password": PASSWORD})
        assert answer.status_code == 429
        assert "约 <strong>6</strong> 分钟后可以再试" in answer.content.decode()


def test_a_pause_ends_by_itself_and_trying_does_not_prolong_it(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    with time_machine.travel(AT, tick=False) as clock:
        for _ in range(5):
            enter(browser, "nobody", WRONG)
        clock.shift(timedelta(minutes=14))
        enter(browser, "nobody", WRONG)
        clock.shift(timedelta(minutes=1, seconds=1))
        assert enter(browser, "nobody") == "/"


def test_a_pause_follows_the_account_to_other_addresses(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    for _ in range(5):
        enter(browser, "nobody", WRONG)
    assert "暂停登录" in enter(Client(REMOTE_ADDR="10.9.9.9"), "NOBODY")
    assert enter(browser, "audit") != "暂停登录"


def test_an_address_pauses_after_thirty_failures_of_whomever(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    for number in range(29):
        enter(browser, f"somebody{number}", WRONG)
    assert "暂停登录" in enter(browser, "last", WRONG)
    assert "暂停登录" in enter(browser, "nobody")
    assert enter(Client(REMOTE_ADDR="10.9.9.9"), "nobody") == "/"


def test_a_sign_in_forgets_the_failures_before_it(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    for password in (WRONG, WRONG, WRONG, WRONG, PASSWORD):
        enter(browser, "nobody", password)
    assert not AccessAttempt.objects.exists()


def test_what_is_typed_as_a_name_is_kept_unreadable(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    enter(browser, "MyPasswordByMistake", WRONG)
    attempt = AccessAttempt.objects.get()
    assert "MyPassword" not in f"{attempt.username} {attempt.post_data} {attempt.get_data}"
    assert WRONG not in attempt.post_data


def test_failures_and_pauses_are_told_to_the_audit(cast: Cast, browser: Client) -> None:
    for _ in range(5):
        enter(browser, "nobody", WRONG)
    told = AuditEntry.objects.filter(subject=f"access.account:{cast.nobody.pk}").exclude(verb__startswith="cast")
    assert [entry.verb for entry in told].count("account.sign_in_failed") == 5
    assert [entry.actor_key for entry in told if entry.verb == "account.paused"] == ["visitor:10.1.2.3"]


# --- the second factor


def with_app(who: Account) -> None:
    Authenticator.objects.create(user=who, type="totp", data={"secret": SecondFactorAdapter().encrypt(SECRET)})


def test_whoever_has_a_second_factor_is_asked_for_it(cast: Cast, browser: Client) -> None:
    with_app(cast.nobody)
    assert enter(browser, "nobody") == "/sign-in/code/"
    assert "_auth_user_id" not in browser.session
    assert browser.post("/sign-in/code/", {"code": code_now()}).headers["Location"] == "/"
    assert "_auth_user_id" in browser.session


def test_a_code_is_good_once(cast: Cast, browser: Client) -> None:
    with_app(cast.nobody)
    with time_machine.travel(AT, tick=False):
        for answer in (302, 200):
            enter(browser, "nobody")
            assert browser.post("/sign-in/code/", {"code": code_now()}).status_code == answer
            browser.cookies.clear()


@pytest.mark.parametrize("earlier", [0, 1])
def test_a_code_that_another_worker_took_is_refused_here(cast: Cast, browser: Client, earlier: int) -> None:
    with_app(cast.nobody)
    with time_machine.travel(AT, tick=False):
        before, now, _ = (format_hotp_value(hotp_value(SECRET, step)) for step in yield_hotp_counters_from_time())
        for code, answer in ((now, 302), ((now, before)[earlier], 200)):
            cache.clear()  # what a worker keeps for itself, another has not
            enter(browser, "nobody")
            assert browser.post("/sign-in/code/", {"code": code}).status_code == answer
            browser.cookies.clear()
    assert verbs().count("account.sign_in_failed") == 1


def test_wrong_codes_pause_the_account_as_wrong_passwords_do(cast: Cast, browser: Client) -> None:
    with_app(cast.nobody)
    enter(browser, "nobody")
    answers = [browser.post("/sign-in/code/", {"code": "000000"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert browser.post("/sign-in/code/", {"code": code_now()}).status_code == 429
    assert "暂停登录" in enter(Client(REMOTE_ADDR="10.9.9.9"), "nobody")


def test_the_secret_of_an_app_does_not_lie_in_the_open(cast: Cast) -> None:
    with_app(cast.nobody)
    assert SECRET not in str(Authenticator.objects.get().data)


@pytest.mark.parametrize("path", ["/", "/account/", "/accounts/", "/organisations/"])
def test_administrators_set_up_a_second_factor_before_anything_else(cast: Cast, browser: Client, path: str) -> None:
    sign_in(browser, cast.system, second_factor=False)
    assert browser.get(path).headers["Location"] == "/account/factors/"
    assert "您的职责要求第二重验证" in browser.get("/account/factors/").content.decode()
    with_app(cast.system)
    assert browser.get(path).status_code == 200


def test_so_do_secretaries_of_discipline(places: dict[str, Organisation], browser: Client) -> None:
    role = Appointment.Role.DISCIPLINE_SECRETARY
    sign_in(browser, appointed(places["机关党委"], role=role), second_factor=False)
    assert browser.get("/account/").headers["Location"] == "/account/factors/"


def test_others_may_do_without(cast: Cast, browser: Client) -> None:
    sign_in(browser, cast.nobody, second_factor=False)
    assert browser.get("/account/").status_code == 200


def test_the_last_second_factor_cannot_be_put_away_where_it_is_owed(cast: Cast, browser: Client) -> None:
    with_app(cast.system)
    sign_in(browser, cast.system)
    assert "至少保留一种" in browser.get("/account/factors/app/remove/").content.decode()
    browser.post("/account/factors/app/remove/")
    assert Authenticator.objects.filter(user=cast.system).exists()


def test_setting_up_an_app_gives_recovery_codes_once(
    cast: Cast, browser: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(browser, cast.system, second_factor=False)
    browser.get("/account/factors/app/")
    secret = browser.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/account/factors/app/", {"code": code})
    assert "只显示这一次" in browser.get("/account/factors/codes/").content.decode()
    assert "只在生成时显示" in browser.get("/account/factors/codes/").content.decode()
    assert verbs().count("account.second_factor_added") == 2


def test_the_code_that_set_up_an_app_does_not_sign_in(
    transactional_db: None,  # noqa: ARG001 - an app is set up once all is kept
    cast: Cast,
    browser: Client,
) -> None:
    with time_machine.travel(AT, tick=False):
        sign_in(browser, cast.nobody)
        browser.get("/account/factors/app/")
        secret = browser.session["mfa.totp.secret"]
        _, now, following = (format_hotp_value(hotp_value(secret, step)) for step in yield_hotp_counters_from_time())
        assert browser.post("/account/factors/app/", {"code": now}).status_code == 302
        for code, answer in ((now, 200), (following, 302)):
            cache.clear()
            browser.cookies.clear()
            enter(browser, "nobody")
            assert browser.post("/sign-in/code/", {"code": code}).status_code == answer


def test_the_first_recovery_codes_do_not_speak_of_earlier_ones(
    transactional_db: None,  # noqa: ARG001 - what is said is said once all is kept
    cast: Cast,
    browser: Client,
) -> None:
    sign_in(browser, cast.system, second_factor=False)
    browser.get("/account/factors/app/")
    secret = browser.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    shown = browser.post("/account/factors/app/", {"code": code}, follow=True)
    assert [str(message) for message in shown.context["messages"]] == ["验证器已设置。", "恢复码已生成。"]


def test_a_recovery_code_stands_in_for_a_lost_phone_once(cast: Cast, browser: Client) -> None:
    with_app(cast.nobody)
    codes = RecoveryCodes.activate(cast.nobody).get_unused_codes()
    for answer in (302, 200):
        enter(browser, "nobody")
        assert browser.post("/sign-in/code/", {"code": codes[0]}).status_code == answer
        browser.cookies.clear()


# --- how long a session lasts


def test_a_session_ends_when_nothing_is_done_for_half_an_hour(cast: Cast, browser: Client) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        sign_in(browser, cast.nobody)
        clock.shift(timedelta(minutes=29))
        assert browser.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=30))
        assert browser.get("/account/").headers["Location"] == "/sign-in/?next=/account/"
        assert "您已有 30 分钟没有操作" in browser.get("/sign-in/").content.decode()
    assert not Session.objects.filter(pk=browser.cookies["sessionid"].value).exists()
    assert "没有操作" in AuditEntry.objects.latest("sequence").reason


def test_a_session_ends_after_twelve_hours_whatever_is_done(cast: Cast, browser: Client) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        sign_in(browser, cast.nobody)
        for _ in range(12 * 3 - 1):
            clock.shift(timedelta(minutes=20))
            assert browser.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=20))
        assert browser.get("/account/").status_code == 302


def test_a_session_ends_when_an_appointment_has_run_out(places: dict[str, Organisation], browser: Client) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        who = appointed(places["机关党委"])
        rows = Appointment.objects.unscoped("the test sets the scene").filter(account=who)
        shorten(by=CommandLine("test"), row=rows.get(), until=date(2026, 10, 16))
        clock.move_to(datetime(2026, 10, 15, 15, 59, tzinfo=UTC))
        sign_in(browser, who)
        browser.get("/account/")
        clock.shift(timedelta(minutes=2))
        assert browser.get("/account/").status_code == 302
        assert "您的任职有变动" in browser.get("/sign-in/").content.decode()


@action("test.shorten", allow=anybody)
def shorten(*, by: Actor, row: Appointment, until: date) -> None:  # noqa: ARG001 - every action has it
    close(row, on=until)


def test_a_disabled_account_is_out_at_once(cast: Cast, system: AccountActor, browser: Client) -> None:
    sign_in(browser, cast.nobody)
    disable_account(by=system, account=cast.nobody, reason="调离本单位", on=TODAY)
    assert browser.get("/account/").status_code == 302
    assert not Session.objects.exists()


def test_a_new_password_ends_all_other_sessions(cast: Cast, browser: Client) -> None:
    other = sign_in(Client(), cast.nobody)
    sign_in(browser, cast.nobody)
    form = {"idempotency_key": uuid4(), "old": PASSWORD, "password": WRONG, "again": WRONG}
    assert browser.post("/account/password/", form).headers["Location"] == "/account/"
    assert browser.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_sessions_are_listed_and_ended_by_their_owner(cast: Cast, browser: Client) -> None:
    other = sign_in(Client(), cast.nobody)
    sign_in(browser, cast.nobody)
    assert "结束其他全部登录" in browser.get("/account/sessions/").content.decode()
    browser.post("/account/sessions/end/", {"idempotency_key": uuid4()})
    assert other.get("/account/").status_code == 302
    assert browser.get("/account/").status_code == 200


def test_signing_out_leaves_nothing_behind(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    enter(browser, "nobody")
    browser.post("/sign-out/")
    assert not UserSession.objects.exists()
    assert verbs()[-1] == "account.signed_out"


def test_pages_of_whoever_is_signed_in_are_kept_by_no_browser(cast: Cast, browser: Client) -> None:
    sign_in(browser, cast.nobody)
    assert browser.get("/account/").headers["Cache-Control"] == "private, no-store"


def test_the_sign_in_leads_nowhere_else(cast: Cast, browser: Client) -> None:  # noqa: ARG001
    answer = browser.post("/sign-in/?next=//evil.invalid/", {"login": "nobody", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/accounts/open/", "/accounts/1/reset/", "/administrators/propose/"])
def test_sensitive_pages_ask_again_who_one_is(cast: Cast, browser: Client, path: str) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        sign_in(browser, cast.system)
        clock.shift(timedelta(minutes=11))
        assert browser.get(path).headers["Location"].startswith("/confirm/?next=")
