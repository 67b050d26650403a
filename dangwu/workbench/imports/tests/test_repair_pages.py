"""Problems are answered in bulk, by their texts, and row by row; every answer can be taken back."""

from django.urls import reverse

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.imports.models import Batch, StagedRow
from dangwu.foundation.imports.services.batches import decisions_of
from dangwu.members.models import Person
from dangwu.members.services.registering import register_person
from dangwu.workbench.imports.tests.conftest import FOUNDED, OFFICE, PERSONNEL, Desk, identity, names

GOOD = ("谷雨", identity(), OFFICE, "正式党员", "大学本科")
LOST = ("夏至", "", "后勤党支部", "正式党员", "大学本科")
BROKEN = ("秋分", "990101198002290019", OFFICE, "正式党员", "大学本科")
UNKNOWN = "organisation.unknown:organisation"
DIGIT = "identity_number.check_digit:identity_number"


def registered(desk: Desk, name: str) -> Person:
    return register_person(
        by=CommandLine("test"), organisation=desk.branches[OFFICE], name=name, kind="full", on=FOUNDED
    )


def fresh(batch: Batch) -> Batch:
    batch.refresh_from_db()
    return batch


def test_rows_in_error_are_left_out_at_once_and_the_rest_is_written(desk: Desk) -> None:
    batch = desk.batch(GOOD, LOST, BROKEN)
    assert desk.states(batch) == ["new", "error", "error"]
    assert desk.client.get(reverse("import-confirm", args=[batch.pk])).status_code == 302
    desk.post("import-problems", batch.pk, skip_errors="1")
    assert desk.states(batch) == ["new", "skipped", "skipped"]
    desk.post("import-confirm", batch.pk)
    assert names() == {"谷雨"}


def test_a_branch_that_is_written_otherwise_is_told_once_for_all_rows(desk: Desk) -> None:
    batch = desk.batch(LOST, ("冬青", "", "后勤党支部", "正式党员", "大学本科"))
    told = {"text-1": "后勤党支部", "new-1": "", "new-1_key": str(desk.branches[PERSONNEL].pk)}
    desk.post("import-problem", batch.pk, UNKNOWN, **told)
    assert desk.states(batch) == ["new", "new"]
    assert "“后勤党支部”就是“人事处党支部”" in desk.page("import-problems", batch.pk)


def test_a_text_is_replaced_wherever_it_stands_without_a_script(desk: Desk) -> None:
    batch = desk.batch(LOST)
    desk.post("import-problem", batch.pk, UNKNOWN, **{"text-1": "后勤党支部", "new-1": PERSONNEL, "new-1_key": ""})
    assert desk.states(batch) == ["new"]


def test_a_cell_is_mended_in_place_and_the_mending_taken_back(desk: Desk) -> None:
    batch = desk.batch(BROKEN)
    desk.post("import-problem", batch.pk, DIGIT, **{"cell-1": identity()})
    assert desk.states(batch) == ["new"]
    (key,) = decisions_of(fresh(batch)).cells
    page = desk.page("import-problems", batch.pk)
    assert "第 2 行 B 列改为" in page
    assert identity() not in page
    desk.post("import-problems", batch.pk, take_back=f"cells|{key}")
    assert desk.states(batch) == ["error"]


def test_a_number_is_never_put_back_into_a_box(desk: Desk) -> None:
    page = desk.page("import-problem", desk.batch(BROKEN).pk, DIGIT)
    assert "990101198002290019" not in page
    assert "原来的号码不显示" in page


def test_a_cell_in_error_is_left_empty_for_all_rows(desk: Desk) -> None:
    batch = desk.batch(BROKEN)
    desk.post("import-problem", batch.pk, DIGIT, answer="empty")
    assert desk.states(batch) == ["new"]
    assert "这一格留空" in desk.page("import-problems", batch.pk)
    desk.post("import-problems", batch.pk, take_back=f"groups|{DIGIT}")
    assert desk.states(batch) == ["error"]


def test_an_answer_that_does_not_fit_is_no_answer(desk: Desk) -> None:
    batch = desk.batch(LOST)
    for answer in ("empty", "accept", "nonsense"):
        desk.post("import-problem", batch.pk, UNKNOWN, answer=answer)
    desk.post("import-problem", batch.pk, UNKNOWN, **{"row-1": "accept"})
    assert desk.states(batch) == ["error"]
    assert decisions_of(fresh(batch)).groups == {}


def test_of_two_namesakes_the_clerk_says_which(desk: Desk) -> None:
    first, _second = registered(desk, "谷雨"), registered(desk, "谷雨")
    batch = desk.batch(("谷雨", "", OFFICE, "正式党员", "大学本科"))
    key = "person.ambiguous:name"
    assert desk.states(batch) == ["doubtful"]
    assert "都不是，新登记" in desk.page("import-problem", batch.pk, key)
    desk.post("import-problem", batch.pk, key, **{"row-1": str(first.pk)})
    assert desk.states(batch) == ["changed"]
    desk.post("import-confirm", batch.pk)
    assert Person.objects.unscoped("a test").filter(name="谷雨", education="大学本科").get() == first


def test_somebody_of_the_same_name_is_registered_besides_where_that_is_said(desk: Desk) -> None:
    registered(desk, "谷雨")
    batch = desk.batch(("谷雨", "", OFFICE, "正式党员", "大学本科"))
    desk.post("import-problem", batch.pk, "person.ambiguous:name", **{"row-1": "new"})
    desk.post("import-confirm", batch.pk)
    assert Person.objects.unscoped("a test").filter(name="谷雨").count() == 2


def test_nobody_outside_the_choices_can_be_chosen(desk: Desk) -> None:
    registered(desk, "谷雨")
    other = registered(desk, "夏至")
    batch = desk.batch(("谷雨", "", OFFICE, "正式党员", "大学本科"))
    desk.post("import-problem", batch.pk, "person.ambiguous:name", **{"row-1": str(other.pk)})
    assert desk.states(batch) == ["doubtful"]


def test_a_problem_that_is_gone_is_told_and_nothing_else(desk: Desk) -> None:
    batch = desk.batch(GOOD)
    assert desk.client.get(reverse("import-problem", args=[batch.pk, UNKNOWN])).status_code == 404
    assert desk.post("import-problem", batch.pk, UNKNOWN, answer="skip").status_code == 302
    assert StagedRow.objects.get(batch=batch).state == "new"
