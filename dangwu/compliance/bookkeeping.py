"""From ledgers to records: whose activity each row was, who is meant in it, and what only repeats another ledger."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dangwu.compliance.naming import places_of, problem_at
from dangwu.foundation.sheets.shapes import Flaw, Problem, Reading, Severity
from dangwu.members.models import Person
from dangwu.members.services.enrolling import Enrolment
from dangwu.organisations.matching import Found, OrganisationNames
from dangwu.records.services.ledgers import Entry, Somebody
from dangwu.records.sheets import LedgerReading, LedgerRow

ROTATION = "community_rotation"


class Crowd:
    """Everybody by name, to find whom a ledger means: first in the organisation itself, then in the whole unit."""

    def __init__(self) -> None:
        self.here: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        self.anywhere: dict[str, list[int]] = defaultdict(list)

    def add(self, people: Iterable[Person], enrolments: Iterable[Enrolment]) -> None:
        """Learn who was enrolled where."""
        for person, enrolment in zip(people, enrolments, strict=True):
            self.here[enrolment.organisation, person.name].append(person.pk)
            self.anywhere[person.name].append(person.pk)

    def find(self, organisation: int, name: str) -> list[int]:
        """All who may be meant by a name."""
        return self.here.get((organisation, name)) or self.anywhere.get(name, [])


class Bookkeeper:
    """Turns the rows of one ledger after another into entries; `problems` gathers what was found on the way."""

    def __init__(self, names: OrganisationNames[int], people: Crowd) -> None:
        """Begin with the organisations and the people that are known."""
        self.names = names
        self.people = people
        self.problems: list[Problem] = []
        self._kept: set[tuple[Any, ...]] = set()

    def entries(self, ledger: LedgerReading, *, called: str) -> list[Entry]:
        """The entries of a ledger but those that an earlier ledger has; `called` is how evidence names it."""
        found = list(self._entries(ledger, called))
        fresh = [entry for entry in found if _what_it_says(entry) not in self._kept]
        self._kept.update(map(_what_it_says, fresh))
        if len(fresh) < len(found):
            self.problems.append(_repeats(ledger.reading, len(found) - len(fresh)))
        return fresh

    def _entries(self, ledger: LedgerReading, called: str) -> Iterator[Entry]:
        for row in ledger.rows:
            places, problem = places_of(self.names, row.organisation, ledger.reading, row.number)
            self.problems.extend(problem)
            if row.held_on is not None and row.kinds:
                for place in places:
                    yield self._entry(row, place, ledger.reading, called, alone=len(places) == 1)

    def _entry(self, row: LedgerRow, place: Found[int], reading: Reading, called: str, *, alone: bool) -> Entry:
        """What a row says of one organisation. The numbers of a meeting of several belong to none of them."""
        assert row.held_on is not None
        numbers = {name: getattr(row, name) for name in ("expected", "present", "in_favour", "against", "abstained")}
        return Entry(
            organisation=place.key,
            kinds=row.kinds,
            entailed=row.entailed,
            held_on=row.held_on,
            ledger=called[:200],
            row=row.number,
            group=place.group or "",
            topic=row.topic[:300],
            place=row.place[:200],
            chair=row.chair[:60],
            recorder=row.recorder[:60],
            lecturer=row.lecturer[:60],
            hours=row.hours,
            days=row.days,
            absent=tuple(self._absent(row, place.key, reading)),
            took_part=tuple(self._took_part(row, place.key, reading)),
            **(numbers if alone else {}),
        )

    def _absent(self, row: LedgerRow, organisation: int, reading: Reading) -> Iterator[Somebody]:
        """Who was away. Of namesakes nobody is said to have been."""
        for name, reason in row.absent:
            candidates = self.people.find(organisation, name)
            if len(candidates) != 1:
                self.problems.append(_not_one(reading, row.number, "absent", name, len(candidates)))
            yield Somebody(name, candidates[0] if len(candidates) == 1 else None, reason)

    def _took_part(self, row: LedgerRow, organisation: int, reading: Reading) -> Iterator[Somebody]:
        """Who took part. Of namesakes all are taken to have done so: a doubt accuses nobody."""
        matters = row.hours is not None or ROTATION in row.kinds
        for name in row.participants:
            candidates = self.people.find(organisation, name)
            if matters and len(candidates) != 1:
                self.problems.append(_not_one(reading, row.number, "participants", name, len(candidates)))
            meant: Sequence[int | None] = candidates or [None]
            yield from (Somebody(name, person) for person in meant)


def _what_it_says(entry: Entry) -> tuple[Any, ...]:
    took_part = tuple(somebody.name for somebody in entry.took_part)
    whose = (entry.organisation, entry.group, entry.kinds, entry.held_on)
    return (*whose, entry.topic, entry.chair, entry.lecturer, took_part)


def _repeats(reading: Reading, times: int) -> Problem:
    message = f"有 {times} 次活动在别的工作表或者台账中已经登记，只按一次计算"
    flaw = Flaw("sheet.repeats", Severity.WARNING, message, "汇总表可以保留；确是两次活动的，请写明各自的主题")
    return problem_at(reading, None, "", flaw)


def _not_one(reading: Reading, row: int, field: str, name: str, candidates: int) -> Problem:
    who = "缺席人员" if field == "absent" else "参加人员"
    if candidates:
        counted = "暂不记缺席" if field == "absent" else "暂都计为参加"
        message = f"{who}“{name}”有 {candidates} 名同名党员，{counted}"
        return problem_at(reading, row, field, Flaw("person.ambiguous", Severity.DOUBT, message, "请注明是哪一位"))
    flaw = Flaw("person.unknown", Severity.DOUBT, f"名册中没有{who}“{name}”", "请核对姓名，或在名册中补上")
    return problem_at(reading, row, field, flaw)
