"""The matrix as pages: what is worst stands first, and everything leads to its reasons."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dangwu.compliance.living.tests.living import TODAY, living
from tests.accounts import account, appointed, sign_in
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


@pytest.fixture(autouse=True)
def _on_the_day() -> object:
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 9), tick=False):  # noqa: DTZ001 - the site's own time
        yield


@pytest.fixture
def place() -> Bureau:
    return living()


@pytest.fixture
def clerk(place: Bureau, client: Client) -> Client:
    return sign_in(client, appointed(place.standings[COMMITTEE].organisation))


def text(response: Any) -> str:  # noqa: ANN401 - what the test client answers
    return re.sub(r"\s+", " ", response.content.decode())


def branches(response: Any) -> list[str]:  # noqa: ANN401 - likewise
    return [name for name in re.findall(r">([^<>]+党支部)</a>", response.content.decode()) if name]


def test_a_sentence_five_figures_and_the_branches_worst_first(clerk: Client) -> None:
    page = clerk.get(reverse("overview"))
    assert "3 个支部：3 逾期" in text(page)
    assert all(name in text(page) for name in ("应办", "已办", "按期", "完成率", "按期率"))
    assert set(branches(page)) == {OFFICE, PERSONNEL, CENTRE}


def test_every_square_leads_to_its_reasons(clerk: Client, place: Bureau) -> None:
    page = text(clerk.get(reverse("overview")))
    assert re.search(rf'href="[^"]*/{place.place(OFFICE)}/[^"]*#theme-day-each-month"', page)


def test_filters_narrow_it_to_one_kind_of_trouble(clerk: Client) -> None:
    assert "没有符合条件的党支部" in text(clerk.get(reverse("overview"), {"status": "good"}))
    one = clerk.get(reverse("overview"), {"rule": "theme-day-each-month"})
    assert "3 个党支部，1 项要求" in text(one)


def test_what_asks_for_no_attention_is_left_out_until_it_is_wanted(clerk: Client) -> None:
    few, every = (clerk.get(reverse("overview"), asked).content for asked in ({}, {"all": "on"}))
    assert every.count(b'<th scope="col"') > few.count(b'<th scope="col"')


def test_the_levels_above_sum_up_what_is_below(clerk: Client) -> None:
    page = text(clerk.get(reverse("overview-levels"), {"rule": "theme-day-each-month"}))
    assert COMMITTEE in page
    assert "6.6%" in page


def test_one_duty_is_followed_through_the_year(clerk: Client) -> None:
    page = text(clerk.get(reverse("overview-duty", args=["theme-day-each-month"])))
    assert "1月" in page
    assert set(branches(clerk.get(reverse("overview-duty", args=["theme-day-each-month"])))) == {
        OFFICE,
        PERSONNEL,
        CENTRE,
    }
    assert clerk.get(reverse("overview-duty", args=["no-such-rule"])).status_code == 404


def test_a_year_that_is_no_year_and_a_page_that_is_none_are_taken_for_the_first(clerk: Client) -> None:
    assert clerk.get(reverse("overview"), {"year": "abc", "page": "-3", "under": "x"}).status_code == 200


def test_it_is_printed_whole_and_taken_away_as_a_workbook(clerk: Client) -> None:
    assert "打印人" in text(clerk.get(reverse("overview"), {"as": "print"}))
    answer = clerk.get(reverse("overview"), {"as": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None
    assert {row[0] for row in sheet.iter_rows(min_row=3, values_only=True)} >= {OFFICE, PERSONNEL, CENTRE}


def test_whoever_has_no_organisation_finds_nothing(place: Bureau, client: Client) -> None:

    assert place
    assert sign_in(client, account("nobody")).get(reverse("overview")).status_code == 404


def test_few_queries_do(clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    clerk.get(reverse("overview"))
    with django_assert_max_num_queries(14):
        clerk.get(reverse("overview"))
