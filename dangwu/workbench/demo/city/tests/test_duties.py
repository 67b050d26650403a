"""Directives and a campaign of the city: always the same, and nothing in them that could not be."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import F

from dangwu.duties.models import Assignment, Campaign, Proof, Task
from dangwu.notices.models import Notice
from dangwu.records.models import Activity
from dangwu.workbench.demo.accounts import BY, CLERK, demo_accounts
from dangwu.workbench.demo.notices import demo_notices
from dangwu.workbench.demo.tests.test_accounts import NOW
from dangwu.workbench.services.filling import fill_site

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]
TODAY = date(2026, 10, 15)
WHY = "all of them"


def fill() -> int:
    return fill_site(by=BY, units=24, members=1_400, today=TODAY, seed=3).duties


def test_committees_have_directives_and_a_campaign_at_every_stage() -> None:
    number = fill()
    rows = Assignment.objects.unscoped(WHY)
    assert rows.count() == number > 100
    assert set(Counter(rows.values_list("state", flat=True))) == set(Assignment.State.values)
    assert Campaign.objects.unscoped(WHY).exists()
    assert Task.objects.unscoped(WHY).filter(kind="directive").exists()


def test_what_became_of_them_could_have_been() -> None:
    fill()
    rows = Assignment.objects.unscoped(WHY)
    assert not rows.filter(studied_on__lt=F("task__received_on")).exists()
    assert not rows.filter(done_on__gt=TODAY).exists()
    assert not rows.filter(state="confirmed", done_on=None).exists()
    proofs = list(Proof.objects.unscoped(WHY).select_related("assignment"))
    held = dict(Activity.objects.unscoped(WHY).values_list("pk", "organisation"))
    assert proofs
    assert all(held[proof.record] == proof.assignment.organisation_id for proof in proofs)


def test_the_clerk_has_sent_a_notice_and_drafted_a_reminder() -> None:
    fill()
    demo_accounts(now=NOW, on=TODAY)
    for _ in range(2):
        demo_notices(clerk=CLERK, now=NOW, on=TODAY)
    states = sorted(Notice.objects.unscoped(WHY).values_list("kind", "state"))
    assert states == [("notice", "sent"), ("reminder", "draft")]
