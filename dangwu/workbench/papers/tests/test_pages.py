"""Ledgers are found from the organisation, taken away in every form, told to the audit, and confined."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.foundation.audit.models import AuditEntry
from dangwu.records.models import Activity
from dangwu.workbench.papers.offered import OFFERS
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
EVERY = [(offer.name, suffix) for offer in OFFERS.values() for suffix in offer.forms]
STARTS = {".docx": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF"}


def page(client: Client, place: Bureau, where: str = OFFICE, **asked: str) -> str:
    return client.get(reverse("organisation-ledgers", args=[place.place(where)]), asked).content.decode()


def activity_called(topic: str) -> int:
    return Activity.objects.unscoped("a test").get(topic=topic).pk


def minutes_of(topic: str, suffix: str = ".docx") -> str:
    return reverse("minutes-file", args=[activity_called(topic), suffix])


def test_whoever_sees_one_organisation_is_led_to_its_ledgers(place: Bureau, secretary: Client) -> None:
    assert (
        reverse("ledger", args=[place.place(OFFICE), 2026, "handbook", ".docx"])
        in secretary.get(reverse("ledgers")).content.decode()
    )


def test_the_page_offers_every_paper_and_every_record(place: Bureau, secretary: Client) -> None:
    told = page(secretary, place)
    for offer in OFFERS.values():
        assert offer.title in told
    assert minutes_of("讨论年度计划") in told
    assert "另有谈心谈话 1 次" in told
    assert "家中老人病重" not in told


def test_a_committee_goes_down_to_its_branches(place: Bureau, clerk: Client) -> None:
    assert reverse("organisation-ledgers", args=[place.place(PERSONNEL)]) in page(clerk, place, COMMITTEE)


@pytest.mark.parametrize("asked", ["2019", "2099", "", "一", "２０２６"])
def test_a_year_that_cannot_be_asked_for_is_this_year_or_says_so(place: Bureau, secretary: Client, asked: str) -> None:
    told = page(secretary, place, year=asked)
    assert "2026年的台账" in told or "2019年的台账" in told


@pytest.mark.parametrize(("name", "suffix"), EVERY)
def test_every_paper_comes_under_a_name_that_says_what_it_is(
    place: Bureau, secretary: Client, name: str, suffix: str
) -> None:
    answer = secretary.get(reverse("ledger", args=[place.place(OFFICE), 2026, name, suffix]))
    assert answer.status_code == 200
    assert answer.content.startswith(STARTS[suffix])
    told = unquote(answer.headers["Content-Disposition"])
    assert f"办公室党支部_2026年_{OFFERS[name].title}{suffix}" in told


def test_every_download_is_told_to_the_audit(place: Bureau, secretary: Client) -> None:
    secretary.get(reverse("ledger", args=[place.place(OFFICE), 2026, "handbook", ".pdf"]))
    secretary.get(minutes_of("讨论年度计划"))
    entries = AuditEntry.objects.filter(verb="ledger.take").order_by("sequence")
    assert [(entry.subject_name, entry.reason) for entry in entries] == [
        (OFFICE, "2026年党支部工作手册（PDF）"),
        (OFFICE, "办公室党支部 2026-05-09 的记录"),
    ]


def test_minutes_come_as_word_and_pdf(secretary: Client) -> None:
    answer = secretary.get(minutes_of("讨论年度计划"))
    assert "办公室党支部_2026-05-09_党员大会会议记录.docx" in unquote(answer.headers["Content-Disposition"])
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert "谷雨" in archive.read("word/document.xml").decode()
    assert secretary.get(minutes_of("讨论年度计划", ".pdf")).content.startswith(b"%PDF")


def test_there_are_no_minutes_of_a_talk(secretary: Client) -> None:
    assert secretary.get(minutes_of("家中老人病重")).status_code == 404


def test_the_ledgers_of_others_are_not_there(place: Bureau, visiting: Callable[..., Client]) -> None:
    stranger = visiting(PERSONNEL)
    for url in (
        reverse("organisation-ledgers", args=[place.place(OFFICE)]),
        reverse("ledger", args=[place.place(OFFICE), 2026, "handbook", ".docx"]),
        minutes_of("讨论年度计划"),
    ):
        assert stranger.get(url).status_code == 404


@pytest.mark.parametrize(
    ("year", "name", "suffix"),
    [(1999, "hours", ".xlsx"), (2027, "hours", ".xlsx"), (2026, "hours", ".pdf"), (2026, "secrets", ".pdf")],
)
def test_what_is_not_offered_is_not_there(place: Bureau, secretary: Client, year: int, name: str, suffix: str) -> None:
    assert secretary.get(reverse("ledger", args=[place.place(OFFICE), year, name, suffix])).status_code == 404


def test_a_page_costs_no_more_for_more_records(
    place: Bureau, secretary: Client, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for month in range(1, 12):
        place.held(
            OFFICE, "theme_day", f"2026-{month:02}-15", topic=f"第{month}次", absent=("谷雨",), expected=8, present=7
        )
    with django_assert_max_num_queries(40):  # type: ignore[attr-defined] # a context manager
        page(secretary, place)
