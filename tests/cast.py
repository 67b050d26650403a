"""The same people and organisations everywhere: a small bureau in which every test knows its way.

机关党委 (committee) over 办公室党支部 (eight members, a committee, two groups), 人事处党支部 (three members, a
secretary only) and 信息中心党支部 (two full members; founded on 2026-07-01).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.members.models import Person
from dangwu.members.services.enrolling import Enrolment, enrol
from dangwu.organisations.models import Standing, Unit
from dangwu.organisations.services.establishing import Draft, establish
from dangwu.records.services.ledgers import Entry, Somebody, record_entries

OFFICE, PERSONNEL, CENTRE, COMMITTEE = "办公室党支部", "人事处党支部", "信息中心党支部", "机关党委"

DRAFTS = (
    Draft(COMMITTEE, "committee", parent_known=True, facts={"secretary": "钟正", "deputy_secretaries": "严明"}),
    Draft(OFFICE, "branch", COMMITTEE, term_started_on=date(2024, 3, 1)),
    Draft(PERSONNEL, "branch", COMMITTEE, term_started_on=date(2022, 1, 10), term_until=date(2025, 1, 9)),
    Draft(CENTRE, "branch", COMMITTEE, facts={"founded_on": date(2026, 7, 1)}),
)
PEOPLE = {
    OFFICE: (
        ("钟正", "党支部书记", "第一党小组"),
        ("严明", "纪检委员", "第一党小组"),
        ("文清", "组织委员、宣传委员", "第二党小组"),
        ("白露", "", "第二党小组"),
        ("谷雨", "", "第二党小组"),
        ("夏至", "", "第一党小组"),
        ("秋分", "", "第一党小组"),
        ("冬青", "", "第二党小组"),
    ),
    PERSONNEL: (("方圆", "党支部书记", ""), ("江河", "", ""), ("山岚", "", "")),
    CENTRE: (("田野", "党支部书记", ""), ("云帆", "", "")),
}


@dataclass
class Bureau:
    """The unit, how its organisations stand by name, and its people by name."""

    unit: Unit
    standings: dict[str, Standing]
    people: dict[str, Person] = field(default_factory=dict)

    def place(self, name: str) -> int:
        """The key of an organisation."""
        return self.standings[name].organisation_id

    def held(self, where: str, kind: str, on: str, **more: Any) -> None:  # noqa: ANN401 - whatever an entry takes
        """Record one activity; people are told by name."""
        for key in ("absent", "took_part"):
            more[key] = tuple(Somebody(name, self.people[name].pk) for name in more.get(key, ()))
        with doing(Deed("cast", CommandLine("test"), trial=True)):
            record_entries(unit=self.unit, entries=[Entry(self.place(where), (kind,), date.fromisoformat(on), **more)])


def bureau() -> Bureau:
    """Set the bureau up."""
    with doing(Deed("cast", CommandLine("test"), trial=True)):
        unit = Unit.objects.create(name="示例局")
        place = Bureau(unit, establish(unit=unit, drafts=DRAFTS))
        enrolments = [
            Enrolment(row, name, place.place(where), group=group, post=post, member_kind="full", in_service=True)
            for where, people in PEOPLE.items()
            for row, (name, post, group) in enumerate(people, 2)
        ]
        organisations = {standing.organisation_id: standing for standing in place.standings.values()}
        people = enrol(unit=unit, enrolments=enrolments, organisations=organisations)
    place.people = {person.name: person for person in people}
    return place
