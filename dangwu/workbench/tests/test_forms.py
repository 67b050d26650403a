from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from dangwu.compliance.models import Workbook
from dangwu.workbench.forms import FindingChoices, HandInForm

PACKS = [("tianjin", "天津市")]
KEY = {"idempotency_key": "00000000-0000-4000-8000-000000000001"}
DAYS = {"on": "2026-09-30", "since": "2026-01-01"}


def handed_in(days: dict[str, Any] | None = None, **files: list[tuple[str, bytes]]) -> HandInForm:
    given = {
        field: [SimpleUploadedFile(name, content) for name, content in uploads] for field, uploads in files.items()
    }
    return HandInForm(KEY | (days or DAYS), MultiValueDict(given), packs=PACKS, today=date(2026, 3, 5))


def test_a_roster_is_enough() -> None:
    form = handed_in(roster=[("名册.xlsx", b"x")])
    assert form.is_valid()
    assert [(role, upload.name) for role, upload in form.sent()] == [(Workbook.Role.ROSTER, "名册.xlsx")]


def test_several_ledgers_and_a_list_of_organisations_are_taken() -> None:
    ledgers = [("上半年.xls", b"x"), ("三季度.csv", b"x")]
    form = handed_in(roster=[("名册.xlsx", b"x")], ledgers=ledgers, organisations=[("组织.xlsx", b"x")])
    assert form.is_valid()
    roles = [role for role, _ in form.sent()]
    assert roles == [Workbook.Role.ROSTER, Workbook.Role.LEDGER, Workbook.Role.LEDGER, Workbook.Role.ORGANISATIONS]


def test_without_a_roster_it_says_so() -> None:
    form = handed_in(ledgers=[("台账.xlsx", b"x")])
    assert form.errors == {"roster": ["请选择党员名册。"]}
    assert form.to_choose_again() == ["台账.xlsx"]


@pytest.mark.parametrize("field", ["roster", "ledgers", "organisations"])
def test_what_is_no_workbook_is_refused_by_name_with_a_way_out(field: str) -> None:
    files: dict[str, Any] = {"roster": [("名册.xlsx", b"x")], field: [("扫描件.pdf", b"x")]}
    form = handed_in(**files)
    assert form.errors[field] == [
        "“扫描件.pdf”不是可以读取的工作簿。请在办公软件中另存为 xlsx、xls 或 csv 格式，再选择。"
    ]


def test_an_empty_file_is_refused() -> None:
    assert handed_in(roster=[("名册.xlsx", b"")]).errors["roster"] == ["这个文件是空的，请重新另存后再选。"]


def test_days_in_the_wrong_order_are_refused() -> None:
    form = handed_in({"on": "2026-01-01", "since": "2026-09-30"}, roster=[("名册.xlsx", b"x")])
    assert form.errors == {"since": ["起始日期晚于核对日期，请改正其中一个。"]}


def test_a_day_that_is_none_is_told_in_chinese() -> None:
    form = handed_in({"on": "九月", "since": "2026-01-01"}, roster=[("名册.xlsx", b"x")])
    assert form.errors == {"on": ["请写成 2026-09-30 的样子。"]}


def test_the_year_up_to_the_day_is_proposed() -> None:
    form = HandInForm(packs=PACKS, today=date(2026, 3, 5))
    assert (form["on"].value(), form["since"].value()) == (date(2026, 3, 5), date(2026, 1, 1))


def test_only_known_packs_are_taken() -> None:
    form = handed_in({**DAYS, "packs": ["unknown"]}, roster=[("名册.xlsx", b"x")])
    assert "packs" in form.errors


def choices(query: str) -> FindingChoices:
    offered = {"level": [("failure", "不符合"), ("hint", "提示")], "organisation": [], "outcome": [("unmet", "未完成")]}
    return FindingChoices(QueryDict(query), **offered, rule=[("a", "甲"), ("b", "乙")])


def test_a_choice_of_one_is_not_offered() -> None:
    assert set(choices("").fields) == {"text", "level", "rule", "by"}


def test_what_was_chosen_is_wanted() -> None:
    assert choices("level=hint&text=+白露+&rule=").wanted == {"level": "hint", "text": "白露"}


@pytest.mark.parametrize("query", ["level=nonsense", "organisation=7", "page=2", "rule=%00"])
def test_what_cannot_be_chosen_is_passed_over(query: str) -> None:
    form = choices(query)
    assert form.wanted == {}
    assert not form.chosen
