"""The pages of ledgers: by day and by night, on wide and narrow screens, without a finding of axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from dangwu.foundation.actors import CommandLine
from dangwu.records.paper_models import LedgerForm
from dangwu.records.services.papers import bring_form
from dangwu.workbench.papers.form_pages import sample_bytes
from tests.accounts import appointed
from tests.browser.test_people_pages import faults_of
from tests.browser.walking import opened_as
from tests.browsing import Live
from tests.cast import COMMITTEE, OFFICE, Bureau, bureau

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(live: Live) -> Bureau:  # noqa: ARG001 - its database is the one that the site uses
    made = bureau()
    made.held(OFFICE, "general_assembly", "2026-05-09", topic="讨论年度计划", expected=8, present=7, absent=("谷雨",))
    made.held(OFFICE, "heart_to_heart_talk", "2026-04-01")
    committee = made.standings[COMMITTEE].organisation
    form = LedgerForm(name="支部活动登记表", file_name="表.docx", suffix=".docx")
    bring_form(
        by=CommandLine("cast"),
        organisation=committee,
        form=form,
        content=sample_bytes(),
        today=made.standings[COMMITTEE].valid_from,
    )
    return made


@pytest.fixture
def clerk(live: Live, place: Bureau) -> Page:
    return opened_as(live, appointed(place.standings[COMMITTEE].organisation))


def test_every_page_of_ledgers_is_whole(place: Bureau, clerk: Page) -> None:
    office, committee = ([place.place(name)] for name in (OFFICE, COMMITTEE))
    paths = [
        reverse("organisation-ledgers", args=office) + "?year=2026",
        reverse("organisation-ledgers", args=committee) + "?year=2026",
        reverse("ledger-pack", args=committee),
        reverse("ledger-forms", args=committee),
        reverse("ledger-form-bring", args=committee),
        reverse("ledger-placeholders"),
    ]
    assert [fault for path in paths for fault in faults_of(clerk, path)] == []
