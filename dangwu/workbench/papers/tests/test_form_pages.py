"""A committee brings its form once, and every branch below fills it in."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dangwu.foundation.audit.models import AuditEntry
from dangwu.records.paper_models import LedgerForm
from dangwu.workbench.papers.form_pages import sample_bytes
from dangwu.workbench.papers.own_forms.tests.test_filling import lined
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def bring(client: Client, place: Bureau, content: bytes, name: str = "活动登记表", where: str = COMMITTEE) -> object:
    sent = {"name": name, "file": SimpleUploadedFile("表.docx", content), "idempotency_key": str(uuid4())}
    return client.post(reverse("ledger-form-bring", args=[place.place(where)]), sent)


def forms() -> list[tuple[str, int, bool]]:
    rows = LedgerForm.objects.unscoped("a test").order_by("pk")
    return [(form.name, form.number, form.retired_on is None) for form in rows]


def test_every_branch_below_uses_the_form(place: Bureau, clerk: Client, secretary: Client) -> None:
    bring(clerk, place, sample_bytes())
    form = LedgerForm.objects.unscoped("a test").get()
    url = reverse("ledger", args=[place.place(OFFICE), 2026, f"form-{form.pk}", ".docx"])
    assert url in secretary.get(reverse("organisation-ledgers", args=[place.place(OFFICE)])).content.decode()
    with zipfile.ZipFile(BytesIO(secretary.get(url).content)) as archive:
        written = archive.read("word/document.xml").decode()
    assert "办公室党支部" in written
    assert "讨论年度计划" in written
    assert "家中老人病重" not in written


def test_another_upload_is_another_version(place: Bureau, clerk: Client) -> None:
    bring(clerk, place, sample_bytes())
    bring(clerk, place, lined("活动日期"))
    assert forms() == [("活动登记表", 1, False), ("活动登记表", 2, True)]
    bring(clerk, place, lined("活动日期"))
    assert len(forms()) == 2


def test_a_form_that_is_retired_is_offered_no_longer(place: Bureau, clerk: Client, secretary: Client) -> None:
    bring(clerk, place, sample_bytes())
    form = LedgerForm.objects.unscoped("a test").get()
    url = reverse("ledger-form-retire", args=[place.place(COMMITTEE), form.pk])
    clerk.post(url, {"idempotency_key": str(uuid4()), "version": form.version})
    taken = reverse("ledger", args=[place.place(OFFICE), 2026, f"form-{form.pk}", ".docx"])
    assert secretary.get(taken).status_code == 404
    assert {"ledger.bring_form", "ledger.retire_form"} <= set(AuditEntry.objects.values_list("verb", flat=True))


def test_the_form_of_a_branch_is_not_its_siblings(
    place: Bureau, secretary: Client, visiting: Callable[..., Client]
) -> None:
    bring(secretary, place, sample_bytes(), where=OFFICE)
    form = LedgerForm.objects.unscoped("a test").get()
    url = reverse("ledger", args=[place.place(PERSONNEL), 2026, f"form-{form.pk}", ".docx"])
    assert visiting(PERSONNEL).get(url).status_code == 404


def test_what_cannot_be_used_is_refused_with_what_to_do(place: Bureau, clerk: Client) -> None:
    answer = bring(clerk, place, lined("党员电话"))
    assert "没有“党员电话”这个占位符" in answer.content.decode()  # type: ignore[attr-defined] # an answer
    assert forms() == []


def test_whoever_only_looks_brings_nothing(place: Bureau, visiting: Callable[..., Client]) -> None:
    answer = bring(visiting(COMMITTEE, "supervisor"), place, sample_bytes())
    assert answer.status_code == 404  # type: ignore[attr-defined] # an answer


def test_the_help_page_lists_the_words_and_gives_a_sample(secretary: Client) -> None:
    told = secretary.get(reverse("ledger-placeholders")).content.decode()
    for word in ("{{支部名称}}", "{{活动主题}}", "{{党员学时}}"):
        assert word in told
    assert secretary.get(reverse("ledger-sample")).content.startswith(b"PK")
