"""The items that the national system collects, as the rulebook lists them; an office may correct the list."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import BaseModel, ConfigDict, model_validator
from yaml import safe_load

PLAIN = ("name", "gender", "ethnicity", "birth_date", "education")
SEALED = ("identity_number", "phone")
MEMBERSHIP = ("member_kind", "joined_on", "confirmed_on")
WHEREABOUTS = ("out_of_touch", "mobile")
Part = Literal["organisation", "member"]
PARTS: dict[Part, str] = {"organisation": "党组织", "member": "党员"}
COMPARED: dict[Part, frozenset[str]] = {
    "organisation": frozenset({"name", "secretary", "kind", "unit"}),
    "member": frozenset({*PLAIN, *SEALED, "organisation", *MEMBERSHIP, *WHEREABOUTS}),
}
"""What this system can hold against a column."""


class Item(BaseModel):
    """One item. `compare` is what it is held against; where there is nothing, `why_not` says so. `heads` are the
    columns of the form, where they are others than its label.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    number: int
    label: str
    compare: str = ""
    aliases: list[str] = []
    heads: list[str] = []
    why_not: str = ""

    @model_validator(mode="after")
    def _compares_or_says_why_not(self) -> "Item":
        if bool(self.compare) == bool(self.why_not):
            raise ValueError(f"{self.label}: compare or why_not, one of them")
        return self

    @property
    def columns(self) -> list[str]:
        """The heads under which it stands in the form."""
        return self.heads or [self.label]


class Items(BaseModel):
    """The whole list, with how sure it is and where it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str
    grade: Literal["A", "B", "C", "M"]
    sources: list[str]
    organisation: list[Item]
    member: list[Item]

    @model_validator(mode="after")
    def _compares_what_there_is(self) -> "Items":
        for part, known in COMPARED.items():
            if unknown := {item.compare for item in self.of(part) if item.compare} - known:
                raise ValueError(f"{part}: {'、'.join(sorted(unknown))}")
        return self

    def of(self, part: Part) -> Sequence[Item]:
        """The items of organisations, or those of members."""
        return self.organisation if part == "organisation" else self.member

    def label_of(self, part: Part, compare: str) -> str:
        """What an item is called."""
        return next(item.label for item in self.of(part) if item.compare == compare)


def items() -> Items:
    """The list of this site."""
    return _read(Path(settings.RULEBOOK) / "reconciliation" / "national.yaml")


@cache
def _read(path: Path) -> Items:
    return Items.model_validate(safe_load(path.read_text(encoding="utf-8")))
