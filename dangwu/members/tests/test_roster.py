"""The roster as of a day: who is on it, how it is narrowed, and that it costs the same however long it is."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.members.listings import Roster
from dangwu.members.models import Person
from dangwu.members.roster import belonging, lines
from dangwu.members.services.lines import change_circumstances, leave, transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.members.tests.accounts import signed_in, somebody
from dangwu.members.tests.conftest import BY, FOUNDED, House
from dangwu.organisations.queries import standing_of

DAY = date(2026, 6, 1)
ROSTER = "/members/"


@pytest.fixture
def clerk(house: House) -> Client:
    return signed_in(somebody("clerk", house.committee))


def register(house: House, name: str, kind: str = "full", **told: str) -> Person:
    joined, confirmed = date(2001, 7, 1), date(2002, 7, 1)
    return register_person(
        by=BY,
        organisation=house.office,
        name=name,
        kind=kind,
        on=FOUNDED,
        joined_on=joined,
        confirmed_on=confirmed,
        told=told,
    )


def names(client: Client, query: str = "") -> list[str]:
    answer = client.get(ROSTER + query)
    assert answer.status_code == 200
    return [str(cells[0].text) for cells in answer.context["listing"].lines()]


def test_it_shows_party_members_and_on_request_the_others(house: House, clerk: Client) -> None:
    register(house, "白露")
    register(house, "谷雨", "probationary")
    register(house, "夏至", "activist")
    gone = register(house, "秋分")
    leave(by=BY, person=gone, on=DAY, reason="转往外省某单位")
    assert names(clerk) == ["白露", "谷雨"]
    assert names(clerk, "?kind=developing") == ["夏至"]
    assert names(clerk, "?kind=gone") == ["秋分"]
    assert names(clerk, "?kind=everybody") == ["白露", "谷雨", "夏至"]
    assert names(clerk, "?on=2026-05-31") == ["白露", "谷雨", "秋分"]


@pytest.mark.parametrize("on", [FOUNDED, date(2026, 5, 31), DAY])
def test_walking_finds_the_same_people(house: House, on: date) -> None:
    register(house, "白露")
    transfer_person(by=BY, person=register(house, "谷雨"), organisation=house.personnel, on=DAY)
    leave(by=BY, person=register(house, "秋分"), on=DAY, reason="转往外省某单位")
    for place in (house.committee, house.office, house.personnel):
        scope = Scope((TreePath(standing_of(place, on).path),), on)
        assert set(belonging(scope, walked=True)) == set(belonging(scope))


def test_a_page_says_what_whole_rows_say(house: House) -> None:
    person = register(house, "白露", birth="1968-07")
    register(house, "谷雨", "activist")
    take_post(by=BY, person=person, organisation=house.office, kind="secretary", on=FOUNDED)
    take_post(by=BY, person=person, organisation=house.committee, kind="committee_member", on=FOUNDED)
    change_circumstances(by=BY, person=person, on=DAY, employment="retired", whereabouts="abroad")
    scope = Scope((TreePath(standing_of(house.committee, DAY).path),), DAY)
    columns = [column for column in Roster.columns if not column.only_exported]
    whole = {row.pk: [column.cell(row) for column in columns] for row in belonging(scope)}
    told = {line.pk: [column.cell(line) for column in columns] for line in lines(list(whole), DAY)}
    assert told == whole


@pytest.mark.django_db(transaction=True)
def test_the_number_of_people_is_that_of_the_last_write(house: House, clerk: Client) -> None:
    """Outside a transaction, as on a site, numbers are remembered until somebody writes."""
    told = ["", "?kind=everybody", "?kind=gone", "?q=白", "?employment=retired", f"?organisation={house.personnel.pk}"]

    def totals() -> list[int]:
        return [clerk.get(ROSTER + query).context["listing"].total for query in told]

    assert totals() == totals() == [0, 0, 0, 0, 0, 0]
    person = register(house, "白露")
    register(house, "谷雨", "activist")
    assert totals() == totals() == [1, 2, 0, 1, 0, 0]
    transfer_person(by=BY, person=person, organisation=house.personnel, on=DAY)
    change_circumstances(by=BY, person=person, on=DAY, employment="retired")
    assert totals() == [1, 2, 0, 1, 1, 1]
    leave(by=BY, person=person, on=DAY + timedelta(days=1), reason="转往外省某单位")
    assert totals() == [0, 1, 1, 0, 0, 0]


def test_whoever_moved_on_inside_the_scope_is_not_gone(house: House, clerk: Client) -> None:
    person = register(house, "白露")
    transfer_person(by=BY, person=person, organisation=house.personnel, on=DAY)
    assert names(clerk, "?kind=gone") == []
    assert names(clerk, f"?organisation={house.office.pk}") == []
    assert names(clerk, f"?organisation={house.office.pk}&on=2026-05-31") == ["白露"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=白", ["白露"]),
        ("q=gy", ["谷雨"]),
        ("q=1111", ["谷雨"]),
        ("gender=女", ["白露"]),
        ("ethnicity=other", ["谷雨"]),
        ("education=研究生", ["白露"]),
        ("employment=retired", ["谷雨"]),
        ("whereabouts=mobile", ["谷雨"]),
        ("category=公务", ["谷雨"]),
        ("post=secretary", ["白露"]),
        ("post=any", ["白露"]),
        ("since=2001-07-02", []),
        ("until=2001-07-01", ["白露", "谷雨"]),
        ("from=60&on=2026-06-30", []),
        ("from=60&on=2026-07-01", ["谷雨"]),
        ("to=60&on=2027-06-30", ["白露", "谷雨"]),
        ("to=60&on=2027-07-01", ["白露"]),
        ("young=on&on=2026-03-11", ["白露"]),
        ("young=on&on=2026-03-12", []),
        ("organisation=人事处党支部", []),
        ("organisation=bgs", ["白露", "谷雨"]),
    ],
)
def test_it_is_narrowed_by_everything_that_is_held(house: House, clerk: Client, query: str, found: list[str]) -> None:
    told = {"gender": "女", "ethnicity": "汉族", "education": "研究生", "birth": "1986-03-12"}
    secretary = register(house, "白露", **told)
    take_post(by=BY, person=secretary, organisation=house.office, kind="secretary", on=FOUNDED)
    old = register(house, "谷雨", gender="男", ethnicity="回族", education="大学", birth="1966-07", phone="13900001111")
    change_circumstances(by=BY, person=old, on=FOUNDED, employment="retired", whereabouts="mobile", category="公务员")
    assert names(clerk, f"?{query}") == found


def test_years_are_those_of_the_day_that_is_shown(house: House, clerk: Client) -> None:
    register(house, "白露", birth="1986-03")
    cells = next(iter(clerk.get(f"{ROSTER}?on=2026-02-28").context["listing"].lines()))
    told = {cell.column.name: cell.text for cell in cells}
    assert (told["age"], told["standing"]) == ("39", "23")


def test_a_sibling_sees_only_his_own(house: House) -> None:
    register(house, "白露")
    house.register("方圆", house.personnel)
    secretary = signed_in(somebody("secretary", house.personnel, "secretary"))
    assert names(secretary) == ["方圆"]
    assert secretary.get(f"{ROSTER}?organisation={house.office.pk}").status_code == 404


def test_an_export_masks_numbers_and_is_told_to_the_audit(house: House, clerk: Client) -> None:
    register(house, "白露", phone="13900001111")
    answer = clerk.get(f"{ROSTER}?as=xlsx&kind=full")
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "139****1111" in cells
    assert not any("13900001111" in cell for cell in cells)
    entry = AuditEntry.objects.latest("sequence")
    assert entry.verb == "member.export"
    assert "人员类别：正式党员" in entry.reason
    assert '"rows":1' in entry.body


def test_whoever_may_only_read_takes_nothing_away(house: House) -> None:
    register(house, "白露")
    reader = signed_in(somebody("reader", house.office, "committee_member"))
    answer = reader.get(f"{ROSTER}?as=xlsx", follow=True)
    assert "没有导出名册的权限" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="member.export").exists()


def test_ten_times_as_many_people_cost_the_same_queries(house: House, clerk: Client) -> None:
    busy(house, "白露")
    few = queries(clerk, ROSTER)
    for number in range(10):
        busy(house, f"党员{number}")
    assert queries(clerk, ROSTER) == few


def test_ten_times_as_long_a_history_costs_the_same_queries(house: House, clerk: Client) -> None:
    person = busy(house, "白露")
    url = reverse("member", args=[person.pk])
    transfer_person(by=BY, person=person, organisation=house.personnel, on=date(2025, 1, 2))
    few = queries(clerk, url)
    for month in range(2, 12):
        where = house.personnel if month % 2 else house.office
        transfer_person(by=BY, person=person, organisation=where, on=date(2025, month, 2))
    assert queries(clerk, url) == few


def busy(house: House, name: str) -> Person:
    """Somebody with everything that a list shows."""
    person = register(house, name, phone="13900001111")
    take_post(by=BY, person=person, organisation=house.office, kind="group_leader", on=FOUNDED)
    change_circumstances(by=BY, person=person, on=FOUNDED, employment="in_service")
    return person


def queries(client: Client, url: str) -> int:
    client.get(url)  # what is read once for all, such as content types, is read now
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
