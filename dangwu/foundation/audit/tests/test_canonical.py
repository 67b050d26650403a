import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.audit.canonical import canonical, commitment

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_keys_are_sorted_nothing_is_escaped_and_no_space_is_wasted() -> None:
    assert canonical({"b": [1, None], "a": "党"}) == '{"a":"党","b":[1,null]}'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 2, 28), '"2026-02-28"'),
        (datetime(2026, 10, 15, 9, tzinfo=timezone(timedelta(hours=8))), '"2026-10-15T01:00:00.000000+00:00"'),
        (datetime(2026, 10, 15, 1, tzinfo=UTC), '"2026-10-15T01:00:00.000000+00:00"'),
        (Decimal("12.50"), '"12.50"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (memoryview(b"\x00\xff"), '"00ff"'),
        (frozenset({"b", "a"}), '["a","b"]'),
    ],
)
def test_what_json_has_no_word_for_is_written_in_one_way(value: object, text: str) -> None:
    assert canonical(value) == text


@given(JSON)
def test_reading_and_writing_again_changes_nothing(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@pytest.mark.parametrize(("value", "error"), [(float("nan"), ValueError), (object(), TypeError)])
def test_what_has_no_one_text_is_refused(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        canonical(value)


@given(st.text(), st.text(), st.text(), st.text())
def test_commitments_are_equal_only_for_the_same_place_and_value(a: str, b: str, c: str, d: str) -> None:
    salt = "00" * 16
    assert (commitment("sha256", salt, a, b) == commitment("sha256", salt, c, d)) == ((a, b) == (c, d))


def test_another_salt_gives_another_commitment() -> None:
    assert commitment("sha256", "00" * 16, "phone", "138") != commitment("sha256", "01" * 16, "phone", "138")
