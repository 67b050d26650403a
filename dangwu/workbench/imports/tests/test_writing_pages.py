"""What will happen is told before it does; others' changes meanwhile lose nothing; what was done is taken back."""

from django.test import Client
from django.urls import reverse

from dangwu.foundation.imports.models import Batch
from dangwu.members.models import Person
from dangwu.workbench.imports.tests.conftest import OFFICE, SINCE, Desk, described, identity, names
from tests.accounts import account, appointed, sign_in

GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")
OTHER = ("夏至", identity("99010119810228001"), OFFICE, "正式党员", "大学本科")
BETTER = ("谷雨", identity(), OFFICE, "正式党员", "研究生")


def told(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return] # a page


def test_the_confirmation_tells_what_will_be_written(desk: Desk) -> None:
    desk.post("import-confirm", desk.batch(GOOD).pk)
    page = desk.page("import-confirm", desk.batch(BETTER, OTHER).pk)
    assert f"新登记 1 名党员，自 {SINCE} 起。" in page
    assert "变更 1 名党员：学历 1 处。" in page


def test_what_others_changed_since_the_preview_is_not_overwritten(desk: Desk) -> None:
    desk.post("import-confirm", desk.batch(GOOD).pk)
    batch = desk.batch(BETTER, OTHER)
    described("谷雨", education="大专")
    desk.post("import-confirm", batch.pk)
    assert names() == {"谷雨"}
    assert "的登记已被别人改过" in desk.page("import", batch.pk)
    assert desk.states(batch) == ["changed", "new"]
    desk.post("import-confirm", batch.pk)
    assert names() == {"谷雨", "夏至"}


def test_a_batch_is_taken_back_and_nothing_is_left(desk: Desk) -> None:
    batch = desk.batch(GOOD, OTHER)
    desk.post("import-confirm", batch.pk)
    assert "撤销这次导入" in desk.page("import", batch.pk)
    desk.post("import-undo", batch.pk)
    assert names() == set()
    assert "已撤销" in desk.page("import", batch.pk)


def test_what_stands_in_the_way_is_named_and_the_rest_can_be_taken_back(desk: Desk) -> None:
    batch = desk.batch(GOOD, OTHER)
    desk.post("import-confirm", batch.pk)
    described("谷雨", native_place="江苏苏州")
    response = desk.post("import-undo", batch.pk)
    assert response.status_code == 409
    assert "谷雨的登记又有变动" in told(response)
    assert names() == {"谷雨", "夏至"}
    desk.post("import-undo", batch.pk, leaving="True")
    assert names() == {"谷雨"}


def test_a_batch_is_written_once_however_often_it_is_confirmed(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    assert desk.post("import-confirm", batch.pk).status_code == 302
    assert Person.objects.unscoped("a test").count() == 1


def test_a_batch_is_its_owners_until_it_is_written(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    colleague = sign_in(Client(), appointed(desk.committee, who=account("fang")))
    assert colleague.get(reverse("import", args=[batch.pk])).status_code == 404
    assert "名册.xlsx" not in told(colleague.get(reverse("imports")))
    desk.post("import-confirm", batch.pk)
    page = told(colleague.get(reverse("import", args=[batch.pk])))
    assert "文清" in page
    assert "撤销这次导入" in page
    assert colleague.get(reverse("import-rows", args=[batch.pk])).status_code == 404
    assert colleague.get(reverse("import-back", args=[batch.pk])).status_code == 404


def test_a_stranger_never_sees_it(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    secretary = sign_in(Client(), appointed(desk.branches[OFFICE], role="secretary", who=account("zhong")))
    for name in ("import", "import-undo", "import-rows", "import-back", "import-discard"):
        assert secretary.get(reverse(name, args=[batch.pk])).status_code == 404


def test_whoever_lost_his_right_works_on_it_no_longer(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    Batch.objects.filter(pk=batch.pk).update(place="99999999")
    assert desk.client.get(reverse("import-confirm", args=[batch.pk])).status_code == 404


def test_once_it_is_written_nothing_waits_any_more(desk: Desk) -> None:
    desk.post("import-confirm", desk.batch(GOOD).pk)
    batch = desk.batch(("谷雨", "", OFFICE, "正式党员", "大学本科"), OTHER)
    assert desk.states(batch) == ["doubtful", "new"]
    desk.post("import-confirm", batch.pk)
    assert "共 2 行：新增 1，没有写入 1。" in desk.page("import", batch.pk)
