"""What is asked of one member, and how far he is: judged for him alone when he looks, by what holds where he is."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dangwu.compliance.assessing import Obligation
from dangwu.compliance.living.drafting import is_near
from dangwu.compliance.living.judging import Asked, judge
from dangwu.compliance.living.matrix import status_of
from dangwu.compliance.living.spoken import Spoken, spoken_for
from dangwu.compliance.models import Judging, Word
from dangwu.compliance.report import ORDER, Status
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.foundation.history import during
from dangwu.kernel.span import Span
from dangwu.members.models import Affiliation, Person
from dangwu.rules.evaluation import Verdict
from dangwu.rules.explaining import explain
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Outcome


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """What a rule asks of somebody in a period (empty for what always holds), how he stands, and why."""

    rule: Rule
    period: str
    status: Status
    sentence: str

    @property
    def is_open(self) -> bool:
        """Whether something is left to be done."""
        return self.status is not Status.GOOD


def own_duties(person: Person, year: int, *, today: date) -> list[OwnDuty]:
    """What the rules on members ask of somebody in a year, what needs attention first. From what his organisation is
    exempt he is as well. Units that are not judged ask nothing.
    """
    span, places = Span(date(year, 1, 1), date(year + 1, 1, 1)), defaultdict(set)
    for unit, organisation in (
        Affiliation.objects.of(person=person).filter(during(span)).values_list("unit", "organisation")
    ):
        places[unit].add(organisation)
    found = [duty for unit, where in places.items() for duty in _asked(person, unit, frozenset(where), span, today)]
    return sorted(found, key=lambda duty: ORDER[duty.status])


def _asked(person: Person, unit: int, where: frozenset[int], span: Span, today: date) -> Iterator[OwnDuty]:
    judging = Judging.objects.filter(unit=unit).first()
    if judging is None:
        return
    every = rulebook_of(judging.packs)
    rulebook = replace(every, rules={rule.id: rule for rule in every.about("member")})
    asked = Asked(unit, judging.judged_on, judging.since, span, judging.activities_told, where)
    spoken = spoken_for(unit, judging.judged_on, where)
    for judged in judge(asked, rulebook):
        belongs = judged.gathered.belongs if judged.gathered else {}
        for one in judged.batch.obligations(_asks):
            if one.subject == person.pk and not _is_let_off(one, belongs[person.pk], spoken):
                yield _told(one, person.name, today)


def _asks(verdict: Verdict) -> bool:
    return verdict.outcome is not Outcome.NOT_APPLICABLE


def _is_let_off(one: Obligation, organisation: int, spoken: Spoken) -> bool:
    key = organisation, one.rule.id, one.period.code if one.period else ""
    open_ = one.verdict.outcome in {Outcome.UNMET, Outcome.PENDING}
    return open_ and (spoken.is_exempt(key, one.period) or spoken.word(key) == Word.NOT_ASKED)


def _told(one: Obligation, name: str, today: date) -> OwnDuty:
    verdict, rule = one.verdict, one.rule
    unmet, pending = verdict.outcome is Outcome.UNMET, verdict.outcome is Outcome.PENDING
    status = status_of(rule.level, not (unmet or pending), unmet, pending, near=is_near(rule, verdict.deadline, today))
    sentence = explain(rule, verdict, one.facts, subject=name, on=today, period=one.period)
    return OwnDuty(rule, one.period.name if one.period else "", status, sentence)
