"""Every page of this room, for everybody: 200 for whom it is made, 404 for anybody else, the door for strangers."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from dangwu.access.models import Account, Administration, Appointment, Proposal
from dangwu.access.scoping import AccountActor
from dangwu.access.services.administrators import propose
from dangwu.access.tests.conftest import NOW, TODAY
from dangwu.access.urls import confirming, keeping, mine
from dangwu.access.wording import VERBS
from dangwu.foundation.actions import VERBS as ACTIONS
from dangwu.foundation.audit.models import AuditEntry
from dangwu.organisations.models import Organisation
from tests.accounts import PASSWORD, Cast, account, appointed, sign_in

MINE = {"my-account", "my-password", "my-sessions", "mfa_index", "mfa_list_webauthn", "find-colleague"}
MINE |= {"mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account_reauthenticate"}
ABOUT_ONE = {"rename-account", "disable-account", "enable-account", "reset-account"}
SEEN_BY = {
    "system": {"accounts", "open-account", "account", "end-sessions", "administrators", "propose-administrator"}
    | ABOUT_ONE
    | {"agree", "withdraw"},
    "security": {"accounts", "account", "lift-second-factor", "administrators", "propose-administrator"}
    | {"appointments", "appoint", "end-appointment", "find-account", "find-organisation-to-appoint"}
    | {"propose-end", "withdraw"},
    "audit": {"administrators", "propose-administrator", "propose-end", "withdraw"},
    "nobody": set(),
    "clerk": {"delegate"},
}
PAGES = {each.name or "": each for each in (*confirming, *mine, *keeping)}


@pytest.fixture
def scene(cast: Cast, places: dict[str, Organisation], audit: AccountActor) -> dict[str, int]:
    """A key for every page that is about something."""
    clerk = appointed(places["第一党支部"])
    proposal = propose(by=audit, duty="security", proposer=audit.account, reason="增设一名", on=TODAY).proposal
    appointment = Appointment.objects.unscoped("the test sees all").get()
    about = dict.fromkeys((*ABOUT_ONE, "account", "end-sessions", "lift-second-factor"), cast.nobody.pk)
    about |= {
        "agree": proposal.pk,
        "withdraw": proposal.pk,
        "delegate": appointment.pk,
        "end-appointment": appointment.pk,
    }
    return about | {"propose-end": Administration.objects.get(account=cast.system).pk, "clerk": clerk.pk}


def answers(client: Client, scene: dict[str, int]) -> dict[str, int]:
    return {name: client.get(address(name, scene)).status_code for name in PAGES}


def address(name: str, scene: dict[str, int]) -> str:
    pattern = str(PAGES[name].pattern) if name in PAGES else ""
    keys = {key: scene.get(name, 10**6) for key in ("pk", "session") if f":{key}>" in pattern}
    return reverse(name, kwargs=keys)


@pytest.mark.parametrize("username", SEEN_BY)
def test_everybody_sees_his_own_pages_and_no_other(browser: Client, scene: dict[str, int], username: str) -> None:
    with time_machine.travel(NOW):
        told = answers(sign_in(browser, Account.objects.get(username=username)), scene)
    seen = {name for name, status in told.items() if status == 200}
    assert seen == SEEN_BY[username] | MINE
    assert {status for name, status in told.items() if name not in seen} <= {302, 404, 405}


def test_strangers_come_to_the_door(browser: Client, scene: dict[str, int]) -> None:
    told = {name: browser.get(address(name, scene)) for name in PAGES}
    assert {answer.status_code for answer in told.values()} == {302}
    assert all(answer.headers["Location"].startswith("/sign-in/?next=") for answer in told.values())


def test_the_pages_speak_chinese(browser: Client, scene: dict[str, int], cast: Cast) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, cast.security)
        pages = [browser.get(address(name, scene)).content.decode() for name in SEEN_BY["security"] | MINE]
    words = ("Password", "Sign In", "Username", "Confirm", "None", "Authenticator", "Master key")
    assert [word for word in words for page in pages if f">{word}" in page or f" {word} " in page] == []


# --- what is done there


def send(client: Client, page: str, scene: dict[str, int], **given: object) -> str:
    """Where the answer to a form leads, or its words."""
    answer = client.post(address(page, scene), {"idempotency_key": uuid4(), **given})
    return answer.headers.get("Location") or answer.content.decode()


def test_an_account_is_opened_with_a_code_that_is_shown_once(browser: Client, cast: Cast) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, cast.system)
        given = {"username": "wenqing", "name": "文清", "kind": "person", "email": ""}
        assert send(browser, "open-account", {}, **given) == "/accounts/hand-over/"
        slip = browser.get("/accounts/hand-over/").content.decode()
        code = slip.partition('slip-code">')[2][:19]
        assert browser.get("/accounts/hand-over/").status_code == 404
        answer = send(Client(), "new-password", {}, code=code, password=PASSWORD, again=PASSWORD)
    assert answer == "/sign-in/"
    assert Account.objects.get(username="wenqing").check_password(PASSWORD)


def test_a_form_sent_twice_opens_one_account(browser: Client, cast: Cast) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, cast.system)
        given = {"idempotency_key": uuid4(), "username": "one", "name": "一", "kind": "person", "email": ""}
        answers = [browser.post("/accounts/open/", given) for _ in range(3)]
    assert {answer.headers.get("Location") for answer in answers} == {"/accounts/hand-over/"}
    assert Account.objects.filter(username="one").count() == 1


def test_a_name_that_is_taken_is_said_beside_its_field(browser: Client, cast: Cast) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, cast.system)
        answer = send(browser, "open-account", {}, username="Nobody", name="白丁", kind="person", email="")
    assert "这个账号已经有人使用" in answer


def test_the_list_is_filtered_searched_and_exported(browser: Client, cast: Cast) -> None:
    account("wenqing", name="文清")
    with time_machine.travel(NOW):
        sign_in(browser, cast.system)
        page = browser.get("/accounts/?q=文&state=active").content.decode()
        exported = b"".join(browser.get("/accounts/?duty=audit&as=xlsx"))
    assert "文清" in page
    assert "白丁" not in page
    rows = list(load_workbook(io.BytesIO(exported)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[2:]] == ["audit"]
    assert AuditEntry.objects.latest("sequence").verb == "account.export"


def test_the_list_costs_the_same_however_long_it_is(browser: Client, cast: Cast) -> None:
    costs = []
    with time_machine.travel(NOW):
        sign_in(browser, cast.system).get("/accounts/")
        for number in range(30):
            with CaptureQueriesContext(connection) as queries:
                browser.get("/accounts/")
            costs.append(len(queries))
            account(f"u{number}")
    assert set(costs) == {costs[0]}
    assert costs[0] <= 9


def test_disabling_asks_why_and_stands_in_the_account_s_history(
    browser: Client, cast: Cast, scene: dict[str, int]
) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, cast.system)
        assert "请填写理由" in send(browser, "disable-account", scene, reason="")
        assert send(browser, "disable-account", scene, reason="调离本单位").endswith(f"/accounts/{cast.nobody.pk}/")
        assert "调离本单位" in browser.get(address("account", scene)).content.decode()


def test_somebody_is_appointed_by_typing(browser: Client, cast: Cast, places: dict[str, Organisation]) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, cast.security)
        given = {"account": "白丁", "organisation": "第一党支部", "role": "clerk", "since": TODAY, "until": TODAY}
        assert send(browser, "appoint", {}, **given, reason="任职文件") == "/appointments/"
        assert "白丁" in browser.get("/appointments/").content.decode()
    row = Appointment.objects.unscoped("the test sees all").get()
    assert (row.organisation, row.valid_until) == (places["第一党支部"], TODAY + timedelta(days=1))


def test_a_delegation_is_given_and_taken_back(browser: Client, cast: Cast, scene: dict[str, int]) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, Account.objects.get(pk=scene["clerk"]))
        given = {"account": "白丁", "since": TODAY, "until": TODAY + timedelta(days=6)}
        assert send(browser, "delegate", scene, **given) == "/account/"
        assert "委托给白丁" in browser.get("/account/").content.decode()
        lent = Appointment.objects.unscoped("the test sees all").get(account=cast.nobody)
        assert send(browser, "end-delegation", {"end-delegation": lent.pk}) == "/account/"
    assert not Appointment.objects.unscoped("the test sees all").filter(account=cast.nobody).exists()


def test_my_page_says_where_my_rights_come_from_and_until_when(browser: Client, scene: dict[str, int]) -> None:
    with time_machine.travel(NOW):
        page = sign_in(browser, Account.objects.get(pk=scene["clerk"])).get("/account/").content.decode()
    for words in ("第一党支部 党务工作人员", "查看完整证件号码", "由安全管理员任用", "我的权限：从哪里来，到哪天为止"):
        assert words in page


def test_two_administrators_make_a_third_by_these_pages(browser: Client, cast: Cast) -> None:
    with time_machine.travel(NOW):
        sign_in(browser, cast.system)
        send(browser, "propose-administrator", {}, duty="audit", reason="轮换审计管理员")
        first = browser.get("/accounts/hand-over/").content.decode().partition('slip-code">')[2][:19]
        proposal = Proposal.objects.get()
        sign_in(browser, cast.security)
        assert send(browser, "agree", {"agree": proposal.pk}) == "/accounts/hand-over/"
        second = browser.get("/accounts/hand-over/").content.decode().partition('slip-code">')[2][:19]
        given = {"code": first + second, "username": "new", "name": "新任", "password": PASSWORD, "again": PASSWORD}
        assert send(Client(), "begin", {}, **given) == "/"
    assert Administration.objects.filter(account__username="new", duty="audit").exists()


def test_every_deed_has_its_words() -> None:
    mine = {verb for verb in ACTIONS if verb.partition(".")[0] in {"account", "appointment", "administrator"}}
    assert mine == VERBS.keys()
