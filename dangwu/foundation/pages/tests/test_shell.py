"""The day of a page, and addresses."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.shell import AsOf

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("asked", ["", "on=", "on=2026-13-01", "on=yesterday", "on=2023-02-29", "on=2026-11-23"])
def test_a_page_shows_today_unless_another_day_is_asked_for(asked: str) -> None:
    as_of = AsOf.of(QueryDict(asked), today=TODAY)
    assert (as_of.on, as_of.is_past, as_of.is_ahead, as_of.parameter) == (TODAY, False, False, "")


def test_a_past_day_is_said_in_words_and_today_is_one_step_away() -> None:
    as_of = AsOf.of(QueryDict("on=2025-03-01&kind=full&page=4"), today=TODAY)
    assert "以下是 2025 年 3 月 1 日的情况。" in str(as_of)
    assert (as_of.url_of_today, as_of.kept) == ("?kind=full", [("kind", "full")])


def test_a_day_ahead_is_said_to_be_by_what_is_decided() -> None:
    assert "按已作出的决定" in str(AsOf.of(QueryDict("on=2027-01-01"), today=TODAY))


@given(st.dictionaries(st.text("abc", min_size=1), st.text(min_size=1).filter(str.isprintable), max_size=4))
def test_an_address_keeps_what_is_not_changed(asked: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(asked)
    address = QueryDict(Choices(query).with_(page=2, a=None)[1:])
    assert address.dict() == {**{name: value for name, value in asked.items() if name != "a"}, "page": "2"}
