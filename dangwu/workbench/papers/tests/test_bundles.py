"""One paper of an organisation and all below it is packed in the background, for whoever asked for it alone."""

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from dangwu.foundation.audit.models import AuditEntry
from dangwu.records.paper_models import Bundle
from dangwu.workbench.papers import tasks
from dangwu.workbench.papers.bundling import papers
from dangwu.workbench.papers.offered import OFFERS
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
TODAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Settings) -> None:
    settings.HOME = tmp_path


def ordered(client: Client, place: Bureau, paper: str = "hours.xlsx") -> Bundle:
    url = reverse("ledger-pack", args=[place.place(COMMITTEE)])
    client.post(url, {"year": 2026, "paper": paper, "idempotency_key": str(uuid4())})
    return Bundle.objects.latest("pk")


def packed(client: Client, place: Bureau, paper: str = "hours.xlsx") -> Bundle:
    bundle = ordered(client, place, paper)
    tasks.pack_now(bundle)
    bundle.refresh_from_db()
    return bundle


def test_all_below_are_in_the_archive_in_folders(place: Bureau, clerk: Client) -> None:
    bundle = packed(clerk, place)
    assert (bundle.state, bundle.done, bundle.total) == ("ready", 4, 4)
    answer = clerk.get(reverse("ledger-archive", args=[bundle.pk]))
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined] # a file
        names = archive.namelist()
    assert f"{COMMITTEE}/{COMMITTEE}_2026年_学时和下沉轮值统计.xlsx" in names
    assert f"{COMMITTEE}/{OFFICE}_2026年_学时和下沉轮值统计.xlsx" in names


def test_the_page_tells_how_far_it_is_and_then_where_it_is(place: Bureau, clerk: Client) -> None:
    bundle = ordered(clerk, place)
    Bundle.objects.update(state=Bundle.State.WAITING)
    url = reverse("ledger-bundle", args=[bundle.pk])
    assert "排队等待" in clerk.get(url).content.decode()
    tasks.pack_now(bundle)
    assert reverse("ledger-archive", args=[bundle.pk]) in clerk.get(url).content.decode()


def test_an_order_and_a_download_are_told_to_the_audit(place: Bureau, clerk: Client) -> None:
    bundle = packed(clerk, place)
    clerk.get(reverse("ledger-archive", args=[bundle.pk]))
    entries = AuditEntry.objects.filter(verb__startswith="ledger.").order_by("sequence")
    assert [(entry.verb, entry.reason) for entry in entries] == [
        ("ledger.pack", "2026年学时和下沉轮值统计（Excel），连同下级"),
        ("ledger.take", "2026年学时和下沉轮值统计，连同下级"),
    ]


def test_an_archive_is_nobody_elses(place: Bureau, clerk: Client, visiting: Callable[..., Client]) -> None:
    bundle = packed(clerk, place)
    other = visiting(COMMITTEE, "supervisor")
    for name in ("ledger-bundle", "ledger-archive"):
        assert other.get(reverse(name, args=[bundle.pk])).status_code == 404


def test_what_breaks_off_says_so(place: Bureau, clerk: Client) -> None:
    bundle = ordered(clerk, place)
    Bundle.objects.update(path="not a path")
    bundle.refresh_from_db()
    with pytest.raises(ValueError, match="层级编号"):
        tasks.pack_now(bundle)
    assert "打包中途出错" in clerk.get(reverse("ledger-bundle", args=[bundle.pk])).content.decode()


def test_what_stopped_half_way_is_begun_again(place: Bureau, clerk: Client) -> None:
    bundle = ordered(clerk, place)
    Bundle.objects.update(state=Bundle.State.PACKING)
    tasks.resume()
    bundle.refresh_from_db()
    assert bundle.state == Bundle.State.READY


def test_archives_go_after_a_week(place: Bureau, clerk: Client) -> None:
    bundle = packed(clerk, place)
    assert tasks.forget_old_bundles(timezone.now() + timedelta(days=6)) == 0
    assert tasks.forget_old_bundles(timezone.now() + timedelta(days=8)) == 1
    assert not tasks.file_of(bundle).exists()


def test_one_paper_more_costs_no_query_more(place: Bureau) -> None:
    """What is read is read for all of them at once."""

    def asked(only: list[str]) -> int:
        keys = [place.place(name) for name in only]
        path = place.standings[COMMITTEE].path
        order = OFFERS["handbook"], ".docx"
        with CaptureQueriesContext(connection) as queries:
            list(papers(path, 2026, order, today=TODAY, progress=lambda *_: None, only=keys))
        return len(queries)

    asked([OFFICE])
    assert asked([OFFICE]) == asked([OFFICE, PERSONNEL, COMMITTEE])
