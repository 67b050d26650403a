"""The list of items in the rulebook."""

import pytest
from pydantic import ValidationError

from dangwu.members.reconciling.items import Item, items


def test_there_are_ten_of_organisations_and_sixteen_of_members() -> None:
    asked = items()
    assert [item.number for item in asked.organisation] == list(range(1, 11))
    assert [item.number for item in asked.member] == list(range(1, 17))


def test_the_list_claims_no_more_than_what_was_read() -> None:
    assert items().grade == "C"
    assert items().sources


@pytest.mark.parametrize("more", [{}, {"compare": "name", "why_not": "因为"}, {"compare": "name", "column": "x"}])
def test_an_item_is_compared_or_says_why_not(more: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Item.model_validate({"number": 1, "label": "姓名", **more})
