"""A small bureau that lives: organisations founded on a day, and people registered there."""

from dataclasses import dataclass
from datetime import date

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.scope import Scope
from dangwu.members.models import Person
from dangwu.members.queries import affiliations
from dangwu.members.services.registering import register_person
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit

BY = CommandLine("test")
FOUNDED = date(2025, 1, 1)


@dataclass
class House:
    """机关党委 over 办公室党支部 and 人事处党支部."""

    unit: Unit
    committee: Organisation
    office: Organisation
    personnel: Organisation

    def register(self, name: str, where: Organisation, on: date = FOUNDED, kind: str = "full") -> Person:
        return register_person(by=BY, organisation=where, name=name, kind=kind, on=on)

    def roster(self, day: date) -> dict[str, list[str]]:
        """The names of everybody on a day, by the key of the organisation's name then."""
        names: dict[str, list[str]] = {}
        rows = affiliations(Scope.everything(day)).order_by("organisation", "person__pk")
        for row in rows:
            standing = row.organisation.standings.unscoped("a test").get(valid_from__lte=day, valid_until__gt=day)
            names.setdefault(standing.name, []).append(row.person.name)
        return names


@pytest.fixture
def house(db: None) -> House:  # noqa: ARG001 - it stands in the database
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)

    def founded(name: str, kind: str, parent: Organisation | None) -> Organisation:
        return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind=kind, on=FOUNDED).organisation

    committee = founded("机关党委", "committee", None)
    return House(
        unit, committee, founded("办公室党支部", "branch", committee), founded("人事处党支部", "branch", committee)
    )
