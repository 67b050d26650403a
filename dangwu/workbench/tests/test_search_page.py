"""One box finds people, organisations and rules, for whoever may see them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.search.cutting import cut
from dangwu.foundation.search.models import SearchEntry
from dangwu.members.services.registering import register_person
from dangwu.organisations.models import Organisation
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from dangwu.records.services.ledgers import Entry, record_entries
from tests.accounts import appointed, sign_in
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = pytest.mark.django_db

BY, ON = CommandLine("test"), date(2024, 1, 1)


@pytest.fixture
def clerk() -> Client:
    unit = register_unit(by=BY, name="示例局", kind="organ", on=ON)

    def branch(name: str) -> Organisation:
        return found_organisation(by=BY, unit=unit, parent=None, name=name, kind="branch", on=ON).organisation

    mine, other = branch("办公室党支部"), branch("别局办公室党支部")
    told = {"phone": "13800001234"}
    register_person(by=BY, organisation=mine, name="谷雨", kind="full", on=ON, told=told)
    register_person(by=BY, organisation=other, name="谷风", kind="full", on=ON, told=told)
    return sign_in(Client(), appointed(mine))


def read(client: Client, **asked: str) -> str:
    """The page without its marks, and without the box."""
    page = client.get("/search/", asked).content.decode()
    return re.sub(r"</?mark>|<input[^>]*>", "", page)


@pytest.mark.parametrize("typed", ["谷", "gy", "guyu", "1234", "13800001234"])
def test_a_person_is_found_by_name_initials_or_number(clerk: Client, typed: str) -> None:
    page = read(clerk, q=typed)
    assert "谷雨" in page
    assert "谷风" not in page


def test_organisations_and_rules_are_found_beside(clerk: Client) -> None:
    page = read(clerk, q="办公室")
    assert "办公室党支部" in page
    assert "别局" not in page
    assert "党课" in clerk.get("/search/", {"q": "党课", "as": "found"}).content.decode()


def test_nothing_found_says_what_may_be_typed(clerk: Client) -> None:
    assert "拼音首字母" in clerk.get("/search/", {"q": "查无此人"}).content.decode()


def test_a_rule_is_found_by_its_clause_and_by_what_it_asks(clerk: Client) -> None:
    page = clerk.get("/search/", {"q": "赞成 预备党员"}).content.decode()
    assert "/rules/admission-majority-2014/" in page
    assert "<mark>赞成</mark>" in page


@pytest.fixture
def place() -> Bureau:
    """A bureau that is no trial, with what its branches held."""
    place = bureau()
    rows = [
        (OFFICE, "党的建设工作会议", date(2026, 3, 1), "general_assembly"),
        (OFFICE, "读书<b>分享</b>会", date(2026, 5, 1), "theme_day"),
        (OFFICE, "与某某谈话：家庭困难", date(2026, 5, 2), "heart_to_heart_talk"),
        (PERSONNEL, "党的建设专题学习", date(2026, 4, 1), "theme_day"),
    ]
    for where, topic, day, kind in rows:
        hold(by=BY, place=place, where=where, topic=topic, day=day, kind=kind)
    return place


@action("test.search.hold", allow=anybody)
def hold(*, by: Actor, place: Bureau, where: str, topic: str, day: date, kind: str) -> None:  # noqa: ARG001
    record_entries(unit=place.unit, entries=[Entry(place.place(where), (kind,), day, topic=topic)])


def test_an_activity_is_found_by_two_characters_of_its_topic(place: Bureau) -> None:
    client = sign_in(Client(), appointed(place.standings[COMMITTEE].organisation))
    page = read(client, q="建设")
    assert page.index("党的建设专题学习") < page.index("党的建设工作会议")


def test_nobody_finds_what_another_branch_held(place: Bureau) -> None:
    client = sign_in(Client(), appointed(place.standings[PERSONNEL].organisation))
    page = read(client, q="建设")
    assert "专题学习" in page
    assert "工作会议" not in page


def test_a_confidential_talk_is_found_by_nobody(place: Bureau) -> None:
    client = sign_in(Client(), appointed(place.standings[OFFICE].organisation))
    assert "没有找到" in read(client, q="家庭困难")
    assert not SearchEntry.objects.filter(cut__contains=cut("家庭").split()[0]).exists()


def test_what_is_found_is_told_as_text(place: Bureau) -> None:
    client = sign_in(Client(), appointed(place.standings[OFFICE].organisation))
    page = client.get("/search/", {"q": "分享"}).content.decode()
    assert "读书&lt;b&gt;<mark>分享</mark>&lt;/b&gt;会" in page


def test_kind_and_days_leave_the_rest_out(place: Bureau) -> None:
    client = sign_in(Client(), appointed(place.standings[COMMITTEE].organisation))
    narrowed = read(client, q="建设", kind="activity", since="2026-03-15", until="错")
    assert "专题学习" in narrowed
    assert "工作会议" not in narrowed
    assert "放宽上面的种类和日期" in read(client, q="建设", kind="person")


def test_the_number_of_questions_does_not_grow_with_what_is_found(place: Bureau) -> None:
    client = sign_in(Client(), appointed(place.standings[COMMITTEE].organisation))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": "建设"})
        return len(queries)

    asked()  # what is read once
    before = asked()
    for day in range(1, 9):
        hold(by=BY, place=place, where=PERSONNEL, topic="建设学习", day=date(2026, 6, day), kind="theme_day")
    assert asked() == before
