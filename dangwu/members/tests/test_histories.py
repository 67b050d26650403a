"""Whatever is reorganised in whatever order: nobody is lost, the tree holds together, and every past day stays as it
was.
"""

import random
from datetime import date, timedelta

import pytest

from dangwu.foundation.history import as_of
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.scope import Scope
from dangwu.members.models import Affiliation
from dangwu.members.services.lines import transfer_person
from dangwu.members.services.reorganising import Part, dissolve_organisation, merge_organisations, split_organisation
from dangwu.members.tests.conftest import BY, FOUNDED, House
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import standings
from dangwu.organisations.services.reorganising import found_organisation, move_organisation, rename_organisation

Picture = tuple[list[tuple[str, str]], dict[str, list[str]]]
BEGIN = FOUNDED + timedelta(days=30)


class Year:
    """Random reorganisations, one a day, each drawn from what is possible on that day."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.draw = house, random.Random(seed)  # noqa: S311 - a test may be repeated
        self.people = [house.register(f"党员{number}", house.office) for number in range(6)]
        self.verbs = [
            self.found, self.rename, self.move, self.merge, self.split, self.dissolve, self.transfer,
        ]  # fmt: skip

    def live(self, day: date) -> None:
        """Do something; what cannot be done on that day is refused and changes nothing."""
        try:
            self.draw.choice(self.verbs)(day)
        except ObjectionError:
            assert self.draw

    def any(self, day: date) -> Standing:
        return self.draw.choice(list(standings(Scope.everything(day))))

    def found(self, day: date) -> None:
        parent = self.any(day).organisation
        found_organisation(by=BY, unit=self.house.unit, parent=parent, name=f"{day}党支部", kind="branch", on=day)

    def rename(self, day: date) -> None:
        rename_organisation(by=BY, organisation=self.any(day).organisation, name=f"{day}改名党支部", on=day)

    def move(self, day: date) -> None:
        move_organisation(by=BY, organisation=self.any(day).organisation, under=self.any(day).organisation, on=day)

    def merge(self, day: date) -> None:
        merge_organisations(by=BY, organisations=[self.any(day).organisation], into=self.any(day).organisation, on=day)

    def split(self, day: date) -> None:
        source = self.any(day).organisation
        here = Affiliation.objects.unscoped("a test").filter(as_of(day), organisation=source).values_list("person")
        members = [person for (person,) in here if self.draw.random() < 0.5]
        part = Part(name=f"{day}分设党支部", kind="branch", members=members)
        split_organisation(by=BY, organisation=source, parts=[part], on=day)

    def dissolve(self, day: date) -> None:
        heir = self.any(day).organisation
        dissolve_organisation(by=BY, organisation=self.any(day).organisation, heir=heir, on=day)

    def transfer(self, day: date) -> None:
        transfer_person(by=BY, person=self.draw.choice(self.people), organisation=self.any(day).organisation, on=day)


def picture(house: House, day: date) -> Picture:
    return [(row.path, row.name) for row in standings(Scope.everything(day))], house.roster(day)


def holds_together(day: date) -> bool:
    """Every path is that of the parent and four digits more; no two are the same."""
    rows = list(standings(Scope.everything(day)))
    paths = {row.organisation_id: row.path for row in rows}
    well_placed = all(row.path[:-4] == paths.get(row.parent_id or 0, "") for row in rows)
    return well_placed and len(set(paths.values())) == len(rows)


@pytest.mark.at_length
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_a_year_of_reorganisations_loses_nobody_and_leaves_the_past_alone(house: House, seed: int) -> None:
    year, pictures = Year(house, seed), {}
    for step in range(20):
        day = BEGIN + timedelta(days=step)
        year.live(day)
        pictures[day] = picture(house, day)
        assert holds_together(day)
        assert sum(len(names) for names in pictures[day][1].values()) == len(year.people)
    assert {day: picture(house, day) for day in pictures} == pictures


@pytest.mark.at_length
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_what_is_told_out_of_order_is_refused_or_fits(house: House, seed: int) -> None:
    year = Year(house, seed)
    days = [BEGIN + timedelta(days=year.draw.randrange(12)) for _ in range(14)]
    for day in days:
        year.live(day)
    for day in days:
        assert holds_together(day)
        assert sum(map(len, picture(house, day)[1].values())) == len(year.people)
