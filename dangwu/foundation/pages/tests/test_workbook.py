"""A list as a workbook, read back."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.parts import Tag
from dangwu.foundation.pages.tests.kitchen import GUESTS, Guests
from dangwu.foundation.pages.workbook import FORMULA, Sheet, neutral, write

DAY = date(2026, 11, 23)


def sheet(*values: object, title: str = "名册", by: str = "林知夏") -> Sheet:
    rows = [{"value": value} for value in values]
    column = Column("value", "内容", value=lambda row: row["value"])
    return Sheet(title, "行", [], [column], rows, len(rows), by, DAY)


def cells(written: Sheet) -> list[tuple[Any, ...]]:
    file = io.BytesIO()
    write(written, file)
    return list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))


def test_the_head_line_says_who_took_what_and_when() -> None:
    listing = Guests(GUESTS, QueryDict("kind=probationary"))
    (first, *_), heads, *rows = cells(listing.sheet(by="林知夏"))
    assert first.startswith("党员名册　共 14 名党员　类别：预备党员　导出人：林知夏　导出日期：")
    assert heads == ("姓名", "类别", "入党日期", "本年学时", "情况", "电话")
    assert len(rows) == 14


def test_values_keep_their_kind() -> None:
    moment = datetime(2026, 1, 1, 16, 30, tzinfo=UTC)
    values = [date(2001, 7, 1), 12, Decimal("3.50"), True, Tag("逾期", "overdue"), moment, "990101199001010014"]
    written = [row[0] for row in cells(sheet(*values))[2:]]
    told = [datetime(2001, 7, 1), 12, 3.5, "是", "逾期", datetime(2026, 1, 2, 0, 30), "990101199001010014"]  # noqa: DTZ001 - a sheet knows no zones
    assert written == told


@pytest.mark.parametrize("text", ["=1+1", "+86 139", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_nothing_in_a_cell_is_taken_for_a_formula(text: str) -> None:
    ((_,), (_,), (value,)) = cells(sheet(text))
    assert value.startswith("'")


@given(st.text(max_size=50))
def test_any_text_can_be_written_and_starts_no_formula(text: str) -> None:
    safe = neutral(text)
    assert not safe.startswith(FORMULA)
    assert safe.encode().decode() == safe


def test_a_title_and_a_name_cannot_harm_the_file_or_the_footer() -> None:
    hostile = sheet(1, title='=名册/\\:*?"<>|\n&P', by="&A=1")
    assert hostile.file_name == "=名册_&P（2026-11-23）.xlsx"
    assert cells(hostile)[0][0].startswith("'=名册")


@pytest.mark.usefixtures("kitchen", "db")
def test_what_is_too_long_is_refused_with_the_way_out(client: Client, settings: Settings) -> None:
    settings.EXPORT_ROWS_CAP = 100
    answer = client.get("/list/?as=xlsx")
    assert answer.status_code == 403
    assert "一次最多导出 100 名党员" in answer.content.decode()
    assert client.get("/list/?as=xlsx&kind=probationary").status_code == 200


@pytest.mark.usefixtures("kitchen", "db")
def test_the_address_of_the_page_is_the_address_of_the_workbook(client: Client) -> None:
    answer = client.get("/list/?as=xlsx&q=赵")
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    content = b"".join(answer)
    assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 2 + 13
