"""Columns and rules: corrected by hand, kept, remembered; never silently."""

from django.urls import reverse
from openpyxl import load_workbook

from dangwu.foundation.imports.models import Batch, RememberedHead, StagedRow
from dangwu.foundation.imports.queries import content_of, groups_of
from dangwu.foundation.imports.services.batches import decisions_of
from dangwu.workbench.imports.tests.conftest import OFFICE, SINCE, Desk, identity, names

GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")
OLD = ("谷雨", identity(), OFFICE, "正式党员", "1998.07")
DATED = ("姓名", "身份证号", "所在党支部", "人员类别", "入党时间")


def content(batch_id: int, place: int = 1) -> dict[str, object]:
    return content_of(StagedRow.objects.get(batch=batch_id, place=place))


def chosen(**letters: str) -> dict[str, str]:
    kept = {"A": "name", "B": "identity_number", "C": "organisation", "D": "member_kind", "E": "education"}
    return {f"field-{letter}": field for letter, field in {**kept, **letters}.items()}


def test_a_column_is_left_out_and_the_file_read_anew(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    assert "大学" in str(content(batch.pk)["differences"])
    desk.post("import-columns", batch.pk, **chosen(E=""))
    assert "大学" not in str(content(batch.pk)["differences"])
    assert "由您指定" in desk.page("import-columns", batch.pk)


def test_a_needed_column_and_one_field_twice_are_refused(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    for wrong, told in ((chosen(A=""), "缺少“姓名”"), (chosen(E="name"), "对应了不止一栏"), (chosen(E="x"), "没有“x”")):
        response = desk.post("import-columns", batch.pk, **wrong)
        assert response.status_code == 422
        assert told in response.content.decode()  # type: ignore[attr-defined] # a page
    batch.refresh_from_db()
    assert decisions_of(batch).columns == {}


def test_what_was_chosen_is_remembered_for_the_next_file_with_this_head(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-columns", batch.pk, **chosen(E="degree"))
    desk.post("import-confirm", batch.pk, agreed="on")
    assert RememberedHead.objects.count() == 1
    again = desk.batch(("夏至", identity("99010119810228001"), OFFICE, "正式党员", "学士"))
    assert {column["field"] for column in again.columns} >= {"degree"}
    assert "已按上次的对应关系识别" in desk.page("import-columns", again.pk)


def test_what_is_registered_stays_where_that_was_chosen(desk: Desk) -> None:
    desk.post("import-confirm", desk.batch(GOOD).pk)
    batch = desk.batch(("谷雨", identity(), OFFICE, "正式党员", "研究生"))
    assert desk.states(batch) == ["changed"]
    desk.post("import-columns", batch.pk, **chosen(), **{"policy-education": "keep"})
    assert desk.states(batch) == ["same"]


def test_one_of_several_sheets_is_chosen_and_all_of_them_again(desk: Desk) -> None:
    path = desk.table(GOOD)
    book = load_workbook(path)
    book.worksheets[0].title = "办公室"
    more = book.copy_worksheet(book.worksheets[0])
    more.title, more["A2"], more["B2"] = "人事处", "夏至", identity("99010119810228001")
    book.save(path)
    desk.hand_in(path)
    batch = Batch.objects.get()
    assert desk.states(batch) == ["new", "new"]
    desk.post("import-columns", batch.pk, **chosen(), sheet="人事处")
    assert desk.states(batch) == ["new"]
    desk.post("import-columns", batch.pk, **chosen(), sheet="没有这张表")
    assert desk.states(batch) == ["new"]
    desk.post("import-columns", batch.pk, **chosen(), sheet="*")
    assert desk.states(batch) == ["new", "new"]


def test_numbers_among_the_samples_are_masked(desk: Desk) -> None:
    page = desk.page("import-columns", desk.batch(GOOD).pk)
    assert identity() not in page
    assert "990*************" in page


def test_what_stands_in_cells_lies_sealed(desk: Desk) -> None:
    batch = desk.batch(GOOD, ("秋分", "", "没有的支部", "", ""))
    (row,) = Batch.objects.filter(pk=batch.pk).values()
    plain = {name: value for name, value in row.items() if name not in {"told", "decisions", "file"}}
    for words in ("谷雨", "没有的支部", "大学本科"):
        assert words not in str(plain)
    assert "谷雨" in desk.page("import-columns", batch.pk)


def test_a_rule_that_is_refused_makes_its_cells_problems(desk: Desk) -> None:
    batch = desk.batch(OLD, heads=DATED)
    (rule,) = [fix["rule"] for fix in batch.fixes if fix["field"] == "joined_on"]
    assert "1998.07 → 1998-07" in desk.page("import-fixes", batch.pk)
    desk.post("import-fixes", batch.pk, **{f"rule-{rule}": "no"})
    batch.refresh_from_db()
    assert [group["code"] for group in groups_of(batch) if group["severity"] == "error"] == ["fix.refused"]
    desk.post("import-fixes", batch.pk, all="1")
    assert desk.states(batch) == ["new"]


def test_rules_that_nobody_saw_are_seen_before_anything_is_written(desk: Desk) -> None:
    batch = desk.batch(OLD, heads=DATED)
    assert "整理规则还没有看过" in desk.page("import-confirm", batch.pk)
    assert desk.post("import-confirm", batch.pk).status_code == 422
    assert names() == set()
    desk.post("import-confirm", batch.pk, agreed="on")
    assert names() == {"谷雨"}


def test_a_batch_that_is_written_decides_nothing_any_more(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    desk.post("import-confirm", batch.pk)
    for name in ("import-columns", "import-fixes", "import-problems"):
        assert desk.client.get(reverse(name, args=[batch.pk])).status_code == 302
    assert f"{SINCE}" in desk.page("import", batch.pk)
