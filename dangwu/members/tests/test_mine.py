"""My page: everything about me and nothing about anybody else, whatever I may see otherwise."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.actions import VERBS
from dangwu.foundation.audit.models import AuditEntry
from dangwu.members.looks import looks_at
from dangwu.members.models import CorrectionRequest, Person
from dangwu.members.services.lines import transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person, reveal
from dangwu.members.services.telling import export_roster
from dangwu.members.tests.accounts import linked, signed_in, somebody
from dangwu.members.tests.conftest import BY, FOUNDED, House
from dangwu.members.wording import VERBS as WORDS
from tests.accounts import actor

DAY = date(2026, 6, 1)
TODAY = timezone.localdate()
PHONE = "13900001111"


@pytest.fixture
def zhong(house: House) -> Person:
    told = {"phone": PHONE, "education": "大学"}
    person = register_person(by=BY, organisation=house.office, name="钟正", kind="full", on=FOUNDED, told=told)
    linked(person, somebody("zhong"))
    return person


def page(person: Person) -> str:
    account = person.account
    assert account is not None
    return signed_in(account).get(reverse("mine")).content.decode()


def client_of(person: Person) -> Client:
    account = person.account
    assert account is not None
    return signed_in(account)


def test_it_tells_what_is_held_why_and_for_how_long(zhong: Person) -> None:
    shown = page(zhong)
    assert "139****1111" in shown
    assert PHONE not in shown
    for words in ("大学", "党员统计", "《中国共产党党员教育管理工作条例》", "保存到", "办公室党支部"):
        assert words in shown
    assert reverse("correction-ask", args=["education"]) in shown


def test_it_tells_who_leads_my_branch(house: House, zhong: Person) -> None:
    secretary = house.register("方圆", house.office)
    take_post(by=BY, person=secretary, organisation=house.office, kind="secretary", on=DAY)
    assert "方圆" in page(zhong)


def test_it_tells_who_looked_in_which_office_and_what_for(house: House, zhong: Person) -> None:
    clerk = actor(somebody("wenqing", house.committee), DAY)
    reveal(by=clerk, person=zhong, column="phone", purpose="通知参加支部党员大会", on=DAY)
    shown = page(zhong)
    for words in ("wenqing", "机关党委党务工作人员", "查看完整的手机号码", "通知参加支部党员大会"):
        assert words in shown


def test_what_is_done_with_others_is_not_told(house: House, zhong: Person) -> None:
    other = house.register("方圆", house.office)
    reveal(by=BY, person=other, column="phone", purpose="与钟正无关的用途", on=DAY)
    assert "与钟正无关的用途" not in page(zhong)


def test_the_copy_holds_numbers_in_full_and_is_told_to_the_audit(zhong: Person) -> None:
    answer = client_of(zhong).post(reverse("own-copy"))
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(pack.read("我的记录.json"))
    assert PHONE in pack.read("我的记录.html").decode()
    assert PHONE in {field["value"] for row in told["rows"] for field in row["fields"]}
    assert answer.headers["Cache-Control"] == "no-store"
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.subject) == ("member.own_copy", f"members.person:{zhong.pk}")


def test_a_correction_is_asked_on_a_form_and_shown_with_whoever_has_it(house: House, zhong: Person) -> None:
    somebody("wenqing", house.committee)
    client = client_of(zhong)
    url = reverse("correction-ask", args=["education"])
    key = client.get(url).context["form"].initial["idempotency_key"]
    answer = client.post(url, {"idempotency_key": key, "wanted": "研究生", "note": "有毕业证"}, follow=True)
    request = CorrectionRequest.objects.unscoped("a test").get()
    assert (request.column, request.wanted) == ("members.person.education", "研究生")
    assert "待办理" in answer.content.decode()
    assert "wenqing" in answer.content.decode()


@pytest.mark.parametrize("column", ["pinyin", "account_id", "nothing"])
def test_there_is_no_form_for_what_cannot_be_asked_about(zhong: Person, column: str) -> None:
    assert client_of(zhong).get(reverse("correction-ask", args=[column])).status_code == 404


def test_every_field_that_has_a_correction_has_its_form(zhong: Person) -> None:
    client = client_of(zhong)
    held = client.get(reverse("mine")).context["held"]
    urls = [datum.correct_url for each in held for datum in each.data.entries if datum.correct_url]
    assert len(urls) > 12
    assert {client.get(url).status_code for url in urls} == {200}


def test_rows_of_others_are_not_there(house: House, zhong: Person) -> None:
    row = house.register("方圆", house.office).memberships.unscoped("a test").get()
    url = reverse("correction-ask-row", args=["membership", row.pk, "joined_on"])
    assert client_of(zhong).get(url).status_code == 404


def test_an_account_without_a_person_is_told_what_to_do(house: House) -> None:
    clerk = signed_in(somebody("clerk", house.committee))
    answer = clerk.get(reverse("mine"))
    assert "这个账号还没有关联到党员名册" in answer.content.decode()
    assert clerk.post(reverse("own-copy")).status_code == 404


def test_large_letters_are_kept_in_a_cookie(zhong: Person) -> None:
    client = client_of(zhong)
    client.post(reverse("letters"), {"letters": "large", "next": "/me/"})
    assert "dangwu/large.css" in client.get(reverse("mine")).content.decode()
    client.post(reverse("letters"), {"letters": "", "next": "https://elsewhere.example/"})
    assert "dangwu/large.css" not in client.get(reverse("mine")).content.decode()


def test_a_long_history_costs_the_same_queries(house: House, zhong: Person) -> None:
    client = client_of(zhong)
    move(zhong, house, date(2025, 1, 2))
    few = queries(client)
    for month in range(2, 12):
        move(zhong, house, date(2025, month, 2))
    assert queries(client) == few


def move(person: Person, house: House, on: date) -> None:
    where = house.office if on.month % 2 else house.personnel
    transfer_person(by=BY, person=person, organisation=where, on=on)


def queries(client: Client) -> int:
    client.get(reverse("mine"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("mine")).status_code == 200
    return len(captured)


def test_every_deed_about_people_has_its_words() -> None:
    assert reverse("mine")  # every page is loaded now, and with the pages every service
    about = ("member.", "post.", "correction.", "deed.")
    assert {verb for verb in VERBS if verb.startswith(about)} == set(WORDS)


def test_an_export_at_or_above_his_branch_is_told(house: House, zhong: Person) -> None:
    above, beside = somebody("above", house.committee), somebody("beside", house.personnel)
    for who in (above, beside):
        export_roster(by=actor(who, TODAY), rows=3, chosen="全部", on=TODAY)
    told = looks_at(zhong, list(zhong.affiliations.unscoped("a test")))
    assert [look.who for look in told if look.what == "导出可能有您的名册"] == ["above"]
