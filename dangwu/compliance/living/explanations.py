"""Why an organisation stands as it does by one rule in one period: all that a person needs to judge it himself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.duties import Item, Spoken, called, item_of, kinds_for, numbers_of
from dangwu.compliance.living.plain import facts_of
from dangwu.compliance.living.telling import read
from dangwu.compliance.models import Answer, DutyState, Exemption, Overruling
from dangwu.kernel.periods import Period
from dangwu.organisations.models import Organisation
from dangwu.records.models import Service
from dangwu.rules.explaining import shown, shown_value
from dangwu.rules.rulebook import Rule, Rulebook

MOST = 200  # records that are listed


@dataclass(frozen=True, slots=True)
class Clause:
    """Where it is written, and how surely that is known."""

    document: str
    article: str
    grade: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Counted:
    """An activity that was counted, by key."""

    activity: int
    held_on: date
    kind: str
    kind_name: str
    topic: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The duty; its clauses and figures; the facts and records it was judged by; what people said.

    `failing` are the keys of the members or activities that fail, where the duty falls on those.
    """

    item: Item
    clauses: tuple[Clause, ...]
    figures: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    records: tuple[Counted, ...]
    subject: str
    failing: tuple[int, ...]
    by_rule: Numbers
    exemptions: tuple[Exemption, ...]
    overruling: Overruling | None
    answer: Answer | None
    judged_on: date


def explanation(
    organisation: Organisation, rule_id: str, period: str, *, today: date, rulebook: Rulebook
) -> Explanation | None:
    """Why; None where nothing was asked. Whoever hands the organisation over was asked for whom."""
    row = DutyState.objects.of(organisation=organisation).filter(rule=rule_id, period=period).first()
    rule = rulebook.rules.get(rule_id)
    if row is None or rule is None:
        return None
    spoken, key = Spoken(organisation), (rule_id, period)
    return Explanation(
        item=item_of(row, rulebook, spoken, called(organisation, today), today),
        clauses=tuple(_clauses(rule, rulebook)),
        figures=tuple(_figures(rule, row, today)),
        facts=tuple(_facts(rule, row)),
        records=tuple(_records(organisation, rule, row, rulebook)),
        subject=rule.shape.subject,
        failing=tuple(_failing(rule, row)),
        by_rule=numbers_of(row),
        exemptions=tuple(_exemptions(spoken, rule_id, row, today)),
        overruling=spoken.overrulings.get(key),
        answer=spoken.answers.get(key),
        judged_on=row.judged_on,
    )


def _clauses(rule: Rule, rulebook: Rulebook) -> Iterable[Clause]:
    for cite in rule.shape.cites:
        document = rulebook.documents.get(cite.document, rule.document)
        yield Clause(document.title, cite.article, cite.grade, rulebook.sources.get(cite.source, ""), cite.checked)


def _figures(rule: Rule, row: DutyState, today: date) -> Iterable[tuple[str, str]]:
    for name, value in rule.values_on(row.begins or today).items():
        if not isinstance(value, tuple):
            yield name, shown_value(value)


def _facts(rule: Rule, row: DutyState) -> Iterable[tuple[str, str]]:
    """The facts by which was judged, in the words of the vocabulary."""
    if rule.shape.subject != "organisation":
        return
    for name, value in facts_of(read(row.facts), rule.vocabulary).items():
        if name in rule.vocabulary:
            yield rule.vocabulary[name].label, shown(value, rule.vocabulary[name])


def _failing(rule: Rule, row: DutyState) -> Iterable[int]:
    if rule.shape.subject != "organisation":
        for each in read(row.facts).get("unmet", ()):
            yield each[0] if isinstance(each, list) else each


def _records(organisation: Organisation, rule: Rule, row: DutyState, rulebook: Rulebook) -> Iterable[Counted]:
    kinds = kinds_for(rule)
    if not (kinds and row.period):
        return
    span = Period.parse(row.period).span
    held = Service.objects.of(organisation=organisation).filter(kind__in=kinds)
    held = held.filter(held_on__gte=span.start, held_on__lt=span.end).order_by("held_on", "pk")
    names = rulebook.vocabulary["activity"]["activity"].choices
    for activity, held_on, kind, topic in held.values_list("activity", "held_on", "kind", "activity__topic")[:MOST]:
        yield Counted(activity, held_on, kind, names.get(kind, kind), topic)


def _exemptions(spoken: Spoken, rule: str, row: DutyState, today: date) -> Iterable[Exemption]:
    first, last = row.begins or today, row.ends or today
    for exemption in spoken.exemptions:
        if exemption.rule in {"", rule} and exemption.since <= last and first <= exemption.until:
            yield exemption
