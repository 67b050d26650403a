"""What one organisation has to do, has done and has missed, each with its reason, its clause and what would cure it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from dangwu.compliance.living.drafting import Numbers, said
from dangwu.compliance.living.matrix import cell_of
from dangwu.compliance.living.rows import in_year
from dangwu.compliance.living.telling import counted, read, sentence
from dangwu.compliance.models import Answer, DutyState, Exemption, Overruling, Word
from dangwu.compliance.report import ORDER, Cell, Status
from dangwu.kernel.periods import Period
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import last_standing
from dangwu.rules.rulebook import Rule, Rulebook

SERVING: Mapping[str, str] = {
    "groups_met": "group_meeting",
    "secretary_lectures": "party_lecture",
    "members_talked_with": "heart_to_heart_talk",
    "members_warned": "warning_education",
    "rotation_days": "community_rotation",
    "life_meetings": "organisational_life_meeting",
    "branch_life": "theme_day",
    "lectures_given": "party_lecture",
    "trainings": "training",
}
"""The kind of activity behind a fact that is not named after one."""


@dataclass(frozen=True, slots=True)
class Item:
    """One duty in one period. `kinds` are the kinds of activity that would fulfil it: one tap records one of them."""

    rule: str
    title: str
    document: str
    article: str
    grade: str
    level: str
    period: str
    period_name: str
    deadline: date | None
    cell: Cell
    numbers: Numbers
    text: str
    remedy: str
    kinds: tuple[str, ...]
    word: str = ""
    answer: str = ""
    frozen: bool = False
    corrected: str = ""

    @property
    def status(self) -> Status:
        return self.cell.status


@dataclass(frozen=True, slots=True)
class Duties:
    """What is due, what would come next first; what is missing, worst first; what was done, newest first."""

    due: tuple[Item, ...]
    missing: tuple[Item, ...]
    done: tuple[Item, ...]

    @property
    def next(self) -> Item | None:
        """What to do next."""
        return self.due[0] if self.due else None


def duties_of(organisation: Organisation, *, today: date, rulebook: Rulebook, year: int | None = None) -> Duties:
    """The duties of an organisation in the year of a day, with what always holds and whatever is still due from before;
    or in an earlier year, those of that year alone. Whoever hands it over was asked for whom.
    """
    wanted = in_year(year or today.year, today)
    if year in {None, today.year}:
        wanted |= Q(pending__gt=0)
    names = {organisation.pk: called(organisation, today)}
    items = [item for _, item in _told(names, wanted, today, rulebook)]
    missing = [item for item in items if item.numbers.unmet]
    due = [item for item in items if item.numbers.pending and not item.numbers.unmet]
    done = [item for item in items if item.numbers.met + item.numbers.late and item not in missing and item not in due]
    return Duties(
        tuple(sorted(due, key=lambda item: (item.deadline or date.max, ORDER[item.status]))),
        tuple(sorted(missing, key=lambda item: (ORDER[item.status], _newest(item)))),
        tuple(sorted(done, key=lambda item: (_newest(item), item.title))),
    )


def asked_in(
    names: Mapping[int, str], year: int, *, today: date, rulebook: Rulebook
) -> Iterator[tuple[DutyState, Item]]:
    """What of organisations, named by their keys, is kept of a year and how it is told: the same as their matrix sums
    up. As many queries for one as for many. Whoever names them was asked for whom.
    """
    return _told(names, in_year(year, today), today, rulebook)


def _told(names: Mapping[int, str], wanted: Q, today: date, rulebook: Rulebook) -> Iterator[tuple[DutyState, Item]]:
    spoken = spoken_about(names)
    for row in DutyState.objects.of(organisation__in=list(names)).filter(wanted).order_by("begins", "pk"):
        key = row.organisation_id
        yield row, item_of(row, rulebook, spoken[key], names[key], today)


def _newest(item: Item) -> int:
    return -item.deadline.toordinal() if item.deadline else 0


def called(organisation: Organisation, today: date) -> str:
    """What it is called."""
    standing = last_standing(organisation, today)
    return standing.called if standing else str(organisation)


@dataclass(slots=True)
class Spoken:
    """What people said about an organisation."""

    exemptions: list[Exemption] = field(default_factory=list)
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    overrulings: dict[tuple[str, str], Overruling] = field(default_factory=dict)


def spoken_about(organisations: Iterable[int]) -> Mapping[int, Spoken]:
    """What people said about each of these."""
    spoken = {key: Spoken() for key in organisations}
    for exemption in Exemption.objects.of(organisation__in=list(spoken)).order_by("since"):
        spoken[exemption.organisation_id].exemptions.append(exemption)
    for answer in Answer.objects.of(organisation__in=list(spoken)):
        spoken[answer.organisation_id].answers[answer.rule, answer.period] = answer
    for overruling in Overruling.objects.of(organisation__in=list(spoken)):
        spoken[overruling.organisation_id].overrulings[overruling.rule, overruling.period] = overruling
    return spoken


def item_of(row: DutyState, rulebook: Rulebook, spoken: Spoken, name: str, today: date) -> Item:
    """A row as it is told."""
    rule, key = rulebook.rules.get(row.rule), (row.rule, row.period)
    numbers = numbers_of(row)
    period = Period.parse(row.period) if row.period else None
    overruling, answer = spoken.overrulings.get(key), spoken.answers.get(key)
    finally_ = said(numbers, row.word)
    told: list[Any] = [row.level, *finally_, _text(row.deadline), _text(row.soon_from)]
    return Item(
        rule=row.rule,
        title=rule.title if rule else row.rule,
        document=rule.document.title if rule else "",
        article=rule.basis.article if rule else "",
        grade=rule.basis.grade if rule else "",
        level=row.level,
        period=row.period,
        period_name=period.name if period else "",
        deadline=row.deadline,
        cell=cell_of(told, today),
        numbers=finally_,
        text=text_of(row, rule, name, overruling, today),
        remedy=rule.shape.remedy if rule else "",
        kinds=kinds_for(rule) if rule else (),
        word=row.word,
        answer=answer.text if answer else "",
        frozen=row.frozen,
        corrected=corrected_of(row),
    )


def numbers_of(row: DutyState) -> Numbers:
    """What the rule itself came to."""
    return Numbers(row.met, row.late, row.unmet, row.pending, row.exempt)


def text_of(row: DutyState, rule: Rule | None, name: str, overruling: Overruling | None, today: date) -> str:
    """Why it stands so: what the level above found, else the frozen text, else the sentence of the rule."""
    if overruling:
        return f"经上级{Word(overruling.word).label}：{overruling.reason}"
    if row.frozen:
        return row.text
    if rule is None or rule.digest != row.digest:
        return counted(numbers_of(row))
    period = Period.parse(row.period) if row.period else None
    return sentence(numbers_of(row), rule, read(row.facts), subject=name, on=today, period=period)


def corrected_of(row: DutyState) -> str:
    """What would be judged now of a settled period; nothing where it is the same."""
    return f"更正后：{read(row.corrected)['text']}" if row.corrected else ""


def kinds_for(rule: Rule) -> tuple[str, ...]:
    """The kinds of activity that count for a rule; none where no activity would help."""
    if rule.shape.subject == "activity":
        return ()
    return tuple(dict.fromkeys(_kinds(rule)))


def _kinds(rule: Rule) -> Iterable[str]:
    activities = rule.vocabulary.keys()
    for fact in rule.facts:
        if fact in SERVING:
            yield SERVING[fact]
        elif fact in activities and rule.vocabulary[fact].per and fact != "study_hours":
            yield fact


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
