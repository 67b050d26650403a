"""Whoever writes is asked whether the text is meant, and may go on; whoever supervises reads a question, no verdict."""

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity
from dangwu.records.tests.test_likeness import ANEW, CHANGED, STUDY
from dangwu.workbench.recording.tests.conftest import Typed
from tests.accounts import account, appointed, sign_in
from tests.cast import COMMITTEE, PERSONNEL, Bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

QUESTION = "与 5月9日 的记录有 100% 相同，是否用错了内容？"


def url(office: Organisation) -> str:
    return reverse("record", args=[office.pk, "general_assembly"])


def kept() -> list[Activity]:
    return list(Activity.objects.unscoped("a test").exclude(ledger="x").order_by("pk"))


@pytest.fixture
def supervisor(place: Bureau) -> Client:
    over = place.standings[COMMITTEE].organisation
    return sign_in(Client(), appointed(over, role="supervisor", who=account("supervisor", "严明")))


def test_a_copy_is_asked_about_once_with_its_passages(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed(held_on="2026-05-09", minutes=STUDY))
    asked = page.post(url(office), typed(minutes=STUDY))
    words = asked.content.decode()
    assert (asked.status_code, QUESTION in words, "材料清单改成大字版" in words) == (422, True, True)
    assert len(kept()) == 1
    page.post(url(office), typed(minutes=STUDY, seen=asked.context["said"].asked))
    assert len(kept()) == 2


def test_what_is_only_put_by_or_written_anew_is_not(page: Client, office: Organisation, typed: Typed) -> None:
    page.post(url(office), typed(held_on="2026-05-09", minutes=STUDY))
    page.post(url(office), typed(held_on="2026-05-10", minutes=STUDY, then="minute"))
    page.post(url(office), typed(minutes=ANEW))
    assert len(kept()) == 3


def test_a_text_of_another_branch_is_none_of_a_secretarys_business(
    place: Bureau, page: Client, office: Organisation, typed: Typed, supervisor: Client
) -> None:
    other = place.standings[PERSONNEL].organisation
    there = sign_in(Client(), appointed(other, role="secretary", who=account("other", "方圆")))
    there.post(url(other), typed(held_on="2026-05-09", minutes=CHANGED))
    page.post(url(office), typed(minutes=STUDY))
    first, second = kept()
    mine = page.get(reverse("activity", args=[second.pk])).content.decode()
    theirs = supervisor.get(reverse("activity", args=[second.pk])).content.decode()
    assert ("请核实" in mine, "与 人事处党支部 5月9日 的记录有" in theirs, "请核实" in theirs) == (False, True, True)
    listed = supervisor.get(reverse("activities-alike")).content.decode()
    assert reverse("activity", args=[first.pk]) in listed
    assert "没有内容相近的记录" in page.get(reverse("activities-alike")).content.decode()


def test_the_list_leaves_as_a_workbook_which_is_told(supervisor: Client) -> None:
    response = supervisor.get(reverse("activities-alike") + "?days=365&as=xlsx")
    assert response["Content-Type"].endswith("sheet")
    assert supervisor.get(reverse("activities-alike") + "?days=abc").status_code == 200
