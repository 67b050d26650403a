"""The branch knows what to do next; whoever is above it decides; nobody decides for himself."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dangwu.compliance.living.tests.living import TODAY, living
from dangwu.compliance.models import Answer, Exemption, Overruling
from dangwu.notices.models import Notice
from tests.accounts import appointed, sign_in
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
RULE, MAY = "theme-day-each-month", "2026-05"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 9), tick=False):  # noqa: DTZ001 - the site's own time
        yield


@pytest.fixture
def place() -> Bureau:
    return living()


@pytest.fixture
def secretary(place: Bureau) -> Client:
    who = appointed(place.standings[OFFICE].organisation, role="secretary", username="secretary")
    return sign_in(Client(), who)


@pytest.fixture
def clerk(place: Bureau) -> Client:
    return sign_in(Client(), appointed(place.standings[COMMITTEE].organisation))


def text(response: Any) -> str:  # noqa: ANN401 - what the test client answers
    return re.sub(r"\s+", " ", response.content.decode())


def url(name: str, place: Bureau, where: str = OFFICE) -> str:
    return reverse(name, args=[place.place(where), RULE, MAY])


def send(client: Client, address: str, **fields: str) -> Any:  # noqa: ANN401 - likewise
    page = client.get(address)
    version = re.search(r'name="version" value="(\d*)"', page.content.decode())
    more = {"version": version[1]} if version else {}
    return client.post(address, {"idempotency_key": str(uuid4()), **more, **fields})


def test_what_is_missing_stands_first_with_clause_and_one_tap_to_record_it(place: Bureau, secretary: Client) -> None:
    page = text(secretary.get(reverse("branch", args=[place.place(OFFICE)])))
    assert page.index("没有做到的") < page.index("接下来要办的")
    assert "《中国共产党支部工作条例（试行）》第16条" in page
    record = reverse("record", args=[place.place(OFFICE), "theme_day"])
    assert f"{record}?on=2026-05-31" in page
    assert "请把日期改为实际开展的日子" in text(secretary.get(f"{record}?on=2026-05-31"))


def test_a_duty_is_explained_by_what_was_counted(place: Bureau, secretary: Client) -> None:
    january = reverse("branch-duty", args=[place.place(OFFICE), RULE, "2026-01"])
    assert "2026年1月8日 主题党日" in text(secretary.get(january))
    assert "没有计入的活动" in text(secretary.get(url("branch-duty", place)))


def test_another_branch_is_not_there(place: Bureau, secretary: Client) -> None:
    assert secretary.get(reverse("branch", args=[place.place(PERSONNEL)])).status_code == 404
    assert secretary.get(url("branch-duty", place, PERSONNEL)).status_code == 404


def test_a_branch_says_why(place: Bureau, secretary: Client) -> None:
    send(secretary, url("branch-answer", place), text="当月集中值守，已安排补上")
    assert Answer.objects.of(organisation=place.place(OFFICE)).get().text == "当月集中值守，已安排补上"
    assert "当月集中值守" in text(secretary.get(url("branch-duty", place)))


def test_the_level_above_finds_and_takes_it_back(place: Bureau, clerk: Client) -> None:
    send(clerk, url("branch-overrule", place), word="met", reason="已见到原始记录")
    assert "经上级认定" in text(clerk.get(url("branch-duty", place)))
    send(clerk, url("branch-withdraw", place), reason="记录不实")
    assert not Overruling.objects.of(organisation=place.place(OFFICE)).exists()


def test_an_exemption_needs_a_basis(place: Bureau, clerk: Client) -> None:
    refused = send(clerk, url("branch-exempt", place), since="2026-05-01", basis=" ")
    assert refused.status_code == 422 or "依据" in text(refused)
    assert not Exemption.objects.of(organisation=place.place(OFFICE)).exists()
    send(clerk, url("branch-exempt", place), since="2026-05-01", until="2026-05-31", basis="机关党委批复〔2026〕3号")
    assert Exemption.objects.of(organisation=place.place(OFFICE)).get().rule == RULE


def test_nobody_finds_for_himself(place: Bureau, secretary: Client) -> None:
    assert secretary.get(url("branch-overrule", place)).status_code == 404
    assert secretary.get(url("branch-exempt", place)).status_code == 404


def test_a_reminder_is_drafted_and_not_sent(place: Bureau, clerk: Client) -> None:
    page = clerk.get(reverse("remind"))
    assert "主题党日每月开展一次（应办 7，已办 1）" in text(page)
    send(clerk, reverse("remind"), about="提醒", text="请补上", to=str(place.place(OFFICE)))
    notice = Notice.objects.of(organisation=place.place(COMMITTEE)).get()
    assert (notice.sent_at, notice.addressees.of(notice=notice).count()) == (None, 1)


def test_the_first_page_tells_the_branch_what_comes_next(secretary: Client) -> None:
    page = text(secretary.get(reverse("home")))
    assert "记录活动" in page
    assert OFFICE in page


def test_a_past_year_is_told_apart_from_this_one(place: Bureau, secretary: Client) -> None:
    address = reverse("branch", args=[place.place(OFFICE)])
    assert "2026年5月" in text(secretary.get(address))
    past = text(secretary.get(address, {"year": "2025"}))
    assert "2026年5月" not in past
    assert "2025年已办" in past
    assert "项要办" not in past
    assert "今年已办" in text(secretary.get(address, {"year": "31abc"}))


def test_an_address_that_names_no_period_is_not_there(place: Bureau, secretary: Client) -> None:
    assert secretary.get(reverse("branch-duty", args=[place.place(OFFICE), RULE, "2026Q9"])).status_code == 404
