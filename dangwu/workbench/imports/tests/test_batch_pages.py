"""A batch as a whole: its figures open their rows, its file comes back marked, it is thrown away, it waits its turn."""

import io
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dangwu.foundation.imports import keeping
from dangwu.foundation.imports.models import Batch, StagedRow, Undoing
from dangwu.foundation.imports.services.forgetting import KEPT, forget_old_batches
from dangwu.workbench.imports.tests.conftest import OFFICE, Desk, identity, names

GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")
LOST = ("夏至", "", "后勤党支部", "正式党员", "大学本科")


def test_every_figure_opens_its_rows(desk: Desk) -> None:
    batch = desk.batch(GOOD, LOST)
    overview = desk.page("import", batch.pk)
    assert "共 2 行：新增 1，有错误 1。" in overview
    assert f"{reverse('import-rows', args=[batch.pk])}?state=error" in overview
    rows = desk.page("import-rows", batch.pk, state="error")
    assert "夏至" in rows
    assert "谷雨" not in rows


def test_rows_are_found_by_name_place_and_line(desk: Desk) -> None:
    batch = desk.batch(GOOD, LOST)
    for text, found in (("谷雨", "谷雨"), ("后勤", "夏至"), ("3", "夏至")):
        page = desk.page("import-rows", batch.pk, q=text)
        assert [name for name in ("谷雨", "夏至") if f"{name}<small>" in page] == [found]


def test_no_page_shows_a_whole_number(desk: Desk) -> None:
    batch = desk.batch(GOOD, LOST)
    for name in ("import", "import-columns", "import-fixes", "import-problems", "import-rows"):
        assert identity() not in desk.page(name, batch.pk)
    desk.post("import-problems", batch.pk, skip_errors="1")
    for name in ("import-confirm", "import-rows"):
        assert identity() not in desk.page(name, batch.pk)


def test_the_rows_with_problems_come_back_in_the_owners_own_columns(desk: Desk) -> None:
    batch = desk.batch(GOOD, LOST)
    response = desk.client.get(reverse("import-back", args=[batch.pk]), {"only": "1"})
    sheet = load_workbook(io.BytesIO(response.getvalue())).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows()][:2] == ["姓名", "夏至"]
    assert sheet["C2"].comment is not None


def test_a_batch_is_thrown_away_with_its_file(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    folder = keeping._folder(batch)  # noqa: SLF001 - where it lies is nobody else's business
    assert folder.is_dir()
    desk.page("import-discard", batch.pk)
    desk.post("import-discard", batch.pk)
    assert not folder.exists()
    assert not StagedRow.objects.exists()


def test_a_batch_that_waits_shows_how_far_it_is(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    Batch.objects.update(state="reading")
    keeping.tell_progress(batch, "正在与已登记的内容比对", 0.5)
    page = desk.page("import", batch.pk)
    assert "正在与已登记的内容比对" in page
    assert 'value="50"' in page


def test_after_thirty_days_only_who_and_how_many_is_left(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    assert forget_old_batches(now=timezone.now() + KEPT - timedelta(hours=1)) == 0
    assert forget_old_batches(now=timezone.now() + KEPT + timedelta(hours=1)) == 1
    assert not StagedRow.objects.exists()
    assert not Undoing.objects.exists()
    page = desk.page("import", batch.pk)
    assert "文清" in page
    assert "撤销这次导入" not in page
    assert desk.post("import-undo", batch.pk).status_code == 422
    assert names() == {"谷雨"}


def test_what_nobody_wrote_is_forgotten_whole(desk: Desk) -> None:
    desk.batch(GOOD)
    assert forget_old_batches(now=timezone.now() + KEPT + timedelta(hours=1)) == 1
    assert not Batch.objects.exists()
