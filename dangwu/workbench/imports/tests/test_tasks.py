"""Big files are read and written in the background; what a stopped worker left is taken up again."""

import pytest
from django.utils import timezone

from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.services.batches import decide, decisions_of, keep_staging, task_of
from dangwu.foundation.imports.staging import stage
from dangwu.foundation.objections import ObjectionError
from dangwu.workbench.imports import tasks
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.tests.conftest import OFFICE, Desk, described, identity, names
from tests.accounts import rewrite

GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")
LOST = ("夏至", "", "后勤党支部", "正式党员", "大学本科")


@pytest.fixture
def big(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is a big one."""
    monkeypatch.setattr(tasks, "AT_ONCE", 0)


@pytest.mark.usefixtures("big")
def test_a_big_file_is_read_and_written_in_the_background(desk: Desk) -> None:
    batch = desk.batch(GOOD, LOST)
    assert batch.state == "staged"
    desk.post("import-problems", batch.pk, skip_errors="1")
    assert desk.states(batch) == ["new", "skipped"]
    desk.post("import-confirm", batch.pk)
    batch.refresh_from_db()
    assert batch.state == "written"
    assert names() == {"谷雨"}


@pytest.mark.usefixtures("big")
def test_a_big_batch_is_taken_back_in_the_background(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    desk.post("import-undo", batch.pk)
    batch.refresh_from_db()
    assert (batch.state, names()) == ("undone", set())
    assert "与导入以前完全一样" in desk.page("import", batch.pk)


@pytest.mark.usefixtures("big")
def test_what_stands_in_the_way_is_told_on_the_page_afterwards(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    described("谷雨", native_place="江苏苏州")
    desk.post("import-undo", batch.pk)
    assert "没有撤销：导入以后，谷雨的登记又有变动" in desk.page("import", batch.pk)
    assert "撤销其余的" in desk.page("import-undo", batch.pk)


def test_an_undoing_that_broke_off_is_asked_for_again(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    Batch.objects.update(state="undoing")
    tasks.resume()
    assert "请再撤销一次" in desk.page("import", batch.pk)
    assert names() == {"谷雨"}


@pytest.mark.parametrize(("state", "then"), [("reading", "staged"), ("writing", "written")])
def test_what_was_under_way_when_the_site_stopped_goes_on(desk: Desk, state: str, then: str) -> None:
    batch = desk.batch(GOOD)
    Batch.objects.update(state=state)
    tasks.resume()
    batch.refresh_from_db()
    assert batch.state == then


def test_a_batch_of_somebody_who_may_no_longer_is_not_written(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    rewrite(desk.clerk, is_active=False)
    Batch.objects.update(state="writing")
    tasks.write.enqueue(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, names()) == ("staged", set())
    assert "没有办理这一事项的权限" in batch.message


def test_two_windows_do_not_lose_each_others_decisions(desk: Desk) -> None:
    first = desk.batch(GOOD, LOST)
    second = Batch.objects.get(pk=first.pk)
    decide(batch=first, groups={"a:b": "skip"})
    decide(batch=second, groups={"c:d": "skip"})
    assert decisions_of(Batch.objects.get()).groups == {"a:b": "skip", "c:d": "skip"}


def test_a_preview_that_does_not_know_the_latest_decision_is_not_kept(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    kind, path = KINDS["roster"], desk.folder / "名册.xlsx"
    staging = stage(kind, task_of(tasks.opener_of(batch), batch, kind), path)
    decide(batch=Batch.objects.get(), groups={"a:b": "skip"})
    assert not keep_staging(batch, kind, staging)


def test_nothing_is_decided_about_what_is_written(desk: Desk) -> None:
    Batch.objects.filter(pk=desk.batch(GOOD).pk).update(state="written", written_at=timezone.now())
    with pytest.raises(ObjectionError):
        decide(batch=Batch.objects.get(), groups={"a:b": "skip"})


def test_a_page_of_before_changes_nothing_that_is_written_meanwhile(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    stale = Batch(**{f.attname: getattr(batch, f.attname) for f in Batch._meta.concrete_fields})  # noqa: SLF001 - Django's own way
    tasks.read_now(stale)
    tasks.write_now(stale)
    tasks.write_confirmed(stale)
    batch.refresh_from_db()
    assert (batch.state, batch.message) == ("written", "")
