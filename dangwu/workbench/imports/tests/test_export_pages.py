"""What is registered is taken out, by whoever may, and comes in again unchanged."""

from django.test import Client
from django.urls import reverse

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.imports.models import Batch
from dangwu.workbench.imports.tests.conftest import OFFICE, SINCE, Desk, identity
from tests.accounts import account, appointed, sign_in

GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")

WHY = "季度核对名册"


def test_a_roster_that_was_taken_out_comes_in_unchanged(desk: Desk) -> None:
    desk.post("import-confirm", desk.batch(GOOD).pk)
    assert "妥善保管" in desk.page("export", "roster")
    response = desk.post("export", "roster", under="", under_key=str(desk.committee.pk), on=str(SINCE), purpose=WHY)
    path = desk.folder / "导出.xlsx"
    path.write_bytes(response.content)  # type: ignore[attr-defined] # a file
    told = AuditEntry.objects.latest("sequence")
    assert (told.verb, WHY in told.reason) == ("member.export", True)
    desk.hand_in(path)
    assert desk.states(Batch.objects.latest("pk")) == ["same"]


def test_nobody_takes_out_what_is_not_his(desk: Desk) -> None:
    secretary = appointed(desk.branches[OFFICE], role="secretary", who=account("zhong"))
    desk.client = sign_in(Client(), secretary)
    response = desk.post("export", "roster", under="", under_key=str(desk.committee.pk), on=str(SINCE), purpose=WHY)
    assert response.status_code == 422
    supervisor = sign_in(Client(), appointed(desk.committee, role="supervisor", who=account("fang")))
    assert supervisor.get(reverse("export", args=["roster"])).status_code == 404
    assert supervisor.get(reverse("export", args=["nonsense"])).status_code == 404


def test_whole_numbers_leave_for_a_purpose_only(desk: Desk) -> None:
    told = {"under": "", "under_key": str(desk.committee.pk), "on": str(SINCE)}
    assert desk.post("export", "roster", **told).status_code == 422
    assert desk.post("export", "posts", **told).status_code == 422
    assert desk.post("export", "organisations", **told).status_code == 200
