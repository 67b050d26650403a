"""The audit administrator's pages; for anybody else there are none."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dangwu.foundation.audit.models import AuditEntry, Checkpoint
from dangwu.foundation.audit.reviews import Review
from dangwu.foundation.audit.tests.logs import write
from dangwu.foundation.audit.verify_audit import verify
from dangwu.foundation.deeds import unguarded
from tests.accounts import Cast, cast_of_accounts, sign_in
from tests.cast import COMMITTEE, OFFICE, bureau

pytestmark = pytest.mark.django_db

KEY = "00000000-0000-4000-8000-000000000001"
PAGES = ("audit", "audit-review", "audit-export", "audit-verifier", "audit-checkpoints")


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def cast() -> Cast:
    return cast_of_accounts()


@pytest.fixture
def auditor(client: Client, cast: Cast) -> Client:
    return sign_in(client, cast.audit)


def shown(client: Client, **asked: str) -> list[str]:
    """The subjects that a search finds."""
    answer = client.get(reverse("audit"), asked)
    assert answer.status_code == 200
    return [entry.subject_name for entry in answer.context["listing"].rows]


def test_nobody_else_finds_the_audit(cast: Cast) -> None:
    write()
    addresses = [*map(reverse, PAGES), reverse("audit-entry", args=[1]), reverse("audit-checkpoint", args=[1])]
    for account in (cast.system, cast.security, cast.nobody):
        client = sign_in(Client(), account)
        assert {client.get(address).status_code for address in addresses} == {404}
        assert client.post(reverse("audit-sign"), {"idempotency_key": KEY}).status_code == 404


def test_the_search_knows_who_what_about_whom_and_when(auditor: Client) -> None:
    write(subject_name="甲支部", actor_name="安安", at=datetime(2026, 3, 1, 1, tzinfo=UTC))
    write(subject_name="乙支部", actor_name="康康", verb="term.open", at=datetime(2026, 3, 31, 17, tzinfo=UTC))
    assert shown(auditor, who="康康") == ["乙支部"]
    assert shown(auditor, about="甲") == ["甲支部"]
    assert shown(auditor, verb="term.") == shown(auditor, verb="term.open") == ["乙支部"]
    assert shown(auditor, kind="organisations.organisation", text="机构改革 支部") == ["乙支部", "甲支部"]
    assert shown(auditor, since="2026-03-01", until="2026-03-31") == ["甲支部"]
    assert shown(auditor, since="2026-04-01", until="2026-04-01") == ["乙支部"]


def test_the_search_goes_below_an_organisation(auditor: Client) -> None:
    standings = bureau().standings
    write(subject_name="在下面", place=standings[OFFICE].path)
    write(subject_name="在别处", place="0777")
    assert shown(auditor, under=COMMITTEE) == shown(auditor, under=OFFICE) == ["在下面"]
    assert shown(auditor, under="没有的党支部") == []


def test_a_list_that_leaves_as_a_workbook_is_told(auditor: Client) -> None:
    write(subject_name="甲支部")
    assert auditor.get(reverse("audit"), {"as": "xlsx", "about": "甲"}).status_code == 200
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last
    assert (last.verb, last.subject_name) == ("audit.list", "1 条审计记录")


def test_an_entry_shows_what_became_of_each_column(auditor: Client) -> None:
    entry = write()
    answer = auditor.get(reverse("audit-entry", args=[entry.sequence]))
    page = answer.content.decode()
    assert answer.context["heading"] == "党组织更名"
    assert all(text in page for text in ("安安　账号 17 号", "第三支部", "机构改革", "（只留摘要）", entry.hash))
    assert "13800000000" not in page
    assert auditor.get(reverse("audit-entry", args=[10**9])).status_code == 404


def test_the_log_is_inspected_on_request(auditor: Client) -> None:
    write()
    auditor.post(reverse("audit-review"), {"idempotency_key": KEY})
    review = Review.objects.get()
    assert (review.state, review.asked_by) == (Review.State.WHOLE, "audit")
    assert "核验通过" in auditor.get(reverse("audit-review")).content.decode()


def test_an_altered_log_is_said_to_be_altered(auditor: Client) -> None:
    entry = write()
    with unguarded("what an operator could do"):
        QuerySet.update(AuditEntry.objects.filter(pk=entry.pk), reason="另有隐情")
    auditor.post(reverse("audit-review"), {"idempotency_key": KEY})
    assert Review.objects.get().state == Review.State.FAULTY
    assert f"第 {entry.sequence} 条" in auditor.get(reverse("audit-review")).content.decode()


def test_the_log_is_compared_with_paper(auditor: Client) -> None:
    write()
    wrong = auditor.post(reverse("audit-review"), {"idempotency_key": KEY, "paper": "第一条"})
    assert (wrong.status_code, Review.objects.count()) == (422, 0)
    auditor.post(reverse("audit-review"), {"idempotency_key": KEY, "paper": f"第 1 条 · {'0' * 16}"})
    assert Review.objects.get().state == Review.State.FAULTY


def test_the_export_is_whole_and_tells_of_itself(auditor: Client) -> None:
    write()
    answer = auditor.post(reverse("audit-export"), {"idempotency_key": KEY})
    log = verify(answer.getvalue().splitlines(keepends=True), [])
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last
    assert (last.verb, last.subject_name, log.sequence) == ("audit.export", "全部日志", last.sequence)


def test_the_export_refuses_days_in_the_wrong_order(auditor: Client) -> None:
    asked = {"idempotency_key": KEY, "since": "2026-03-02", "until": "2026-03-01"}
    answer = auditor.post(reverse("audit-export"), asked)
    assert (answer.status_code, "截止日期早于起始日期" in answer.content.decode()) == (422, True)


def test_a_checkpoint_is_signed_told_and_printed(auditor: Client) -> None:
    write()
    answer = auditor.post(reverse("audit-sign"), {"idempotency_key": KEY})
    point = Checkpoint.objects.get()
    assert answer.headers["Location"] == reverse("audit-checkpoint", args=[point.pk])
    card = auditor.get(answer.headers["Location"]).content.decode()
    assert all(text in card for text in (point.code, point.hash, point.signature))
    assert AuditEntry.objects.filter(verb="audit.checkpoint", subject=f"foundation.checkpoint:{point.pk}").exists()


def test_what_is_printed_or_taken_away_shows_the_last_checkpoint(auditor: Client) -> None:
    write()
    auditor.post(reverse("audit-sign"), {"idempotency_key": KEY})
    foot = str(Checkpoint.objects.get())
    assert foot in auditor.get(reverse("audit"), {"as": "print"}).content.decode()
    book = openpyxl.load_workbook(BytesIO(auditor.get(reverse("audit"), {"as": "xlsx"}).getvalue()))
    assert foot in str(book.active.oddFooter.left.text)


def test_the_verifier_is_one_file(auditor: Client) -> None:
    answer = auditor.get(reverse("audit-verifier"))
    assert answer.getvalue().startswith(b"#!/usr/bin/env python3")
