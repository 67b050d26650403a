"""A list of appointments in the browser: for the security administrator alone, who is asked for the password again."""

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.access.models import Appointment
from dangwu.foundation.imports.models import Batch
from dangwu.workbench.imports.tests.conftest import OFFICE, Desk
from tests.accounts import account, long_signed_in, sign_in

HEADS = ("账号", "党组织", "角色")
ROW = ("zhong", OFFICE, "书记")


@pytest.fixture
def guard(desk: Desk) -> Desk:
    account("zhong", name="钟正")
    desk.client = sign_in(Client(), account("security", duty="security"))
    return desk


def test_it_is_known_by_its_head_previewed_and_written(guard: Desk) -> None:
    batch = guard.batch(ROW, heads=HEADS)
    assert (batch.kind, guard.states(batch)) == ("appointments", ["new"])
    assert "办公室党支部书记" in guard.page("import-rows", batch.pk)
    guard.post("import-confirm", batch.pk)
    assert Appointment.objects.unscoped("a test").filter(account__username="zhong").count() == 1
    assert reverse("appointments") in guard.page("import", batch.pk)
    guard.post("import-undo", batch.pk)
    assert not Appointment.objects.unscoped("a test").filter(account__username="zhong").exists()


def test_the_centre_offers_an_administrator_nothing_else(guard: Desk) -> None:
    page = guard.page("imports")
    assert "任用表" in page
    assert "党员名册" not in page
    assert guard.client.get(reverse("import-form", args=["roster"])).status_code == 404
    assert guard.client.get(reverse("export", args=["appointments"])).status_code == 200
    found = guard.client.get(reverse("find-organisation-to-appoint"), {"q": "办公室"}, headers={"HX-Request": "true"})
    assert OFFICE in found.content.decode()


def test_a_clerk_is_told_who_brings_it_in_and_cannot_see_it(guard: Desk) -> None:
    batch = guard.batch(ROW, heads=HEADS)
    guard.post("import-confirm", batch.pk)
    guard.client = sign_in(Client(), guard.clerk)
    response = guard.hand_in(guard.table(ROW, heads=HEADS))
    assert response.status_code == 422
    assert "由安全管理员导入" in response.content.decode()  # type: ignore[attr-defined] # a page
    assert "任用表" not in guard.page("imports")
    assert guard.client.get(reverse("import", args=[batch.pk])).status_code == 404
    assert guard.client.get(reverse("export", args=["appointments"])).status_code == 404


def test_the_password_is_asked_for_again_where_that_was_long_ago(guard: Desk) -> None:
    batch = guard.batch(ROW, heads=HEADS)
    long_signed_in(guard.client)
    response = guard.client.get(reverse("import-confirm", args=[batch.pk]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Batch.objects.get().is_open
