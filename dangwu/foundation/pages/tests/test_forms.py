"""Forms: plain words, one key, the version that was seen."""

import pytest
from django import forms
from django.http import QueryDict

from dangwu.foundation.objections import ConflictError, ObjectionError
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.foundation.pages.tests.kitchen import RenameForm, Row

KEY = "b6d1c1f4-0b7e-4a87-8a0c-6f3f2f5f0a11"


class NoteForm(SafeForm):
    note = forms.CharField(label="内容")
    on = forms.DateField(label="日期", required=False)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")])


def sent(*, of: Row | None = None, **values: str) -> NoteForm:
    data = QueryDict(mutable=True)
    data.update({"idempotency_key": KEY, "note": "会议", "kind": "a", **values})
    return NoteForm(data, of=of)


def texts(form: SafeForm) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def test_what_is_missing_is_asked_for_by_its_name() -> None:
    form = sent(note="", kind="", on="昨天")
    expected = {"note": ["请填写内容。"], "kind": ["请选择类别。"], "on": ["请写成 2026-09-30 的样子。"]}
    assert texts(form) == expected
    assert form.status == 422


def test_every_page_gets_a_key_of_its_own() -> None:
    first, second = NoteForm(), NoteForm()
    assert first["idempotency_key"].value() != second["idempotency_key"].value()
    assert first.status == 200


@pytest.mark.parametrize("lost", ["idempotency_key", "version"])
def test_a_form_that_lost_its_key_or_version_asks_to_be_opened_again(lost: str) -> None:
    values = {"version": "3", lost: ""}
    form = NoteForm({"idempotency_key": KEY, "note": "会议", "kind": "a", **values}, of=Row(version=3))
    assert not form.carried_out(lambda **_: None)
    assert "请重新打开这一页再填" in form.faults()[0].text


def test_the_service_gets_what_was_filled_in_and_the_row_the_version_that_was_seen() -> None:
    row, got = Row(version=5), {}
    form = sent(of=row, version="3")
    assert form.carried_out(lambda **given: got.update(given) or "done")
    assert (row.version, form.result) == (3, "done")
    assert got == {"note": "会议", "on": None, "kind": "a"}


@pytest.mark.parametrize(("field", "place"), [("note", "note"), ("elsewhere", "__all__"), (None, "__all__")])
def test_an_objection_stands_at_the_field_that_mends_it(field: str | None, place: str) -> None:
    def object_to(**_: object) -> None:
        raise ObjectionError("已有同名的党支部。", field=field)

    form = sent()
    assert not form.carried_out(object_to)
    assert texts(form) == {place: ["已有同名的党支部。"]}


def test_a_conflict_shows_both_sides_in_the_words_of_the_fields() -> None:
    def lose(**given: object) -> None:
        raise ConflictError(yours=given, theirs={"note": "会议", "kind": "b", "on": None, "version": 9})

    form = sent(of=Row(), version="3")
    assert not form.carried_out(lose)
    assert [tuple(each) for each in form.differences] == [("类别", "甲", "乙")]
    assert (form.status, form["version"].value(), form["kind"].value()) == (409, "9", "a")


def test_a_reason_of_three_letters_is_none() -> None:
    with pytest.raises(forms.ValidationError):
        ReasonField().clean("更正")
    assert ReasonField().clean("姓名录入有误") == "姓名录入有误"


@pytest.mark.parametrize(("words", "key"), [("钱雨桐", ""), ("查无此人", ""), ("", "")])
def test_words_that_mean_several_or_nobody_are_asked_about(words: str, key: str) -> None:
    form = RenameForm({"chair": words, "chair_key": key})
    errors = texts(form).get("chair", [])
    assert bool(errors) == bool(words)
    assert all("请" in error for error in errors)


def test_a_choice_from_the_list_is_taken_by_its_key() -> None:
    form = RenameForm({"chair": "钱雨桐", "chair_key": "2"})
    form.is_valid()
    assert form.cleaned_data["chair"] == "2"
