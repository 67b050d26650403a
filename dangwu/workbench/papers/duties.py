"""What the rulebook asked of organisations over a year, what was done, and what is missing and why: as it is kept, and
as their pages and the matrix tell it. For many organisations it takes as many queries as for one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dangwu.compliance.documents.wording import clause
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.duties import Item, asked_in
from dangwu.compliance.living.plain import facts_of
from dangwu.compliance.living.telling import read
from dangwu.compliance.models import DutyState, Judging
from dangwu.compliance.rulebooks import every_rule
from dangwu.kernel.periods import Period
from dangwu.organisations.models import Standing
from dangwu.records.models import Activity
from dangwu.rules.evaluation import evaluate
from dangwu.rules.explaining import explain
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Level
from dangwu.workbench.rule_words import EACH

STANDING = "一直"


@dataclass(slots=True)
class Duty:
    """What a rule asked of an organisation, of its members or activities: how often, and how often it was done."""

    item: Item
    rule: Rule | None
    numbers: Numbers = field(default_factory=Numbers)
    missing: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.item.title

    @property
    def level(self) -> Level:
        return Level(self.item.level)

    @property
    def remedy(self) -> str:
        return self.item.remedy

    @property
    def clause(self) -> str:
        """“《…》第11条”."""
        return clause(self.item.document, self.item.article)

    @property
    def each(self) -> str:
        """“每月”; what is always asked has no period."""
        every = self.rule.shape.each if self.rule else self.item.period and Period.parse(self.item.period).every
        return EACH[every] if every else STANDING

    @property
    def done(self) -> int:
        """How many were done, be it late."""
        return self.numbers.met + self.numbers.late

    def add(self, item: Item, reasons: Iterable[str]) -> None:
        """Count one period more."""
        self.numbers = Numbers(*(a + b for a, b in zip(self.numbers, item.numbers, strict=True)))
        if item.numbers.unmet:
            self.missing.extend(reasons)


Duties = Mapping[int, Sequence[Duty]]


def duties_of_each(standings: Iterable[Standing], year: int, today: date) -> Duties:
    """The duties of organisations by key, in the order of the rulebook; of those that nobody judged, none are told."""
    rows = list(standings)
    units = Judging.objects.filter(unit__in={row.unit_id for row in rows}, since__lte=date(year, 12, 31))
    judged = set(units.values_list("unit", flat=True))
    names = {row.organisation_id: row.called for row in rows if row.unit_id in judged}
    found: dict[int, dict[str, Duty]] = {key: {} for key in names}
    rulebook = every_rule()
    kept = list(asked_in(names, year, today=today, rulebook=rulebook))
    days = _days(row for row, _ in kept)
    for row, item in kept:
        rule = rulebook.rules.get(row.rule)
        duty = found[row.organisation_id].setdefault(row.rule, Duty(item, rule))
        duty.add(item, _reasons(row, item, rule, names[row.organisation_id], days))
    order = {rule: place for place, rule in enumerate(rulebook.rules)}
    return {
        key: sorted(its.values(), key=lambda duty: order.get(duty.item.rule, len(order))) for key, its in found.items()
    }


def _reasons(row: DutyState, item: Item, rule: Rule | None, name: str, days: Mapping[int, date]) -> Iterator[str]:
    """Why something is missing: of members how many, of activities which; what people found says more than either."""
    subject = "" if item.word or rule is None or rule.digest != row.digest else rule.shape.subject
    if subject == "member":
        yield f"{item.period_name}有{item.numbers.unmet}人未达到。"
    elif subject == "activity":
        assert rule
        yield from (_of_activity(rule, facts, name, days[key]) for key, facts in _failing(row) if key in days)
    else:
        yield item.text


def _of_activity(rule: Rule, told: Mapping[str, object], name: str, on: date) -> str:
    facts = facts_of(told, rule.vocabulary)
    verdict = evaluate(rule, facts, on=on, period=None)
    return f"{on.month}月{on.day}日：{explain(rule, verdict, facts, subject=name, on=on, period=None)}"


def _failing(row: DutyState) -> list[tuple[int, Mapping[str, object]]]:
    """The activities that failed, by key, each with the facts of its own."""
    return [(each[0], each[1]) for each in read(row.facts).get("unmet", ()) if isinstance(each, list)]


def _days(rows: Iterable[DutyState]) -> Mapping[int, date]:
    """The days of all activities that failed."""
    keys = {key for row in rows if row.unmet for key, _ in _failing(row)}
    held = Activity.objects.unscoped("they belong to organisations that are at hand").filter(pk__in=keys)
    return dict(held.values_list("pk", "held_on"))


def failing(duties: Sequence[Duty]) -> Iterator[Duty]:
    """Those of which something is missing."""
    return (duty for duty in duties if duty.numbers.unmet)
