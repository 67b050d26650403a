"""The year in numbers as pages, poster and workbook."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.services.reorganising import dissolve
from tests.accounts import account, appointed, sign_in
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

PAGE = "figures"


@pytest.fixture(autouse=True)
def _on_the_day() -> object:
    with time_machine.travel(datetime(2026, 12, 1, 9), tick=False):  # noqa: DTZ001 - the site's own time
        yield


@pytest.fixture
def place() -> Bureau:
    made = bureau()
    for month in range(1, 5):
        made.held(OFFICE, "theme_day", f"2026-0{month}-08", expected=8, present=7, topic=f"第{month}次主题党日")
    made.held(OFFICE, "theme_day", "2025-03-08", present=7)
    made.held(PERSONNEL, "theme_day", "2026-03-09", present=3, topic="人事处的主题党日")
    made.held(OFFICE, "heart_to_heart_talk", "2026-03-09")
    return made


@pytest.fixture
def clerk(place: Bureau, client: Client) -> Client:
    return sign_in(client, appointed(place.standings[COMMITTEE].organisation))


def text(response: Any) -> str:  # noqa: ANN401 - what the test client answers
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def one(name: str, **asked: Any) -> str:  # noqa: ANN401 - parameters
    return reverse("figure", args=[name], query=asked)


def test_every_figure_stands_under_its_heading_with_the_year_before_beside_it(clerk: Client) -> None:
    page = text(clerk.get(reverse(PAGE)))
    assert "机关党委 2026年（截至12月1日）" in page or "机关党委2026年（截至12月1日）" in page
    assert re.search(r"主题党日 ?5 次 ?上年同期 1 次", page)
    assert re.search(r"参加主题党日 ?31 人次 ?上年同期 7 人次", page)


def test_a_part_of_the_tree_and_some_days_can_be_chosen(clerk: Client, place: Bureau) -> None:
    asked = {"organisation_key": str(place.place(OFFICE)), "part": "Q1"}
    assert re.search(r"主题党日 ?3 次 ?上年同期 1 次", text(clerk.get(reverse(PAGE), asked)))
    asked = {"organisation": PERSONNEL, "since": "2026-03-01", "until": "2026-03-31"}
    page = text(clerk.get(reverse(PAGE), asked))
    assert re.search(r"主题党日 ?1 次", page)
    assert "2026年3月1日至2026年3月31日" in page


def test_the_choice_stays_in_the_bar_and_goes_with_the_poster(clerk: Client, place: Bureau) -> None:
    key = place.place(OFFICE)
    page = clerk.get(reverse(PAGE), {"organisation_key": str(key), "year": "2025"}).content.decode()
    assert f'value="{OFFICE}"' in page
    assert re.search(rf"as=pdf&amp;organisation_key={key}&amp;year=2025", page)


def test_words_that_are_newer_than_the_key_are_what_is_meant(clerk: Client, place: Bureau) -> None:
    asked = {"organisation_key": str(place.place(OFFICE)), "organisation": PERSONNEL}
    assert re.search(rf"{PERSONNEL} ?2026年（截至", text(clerk.get(reverse(PAGE), asked)))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"since": "2026-05-01", "until": "2026-03-01"}, "起始日期晚于截止日期"),
        ({"year": "2026", "since": "2027-05-01", "until": "2027-06-01"}, "还没有开始"),
        ({"organisation": "没有这个支部"}, "没有找到这个党组织"),
        ({"year": "三年前", "part": "Q9", "since": "昨天"}, "2026年（截至12月1日）"),
    ],
)
def test_what_makes_no_sense_is_said_and_this_year_is_shown(clerk: Client, asked: dict[str, str], says: str) -> None:
    page = clerk.get(reverse(PAGE), asked)
    assert page.status_code == 200
    assert says in text(page)
    assert "2026年（截至12月1日）" in text(page)


def test_a_figure_shows_its_trend_as_a_table_and_the_records_that_it_counted(clerk: Client) -> None:
    page = clerk.get(one("theme_days"))
    assert all(words in text(page) for words in ("2026年3月", "第1次主题党日", "人事处的主题党日", "共 5 次活动"))
    assert page.content.decode().count("data-chart=") == page.content.decode().count("chart-table") == 1
    assert "2025年第一季度" in text(clerk.get(one("theme_days", every="quarter")))
    assert "2022年" in text(clerk.get(one("theme_days", every="year")))


def test_the_records_are_those_of_the_part_and_the_days(clerk: Client, place: Bureau) -> None:
    page = text(clerk.get(one("theme_days", organisation_key=place.place(OFFICE), part="Q1")))
    assert "共 3 次活动" in page
    assert "人事处的主题党日" not in page


def test_what_a_dissolved_branch_held_is_listed_but_cannot_be_opened(clerk: Client, place: Bureau) -> None:
    with doing(Deed("cast", CommandLine("test"), trial=True)):
        dissolve(place.standings[PERSONNEL].organisation, date(2026, 6, 1))
    page = clerk.get(one("theme_days")).content.decode()
    assert "人事处的主题党日" in page
    assert len(set(re.findall(r'href="(/activities/\d+/)"', page))) == 4


def test_behind_talks_there_is_no_record_and_no_month(clerk: Client) -> None:
    page = text(clerk.get(one("heart_to_heart_talks", every="month")))
    assert "不足 5 次" in page
    assert "2026年第一季度" in page
    assert "只提供约数" in page
    assert clerk.get(one("heart_to_heart_talks", **{"as": "xlsx"}))["Content-Type"].startswith("text/html")


def test_members_and_branches_lead_to_their_lists_as_of_the_last_day(clerk: Client, place: Bureau) -> None:
    page = clerk.get(one("members", year="2025", organisation_key=place.place(OFFICE))).content.decode()
    assert f"{reverse('members')}?organisation_key={place.place(OFFICE)}&amp;on=2025-12-31" in page
    assert f'href="{reverse("organisations-list")}"' in clerk.get(one("committees")).content.decode()


def test_the_poster_is_one_sheet_of_what_came_to_anything(clerk: Client) -> None:
    answer = clerk.get(reverse(PAGE), {"as": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    said = re.sub(r"\s+", "", pages[0].extract_text())
    assert len(pages) == 1
    assert "参加主题党日" in said
    assert "志愿服务" not in said
    assert pages[0].mediabox.height > pages[0].mediabox.width > 840


def test_the_workbook_tells_numbers_as_numbers(clerk: Client) -> None:
    answer = clerk.get(reverse(PAGE), {"as": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(answer.getvalue())).active
    assert sheet is not None
    rows = {row[1]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert rows["主题党日"][2:5] == (5, "次", 1)
    assert rows["主题党日"][5] == "开展主题党日 5 次"
    assert rows["谈心谈话"][2] == "不足 5 次"


def test_taking_them_away_is_told_to_the_audit(clerk: Client) -> None:
    clerk.get(reverse(PAGE), {"as": "xlsx"})
    assert AuditEntry.objects.filter(verb="figures.export").count() == 1


def test_nobody_sees_the_figures_of_another_branch_or_of_the_level_above(place: Bureau, client: Client) -> None:
    sign_in(client, appointed(place.standings[OFFICE].organisation, role="secretary"))
    assert re.search(r"主题党日 ?4 次", text(client.get(reverse(PAGE))))
    for other in (PERSONNEL, COMMITTEE):
        asked = {"organisation_key": place.place(other)}
        assert client.get(reverse(PAGE), asked).status_code == 404
        assert client.get(one("theme_days", **asked)).status_code == 404


def test_without_an_organisation_there_are_none(place: Bureau, client: Client) -> None:
    assert place
    sign_in(client, account("nobody"))
    assert client.get(reverse(PAGE)).status_code == 404
    assert "数读" not in text(client.get(reverse("home")))


@pytest.mark.parametrize("key", ["0", "99999999999999999999", "x"])
def test_what_is_no_organisation_and_no_figure_is_not_there(clerk: Client, key: str) -> None:
    assert clerk.get(reverse(PAGE), {"organisation_key": key}).status_code == 404
    assert clerk.get(one("no-such-figure")).status_code == 404


def test_few_queries_do(clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    clerk.get(reverse(PAGE))
    with django_assert_max_num_queries(36):
        clerk.get(reverse(PAGE))
    with django_assert_max_num_queries(36):
        clerk.get(one("theme_days"))
