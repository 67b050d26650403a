import json
from typing import Any

from dangwu.foundation.audit.bodies import MASS, Teller
from dangwu.foundation.audit.canonical import commitment
from dangwu.foundation.audit.changes import Change

SALT = "5a" * 16
MODEL = "members.person"


def told(*changes: Change) -> list[dict[str, Any]]:
    body = json.loads(Teller("sha256", SALT).body(changes, names="-"))
    assert body["names"] == "-"
    return list(body["changes"])


def test_an_update_tells_only_what_changed() -> None:
    change = Change(MODEL, 3, {"name": "甲", "rank": 1, "left": 5}, {"name": "乙", "rank": 1, "joined": 6})
    assert told(change) == [
        {"model": MODEL, "pk": 3, "before": {"name": "甲", "left": 5}, "after": {"name": "乙", "joined": 6}}
    ]


def test_a_new_row_and_a_deleted_one_are_told_whole() -> None:
    row = {"name": "甲", "rank": None}
    assert told(Change(MODEL, 3, None, row)) == [{"model": MODEL, "pk": 3, "after": row}]
    assert told(Change(MODEL, 3, row, None)) == [{"model": MODEL, "pk": 3, "before": row}]


def test_a_row_in_which_nothing_changed_is_not_told() -> None:
    assert told(Change(MODEL, 3, {"name": "甲"}, {"name": "甲"})) == []


def test_a_personal_value_is_told_as_a_commitment_that_its_holder_can_confirm() -> None:
    change = Change(MODEL, 17, {"phone": "138"}, {"phone": "139"}, frozenset({"phone", "identity"}))
    (row,) = told(change)
    assert row["private"] == ["phone"]
    assert row["before"]["phone"] == commitment("sha256", SALT, f"{MODEL}:17.phone", "138")
    assert row["after"]["phone"] == commitment("sha256", SALT, f"{MODEL}:17.phone", "139")


def test_two_people_with_one_value_have_different_commitments() -> None:
    changes = [Change(MODEL, pk, None, {"phone": "138"}, frozenset({"phone"})) for pk in (1, 2)]
    first, second = told(*changes)
    assert first["after"] != second["after"]


def test_masses_are_told_as_counts_and_a_digest_by_model() -> None:
    many = [Change(MODEL, pk, None, {"rank": pk}) for pk in range(MASS + 1)]
    few = [Change("members.post", pk, {"rank": 0}, {"rank": 1}) for pk in range(3)]
    mass, *others = told(*many, *few)
    assert mass["rows"] == {"created": MASS + 1}
    assert len(mass["digest"]) == 64
    assert [row["pk"] for row in others] == [0, 1, 2]


def test_the_digest_of_a_mass_shows_a_change_in_one_row() -> None:
    many = [Change(MODEL, pk, None, {"rank": pk}) for pk in range(MASS + 1)]
    other = [*many[:-1], Change(MODEL, MASS, None, {"rank": -1})]
    assert told(*many) != told(*other)
