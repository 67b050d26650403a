"""Which line of a messy table gets which defect; all other lines only get a clerk's hand."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from random import Random

from dangwu.workbench.demo.activities import STUDY, Activity
from dangwu.workbench.demo.columns import LEDGER, ROSTER, ledger_line, roster_line
from dangwu.workbench.demo.defects import (
    LEDGER_DEFECTS,
    ROSTER_DEFECTS,
    VOTING_DEFECTS,
    Defect,
    Subject,
    half_a_name_of,
    same_number_as,
)
from dangwu.workbench.demo.handwriting import Entry, any_day, by_hand, held_on
from dangwu.workbench.demo.people import Person

_MEMBERS_TO_A_ROUND = 2_000
_MEETINGS_TO_A_ROUND = 20_000
_NUMBERED = "第一"
_TELLING = ("身份证号码", "出生日期", "联系电话", "籍贯", "家庭住址", "学位")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line as it will stand in the file, with the code and the head of each defect planted in it."""

    entry: Entry
    flaws: tuple[tuple[str, str], ...] = ()

    def repeated(self) -> "Marked":
        """The same line once more."""
        return Marked(self.entry, (*self.flaws, ("row.duplicate", "")))

    def half_remembered(self) -> "Marked":
        """The same name in the same branch, without what would tell whether it is the same person."""
        return Marked(self.entry | dict.fromkeys(_TELLING), (("person.ambiguous", "姓名"),))


class MessyRoster:
    """The roster with its defects. Nobody with a post is spoiled, so that what is due stays as it was.

    `absent` are the names that the ledger mentions: others are the first to lose their names or branches, so that the
    ledger does not come to name unknown people.
    """

    def __init__(self, people: Sequence[Person], absent: Container[str], dice: Random) -> None:
        self._people = people
        self._dice = dice
        self._defects: dict[int, Defect[Person]] = {}
        self._renamed: dict[int, str] = {}
        self._repeated: set[int] = set()
        self._half_remembered: set[int] = set()
        self._free = [place for place, person in enumerate(people) if _may_be_spoiled(person)]
        dice.shuffle(self._free)
        self._free.sort(key=lambda place: people[place].name not in absent)
        for _ in range(1 + len(people) // _MEMBERS_TO_A_ROUND):
            self._plant_once()

    def lines(self) -> Iterator[Marked]:
        """All lines in the order of the file; what was added late comes last."""
        late: list[Marked] = []
        for place, person in enumerate(self._people):
            line = self._line(person, self._defects.get(place), self._renamed.get(place, person.name))
            yield line
            if place in self._repeated:
                late.append(line.repeated())
            if place in self._half_remembered:
                late.append(line.half_remembered())
        yield from late

    def _plant_once(self) -> None:
        """Every defect one time, as far as there are people left to bear them."""
        self._plant_half_names()
        self._half_remembered.update(self._take(1))
        for first, second in _pairs(self._take(2)):
            self._renamed[second] = self._people[first].name
        for defect in ROSTER_DEFECTS:
            for place in self._take(1):
                self._defects[place] = defect
        for first, second in _pairs(self._take(2)):
            self._defects[second] = same_number_as(self._people[first])
        self._repeated.update(self._take(1))

    def _plant_half_names(self) -> None:
        for place in reversed(self._free):
            branch = self._people[place].branch
            if _NUMBERED in branch:
                self._defects[place] = half_a_name_of(branch, _NUMBERED)
                self._free.remove(place)
                return

    def _take(self, count: int) -> list[int]:
        """So many places that are still free, in the order of the file; none where there are too few."""
        if len(self._free) < count:
            return []
        return sorted(self._free.pop() for _ in range(count))

    def _line(self, person: Person, defect: Defect[Person] | None, name: str) -> Marked:
        entry: Entry = dict(zip(ROSTER, roster_line(0, replace(person, name=name)), strict=True))
        return _marked(entry, person, defect, lambda tidy: by_hand(tidy, self._dice, any_day))


def _may_be_spoiled(person: Person) -> bool:
    return person.is_full and person.is_in_service and not person.post and not person.remarks


def _pairs(places: list[int]) -> list[tuple[int, int]]:
    return [(places[0], places[1])] if places else []


def _marked(entry: Entry, subject: Subject, defect: Defect[Subject] | None, hand: Callable[[Entry], Entry]) -> Marked:
    written = hand(entry)
    if defect is None:
        return Marked(written)
    return Marked(written | defect.cells(subject), ((defect.code, defect.head),))


def messy_ledger(activities: Sequence[Activity], dice: Random) -> Iterator[Marked]:
    """The ledger with its defects, each in a line of its own, so that what is due stays as it was."""
    extra = _extra_lines(activities, dice)
    repeated = set(_some(activities, dice, lambda activity: activity.kind == STUDY, 1))
    for place, activity in enumerate(activities):
        line = _ledger_line(activity, None, dice)
        yield line
        if place in repeated:
            yield line.repeated()
        for defect in extra.get(place, ()):
            yield _ledger_line(replace(activity, title=f"{activity.title}（补录）"), defect, dice)


def _extra_lines(activities: Sequence[Activity], dice: Random) -> dict[int, list[Defect[Activity]]]:
    """After which line which defects follow."""
    studies = _some(activities, dice, lambda activity: activity.kind == STUDY, len(LEDGER_DEFECTS))
    votes = _some(activities, dice, lambda activity: activity.votes is not None, len(VOTING_DEFECTS))
    extra: dict[int, list[Defect[Activity]]] = {}
    for place, defect in chain(
        zip(studies, chain.from_iterable(repeat(LEDGER_DEFECTS)), strict=False),
        zip(votes, chain.from_iterable(repeat(VOTING_DEFECTS)), strict=False),
    ):
        extra.setdefault(place, []).append(defect)
    return extra


def _some(activities: Sequence[Activity], dice: Random, fits: Callable[[Activity], bool], each_round: int) -> list[int]:
    """Places of activities that fit, in any order."""
    places = [place for place, activity in enumerate(activities) if fits(activity)]
    rounds = 1 + len(activities) // _MEETINGS_TO_A_ROUND
    return dice.sample(places, min(len(places), rounds * each_round))


def _ledger_line(activity: Activity, defect: Defect[Activity] | None, dice: Random) -> Marked:
    entry: Entry = dict(zip(LEDGER, ledger_line(0, activity), strict=True))
    return _marked(entry, activity, defect, lambda tidy: by_hand(tidy, dice, held_on))
