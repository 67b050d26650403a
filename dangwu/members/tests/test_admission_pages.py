"""How far somebody's way into the Party went: on his page, on his own, and put right."""

from datetime import date
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.foundation.objections import ConflictError, ObjectionError
from dangwu.members.models import Admission, Amendment, Person
from dangwu.members.own_copy import copy_of
from dangwu.members.services.admitting import describe_admission
from dangwu.members.services.correcting import accept_correction, ask_correction
from dangwu.members.tests.accounts import linked, signed_in, somebody
from dangwu.members.tests.conftest import BY, House
from dangwu.members.tests.sending import send
from dangwu.members.tests.test_changing import of
from tests.accounts import actor

DAY = date(2026, 6, 1)
REASON = "按入党申请书登记"


@pytest.fixture
def lu(house: House) -> Person:
    person = house.register("白露", house.office, kind="activist")
    linked(person, somebody("bailu"))
    return person


def told(person: Person, **steps: str) -> Admission:
    kept = Admission.objects.unscoped("a test").filter(person=person).first()
    version = kept.version if kept else None
    return describe_admission(by=BY, person=person, version=version, on=DAY, reason=REASON, told=steps)


def test_a_clerk_tells_it_and_the_page_of_the_member_shows_it(house: House, lu: Person) -> None:
    clerk = signed_in(somebody("clerk", house.committee))
    assert "没有登记" in clerk.get(of("member", lu)).content.decode()
    answer = send(clerk, of("member-admission", lu), applied="2024-05", contacts="钟正、严明", reason=REASON)
    assert answer.status_code == 302
    shown = clerk.get(of("member", lu)).content.decode()
    for words in ("递交入党申请书", "2024-05", "培养联系人", "钟正、严明"):
        assert words in shown
    assert "政治审查" not in shown


def test_a_day_that_is_on_no_calendar_is_refused(house: House, lu: Person) -> None:
    clerk = signed_in(somebody("clerk", house.committee))
    answer = send(clerk, of("member-admission", lu), applied="2024-02-30", reason=REASON)
    assert answer.status_code == 422
    assert not Admission.objects.unscoped("a test").exists()


def test_of_a_full_member_of_whom_nothing_is_told_nothing_is_shown(house: House) -> None:
    zhong = house.register("钟正", house.office)
    assert "发展情况" not in signed_in(somebody("clerk", house.committee)).get(of("member", zhong)).content.decode()


def test_my_page_and_my_copy_tell_it_with_its_purpose(lu: Person) -> None:
    told(lu, applied="2024-05-06", talked="2024-05-20")
    assert lu.account is not None
    shown = signed_in(lu.account).get(reverse("mine")).content.decode()
    for words in ("发展情况：2024-05-20 派人谈话", "核对是否按期谈话", "《中国共产党发展党员工作细则》"):
        assert words in shown
    rows = [row["title"] for row in copy_of(lu, DAY, "测试").rows]
    assert "发展情况" in rows


def test_whoever_finds_it_wrong_asks_and_it_is_put_right(house: House, lu: Person) -> None:
    row = told(lu, applied="2024-05-06")
    assert lu.account is not None
    url = reverse("correction-ask-row", args=["admission", row.pk, "applied"])
    assert signed_in(lu.account).get(url).status_code == 200
    asks = partial(ask_correction, by=actor(lu.account, DAY), person=lu, column="members.admission.applied", on=DAY)
    with pytest.raises(ObjectionError):
        asks(wanted="去年五月", row=row.pk)
    request = asks(wanted="2024-05-07", row=row.pk)
    clerk = actor(somebody("clerk", house.committee), DAY)
    accept_correction(by=clerk, request=request, version=request.version, on=DAY)
    assert Admission.objects.unscoped("a test").get().applied == "2024-05-07"
    assert "2024-05-07" in Amendment.objects.unscoped("a test").get().told


def test_nobody_asks_about_the_rows_of_another(house: House, lu: Person) -> None:
    other = house.register("谷雨", house.office, kind="activist")
    row = told(other, applied="2024-05-06")
    assert lu.account is not None
    url = reverse("correction-ask-row", args=["admission", row.pk, "applied"])
    assert signed_in(lu.account).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_two_at_once_are_shown_both(lu: Person) -> None:
    told(lu, applied="2024-05-06")
    with pytest.raises(ConflictError):
        describe_admission(by=BY, person=lu, version=None, on=DAY, reason=REASON, told={"applied": "2024-06-01"})
    with pytest.raises(ObjectionError):
        describe_admission(by=BY, person=lu, version=1, on=DAY, reason=" ", told={"applied": "2024-06-01"})
