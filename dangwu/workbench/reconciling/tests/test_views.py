"""A file of the national system is handed in, its differences are listed, and nobody else sees them."""

import os
import time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.documents.tests.reading import text_of
from dangwu.members.models import Membership, Person
from dangwu.members.reconciling.keeping import forget_old
from dangwu.workbench.imports.tests.conftest import OFFICE, SINCE, Desk, identity
from tests.accounts import account, appointed, sign_in

pytestmark = pytest.mark.same_everywhere  # a page is the same on every database

HEADS = ("姓名", "公民身份号码", "所在党支部", "人员类别", "学历")
GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")
OTHER = ("谷雨", identity(), OFFICE, "预备党员", "研究生")


@pytest.fixture
def registered(desk: Desk) -> Desk:
    desk.post("import-confirm", desk.batch(GOOD).pk)
    return desk


def compared(desk: Desk, *rows: tuple[str, ...]) -> str:
    """The address of what was found."""
    with desk.table(*rows, heads=HEADS, name="全国系统.xlsx").open("rb") as file:
        told = {"under": "", "under_key": str(desk.committee.pk), "on": str(SINCE), "file": file}
        response = desk.post("reconcile", **told)
    assert response.status_code == 302, response.content.decode()  # type: ignore[attr-defined] # a page
    return str(response["Location"])


def test_the_list_shows_both_values_and_what_to_do_and_changes_nothing(registered: Desk) -> None:
    page = registered.client.get(compared(registered, OTHER)).content.decode()
    assert all(text in page for text in ("研究生", "大学本科", "预备党员", "以哪边为准由人定", "项目为转引"))
    assert Person.objects.unscoped("a test").get().education == "大学本科"
    assert Membership.objects.unscoped("a test").get().kind == "full"
    assert AuditEntry.objects.latest("sequence").verb == "member.reconcile"


def test_it_is_narrowed_by_item_and_kind_and_leaves_as_workbook_and_pdf(registered: Desk) -> None:
    url = compared(registered, OTHER, ("立夏", "", OFFICE, "正式党员", ""))
    page = registered.client.get(url, {"item": "学历"}).content.decode()
    assert "共 <strong>1</strong> 处差异" in page
    assert "立夏" in registered.client.get(url, {"kind": "only_there"}).content.decode()
    book = openpyxl.load_workbook(BytesIO(b"".join(registered.client.get(url, {"as": "xlsx"}))))
    assert book.worksheets[0].max_row == 2 + 3
    assert AuditEntry.objects.latest("sequence").verb == "member.export_differences"
    assert "研究生" in text_of(registered.client.get(url, {"as": "pdf"}).content)


def test_no_number_is_shown_or_lies_open_on_the_disk(registered: Desk) -> None:
    other = identity("99010119800229003")
    url = compared(registered, ("谷雨", other, OFFICE, "正式党员", ""))
    assert other not in registered.client.get(url).content.decode()
    (file,) = (Path(settings.HOME) / "reconciliations").glob(f"{url.split('/')[-2]}*")
    assert other.encode() not in file.read_bytes()
    assert "谷雨".encode() not in file.read_bytes()


def test_it_is_there_for_whoever_compared_alone(registered: Desk) -> None:
    url = compared(registered, OTHER)
    colleague = sign_in(Client(), appointed(registered.committee, who=account("fang")))
    assert colleague.get(url).status_code == 404
    assert colleague.get("/reconcile/" + "0" * 32 + "/").status_code == 404


def test_it_can_be_deleted_and_is_forgotten_after_a_week(registered: Desk, settings: Settings) -> None:
    first, second = compared(registered, OTHER), compared(registered, OTHER)
    registered.post("reconciled-discard", first.split("/")[-2])
    assert registered.client.get(first).status_code == 404
    file = Path(settings.HOME) / "reconciliations" / f"{second.split('/')[-2]}.sealed"
    old = time.time() - 8 * 24 * 3600

    os.utime(file, (old, old))
    assert forget_old() == 1
    assert registered.client.get(second).status_code == 404


def test_a_wrong_file_and_a_place_of_others_are_told_beside_their_fields(registered: Desk) -> None:
    with registered.table(("纸", 3), heads=("品名", "数量"), name="x.xlsx").open("rb") as file:
        told = {"under": "", "under_key": str(registered.committee.pk), "on": str(SINCE), "file": file}
        page = registered.post("reconcile", **told)
    assert page.status_code == 422
    registered.client = sign_in(Client(), appointed(registered.branches[OFFICE], role="secretary", who=account("zh")))
    with registered.table(GOOD, heads=HEADS).open("rb") as file:
        told = {"under": "", "under_key": str(registered.committee.pk), "on": str(SINCE), "file": file}
        assert registered.post("reconcile", **told).status_code == 422


def test_the_blank_form_asks_for_all_items(registered: Desk) -> None:
    book = openpyxl.load_workbook(BytesIO(registered.client.get(reverse("reconcile-form", args=["member"])).content))
    heads = [str(cell.value).lstrip("*") for cell in book.worksheets[0][2]]
    assert heads[:4] == ["姓名", "性别", "民族", "公民身份号码"]
    assert {"固定电话", "家庭住址", "党籍状态", "外出流向"} <= set(heads)


def test_the_filled_form_read_back_differs_in_nothing(registered: Desk) -> None:
    for part in ("member", "organisation"):
        place = {"under": "", "under_key": str(registered.committee.pk)}
        response = registered.post("reconcile-filled", part, **place, purpose="季度核对")
        path = registered.folder / f"{part}.xlsx"
        path.write_bytes(response.content)  # type: ignore[attr-defined] # a file
        with path.open("rb") as file:
            url = registered.post("reconcile", **place, on=str(SINCE), file=file)["Location"]
        assert "没有差异" in registered.client.get(url).content.decode()


def test_whole_numbers_leave_for_a_purpose_only(registered: Desk) -> None:
    told = {"under": "", "under_key": str(registered.committee.pk)}
    assert registered.post("reconcile-filled", "organisation", **told).status_code == 200
    assert registered.post("reconcile-filled", "member", **told).status_code == 422
    assert registered.post("reconcile-filled", "member", **told, purpose="季度核对").status_code == 200
    assert "季度核对" in AuditEntry.objects.latest("sequence").reason
