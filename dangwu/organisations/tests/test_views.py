"""The pages of organisations: as of any day, for whoever may see them, changed by whoever may decide."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.queries import standing_of, standings
from dangwu.organisations.services.reorganising import found_organisation, rename_organisation
from dangwu.organisations.services.units import register_unit
from tests.accounts import account, appointed, sign_in

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
FOUNDED, RENAMED = date(2024, 1, 1), date(2025, 6, 1)


@dataclass
class Town:
    """Two committees, each with a branch; a clerk of the first, a secretary of its branch, a system administrator."""

    unit: Unit
    committee: Organisation
    branch: Organisation
    other_branch: Organisation
    clerk: Client
    secretary: Client
    system: Client


@pytest.fixture
def town() -> Town:
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)

    def founded(name: str, kind: str, parent: Organisation | None = None) -> Organisation:
        return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind=kind, on=FOUNDED).organisation

    committee, other = founded("第一机关党委", "committee"), founded("第二机关党委", "committee")
    branch, other_branch = founded("办公室党支部", "branch", committee), founded("别处党支部", "branch", other)
    clerk = appointed(to=committee, username="clerk", role="clerk")
    secretary = appointed(to=branch, username="secretary", role="secretary")
    system = account(username="system", duty="system")
    clients = [sign_in(Client(), who) for who in (clerk, secretary, system)]
    return Town(unit, committee, branch, other_branch, *clients)


def sent(client: Client, url: str, **fields: object) -> int:
    return client.post(url, {"idempotency_key": str(uuid4()), **fields}).status_code


def test_the_tree_shows_what_is_in_the_scope(town: Town) -> None:
    page = town.clerk.get("/organisations/").content.decode()
    assert "第一机关党委" in page
    assert "办公室党支部" in page
    assert "别处党支部" not in page


def test_a_past_day_shows_past_names(town: Town) -> None:
    rename_organisation(by=BY, organisation=town.branch, name="综合处党支部", on=RENAMED)
    page = town.clerk.get(f"/organisations/{town.committee.pk}/below/?on=2025-05-31").content.decode()
    assert "办公室党支部" in page
    assert "综合处党支部" not in page
    assert "综合处党支部" in town.clerk.get("/organisations/list/").content.decode()


def test_what_is_outside_the_scope_is_not_there(town: Town) -> None:
    for path in ("below/", "rename/", "describe/", "move/"):
        assert town.clerk.get(f"/organisations/{town.other_branch.pk}/{path}").status_code == 404


def test_a_secretary_keeps_his_branch_but_does_not_rename_it(town: Town) -> None:
    assert town.secretary.get(f"/organisations/{town.branch.pk}/describe/").status_code == 200
    assert town.secretary.get(f"/organisations/{town.branch.pk}/rename/").status_code == 404


def test_a_clerk_renames_a_branch_from_a_day_on(town: Town) -> None:
    url = f"/organisations/{town.branch.pk}/rename/"
    assert sent(town.clerk, url, name="综合处党支部", short_name="", on="2025-06-01", version=1) == 302
    assert standing_of(town.branch, RENAMED).name == "综合处党支部"
    assert standing_of(town.branch, FOUNDED).name == "办公室党支部"


def test_a_rename_on_an_old_page_shows_both_names(town: Town) -> None:
    rename_organisation(by=BY, organisation=town.branch, name="综合处党支部", on=FOUNDED)
    url = f"/organisations/{town.branch.pk}/rename/"
    answer = town.clerk.post(
        url, {"idempotency_key": str(uuid4()), "name": "秘书处党支部", "on": "2024-01-01", "version": 1}
    )
    assert answer.status_code == 409
    assert "秘书处党支部" in answer.content.decode()
    assert "综合处党支部" in answer.content.decode()


def test_a_clerk_moves_and_founds_only_within_his_committee(town: Town) -> None:
    move = f"/organisations/{town.branch.pk}/move/"
    answer = sent(
        town.clerk,
        move,
        under=str(town.other_branch.pk),
        under_key=str(town.other_branch.pk),
        on="2025-06-01",
        version=1,
    )
    assert answer == 403
    new = f"/organisations/new/?under={town.committee.pk}"
    assert sent(town.clerk, new, name="人事处党支部", kind="branch", on="2025-06-01") == 302
    assert town.clerk.get("/organisations/new/").status_code == 404


def test_a_clerk_begins_below_his_own_committee(town: Town) -> None:
    address = f"/organisations/new/?under={town.committee.pk}"
    assert address in town.clerk.get("/organisations/").content.decode()
    assert town.clerk.get(address).status_code == 200


def test_the_system_administrator_sets_up_the_highest(town: Town) -> None:
    fields = {"name": "市直机关工委", "kind": "working_committee", "unit": town.unit.pk, "on": "2025-06-01"}
    assert sent(town.system, "/organisations/new/", **fields) == 302
    assert "市直机关工委" in [row.name for row in standings(Scope.everything(timezone.localdate()))]


def test_and_is_then_told_what_comes_next_though_it_sees_none(town: Town) -> None:
    fields = {"name": "市直机关工委", "kind": "working_committee", "unit": town.unit.pk, "on": "2025-06-01"}
    form = {"idempotency_key": str(uuid4()), **fields}
    page = town.system.post("/organisations/new/", form, follow=True)
    assert page.status_code == 200
    assert "已建立最高一级党组织：第一机关党委、第二机关党委、市直机关工委" in page.content.decode()


def test_terms_and_groups_are_kept_by_the_branch(town: Town) -> None:
    base = f"/organisations/{town.branch.pk}"
    assert sent(town.secretary, f"{base}/terms/new/", started_on="2024-03-01") == 302
    assert sent(town.secretary, f"{base}/groups/new/", name="第一党小组", party_group="on", on="2024-03-01") == 302
    assert sent(town.secretary, f"{base}/groups/new/", name="第二党小组", on="2024-03-01") == 422


def test_finding_by_initials_answers_while_typing(town: Town) -> None:
    answer = town.clerk.get("/organisations/found/?q=bgs&as=found").content.decode()
    assert "办公室党支部" in answer
    assert "别处" not in town.clerk.get("/organisations/found/?q=bc&as=found").content.decode()


@pytest.mark.parametrize("path", ["/organisations/", "/organisations/list/"])
def test_pages_cost_the_same_however_many_there_are(town: Town, path: str) -> None:
    town.clerk.get(path)
    few = queries(town.clerk, path)
    for number in range(30):
        found_organisation(
            by=BY, unit=town.unit, parent=town.committee, name=f"第{number}党支部", kind="branch", on=FOUNDED
        )
    assert queries(town.clerk, path) == few <= 14


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_list_goes_out_as_a_workbook(town: Town) -> None:
    answer = town.clerk.get("/organisations/list/?as=xlsx")
    assert answer.status_code == 200
    assert "spreadsheet" in answer["Content-Type"]
