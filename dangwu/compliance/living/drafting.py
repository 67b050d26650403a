"""What was judged, as the rows that are to be kept: one for an organisation, a rule and a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from dangwu.compliance.assessing import Batch
from dangwu.compliance.living.judging import Judged
from dangwu.compliance.living.plain import plain, written
from dangwu.compliance.living.spoken import Spoken
from dangwu.compliance.models import Word
from dangwu.compliance.tallying import SOON
from dangwu.kernel.span import DAWN
from dangwu.rules.evaluation import Verdict
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Outcome

Key = tuple[int, str, str]
"""An organisation, a rule, and the code of a period; empty for what always holds."""


class Numbers(NamedTuple):
    """Obligations by outcome; `exempt` are those that would be unmet or pending."""

    met: int = 0
    late: int = 0
    unmet: int = 0
    pending: int = 0
    exempt: int = 0


PLACE = {Outcome.MET: 0, Outcome.LATE: 1, Outcome.UNMET: 2, Outcome.PENDING: 3}
EXEMPT = 4
ONE = {place: Numbers(*(int(place == other) for other in range(5))) for place in range(5)}


class Content(NamedTuple):
    """All of a row that follows from facts, rulebook and people's word."""

    begins: date | None
    ends: date | None
    deadline: date | None
    soon_from: date | None
    level: str
    met: int
    late: int
    unmet: int
    pending: int
    exempt: int
    word: str
    digest: str
    facts: str

    @property
    def numbers(self) -> Numbers:
        return Numbers(*self[5:10])


@dataclass(slots=True)
class _Tally:
    """The obligations on the members, or of the activities, of one organisation."""

    numbers: list[int] = field(default_factory=lambda: [0] * 5)
    deadline: date | None = None
    unmet: list[Any] = field(default_factory=list)


def draft(judged: Iterable[Judged], spoken: Spoken) -> dict[Key, Content]:
    """The rows of everything that was judged and asked something of somebody."""
    rows: dict[Key, Content] = {}
    tallies: dict[Key, tuple[_Tally, Judged]] = {}
    for each in judged:
        if each.batch.subjects.kind == "organisation":
            _draft_organisations(rows, each, spoken)
        else:
            _tally(tallies, each, spoken)
    for key, (tally, each) in tallies.items():
        facts = written({"unmet": tally.unmet}) if tally.unmet else ""
        told = Numbers(*tally.numbers)
        rows[key] = _content(each, tally.deadline, told, spoken.word(key), facts)
    return rows


def _draft_organisations(rows: dict[Key, Content], each: Judged, spoken: Spoken) -> None:
    batch, code = each.batch, _code(each)
    columns = {name: batch.subjects.column(name, batch.period) for name in batch.rule.facts}
    made: dict[tuple[Verdict, bool, str], Content] = {}  # those with the same facts share a verdict, and so a row
    for place, (subject, verdict) in enumerate(zip(batch.subjects.ids, batch.verdicts, strict=True)):
        if verdict.outcome is Outcome.NOT_APPLICABLE:
            continue
        key = subject, batch.rule.id, code
        exempt, word = spoken.is_exempt(key, each.period), spoken.word(key)
        content = made.get((verdict, exempt, word))
        if content is None:
            facts = written(plain({name: column[place] for name, column in columns.items()}))
            numbers = ONE[_place(verdict, exempt=exempt)]
            content = made[verdict, exempt, word] = _content(each, verdict.deadline, numbers, word, facts)
        rows[key] = content


def _place(verdict: Verdict, *, exempt: bool) -> int:
    """What was done in spite of an exemption counts as done."""
    place = PLACE[verdict.outcome]
    return EXEMPT if exempt and verdict.outcome in {Outcome.UNMET, Outcome.PENDING} else place


def _tally(tallies: dict[Key, tuple[_Tally, Judged]], each: Judged, spoken: Spoken) -> None:
    batch, code, rule = each.batch, _code(each), each.batch.rule.id
    belongs = each.gathered.belongs if each.gathered else None
    for place, (subject, verdict) in enumerate(zip(batch.subjects.ids, batch.verdicts, strict=True)):
        if verdict.outcome is Outcome.NOT_APPLICABLE:
            continue
        key = (belongs[subject] if belongs is not None else subject), rule, code
        if key not in tallies:
            tallies[key] = _Tally(), each
        _add(tallies[key][0], batch, place, verdict, exempt=spoken.is_exempt(key, each.period))


def _add(tally: _Tally, batch: Batch, place: int, verdict: Verdict, *, exempt: bool) -> None:
    tally.numbers[_place(verdict, exempt=exempt)] += 1
    if verdict.outcome is Outcome.PENDING and verdict.deadline:
        tally.deadline = min(tally.deadline or verdict.deadline, verdict.deadline)
    if verdict.outcome is Outcome.UNMET:
        tally.unmet.append(_failing(batch, place))


def _failing(batch: Batch, place: int) -> Any:  # noqa: ANN401 - a key, with the facts of an activity
    """Who or what failed, by key. Facts of members stay where they are kept: here is no place for them."""
    if not batch.subjects.activities:
        return batch.subjects.ids[place]
    its = batch.subjects.activities[place]
    return [its["id"], plain({name: its[name] for name in batch.rule.facts if name in its})]


def _code(each: Judged) -> str:
    return each.period.code if each.period else ""


def _content(each: Judged, deadline: date | None, numbers: Numbers, word: str, facts: str) -> Content:
    rule: Rule = each.batch.rule
    span = each.period.span if each.period else None
    begins, ends = (span.start, span.last) if span else (None, None)
    soon = _soon_from(rule, deadline) if numbers.pending else None
    return Content(begins, ends, deadline, soon, str(rule.level), *numbers, word, rule.digest, facts)


def _soon_from(rule: Rule, deadline: date | None) -> date | None:
    """A term that runs out is a to-do only from the notice on; all else is near when its deadline is."""
    return DAWN if rule.kind_name == "term_not_over" else deadline and deadline - SOON


def is_near(rule: Rule, deadline: date | None, today: date) -> bool:
    """Whether a deadline is near."""
    soon = _soon_from(rule, deadline)
    return soon is not None and soon <= today


def said(numbers: Numbers, word: str) -> Numbers:
    """The numbers as the level above sees them."""
    total = sum(numbers)
    answers: Mapping[str, Numbers] = {
        Word.MET: Numbers(met=numbers.met + numbers.unmet + numbers.pending + numbers.exempt, late=numbers.late),
        Word.UNMET: Numbers(unmet=total),
        Word.NOT_ASKED: Numbers(exempt=total),
    }
    return answers.get(word, numbers)
