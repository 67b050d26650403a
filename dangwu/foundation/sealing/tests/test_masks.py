import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.sealing.masks import FEWEST_HIDDEN, MASKS


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        ("identity", "99010119900101123X", "990***********123X"),
        ("phone", "13800138000", "138****8000"),
        ("phone", "88881234", "****1234"),
        ("phone", "8881234", "****"),
        ("phone", "", "****"),
        ("whole", "13800138000", "***********"),
    ],
)
def test_a_mask_shows_both_ends(mask: str, text: str, shown: str) -> None:
    assert MASKS[mask](text) == shown


@given(text=st.text(st.characters(exclude_characters="*"), max_size=30), mask=st.sampled_from(sorted(MASKS)))
def test_a_mask_always_hides_at_least_four_characters(text: str, mask: str) -> None:
    shown = MASKS[mask](text)
    assert shown.count("*") >= FEWEST_HIDDEN
    assert len(shown.replace("*", "")) <= max(0, len(text) - FEWEST_HIDDEN)
