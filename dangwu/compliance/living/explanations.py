"""Why an organisation stands as it does by one rule in one period: all that a person needs to judge it himself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dangwu.compliance.gathering import secretaries
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.duties import Item, Spoken, called, item_of, kinds_for, numbers_of, spoken_about
from dangwu.compliance.living.judging import as_of_which
from dangwu.compliance.living.plain import facts_of
from dangwu.compliance.living.rows import every
from dangwu.compliance.living.telling import read
from dangwu.compliance.models import Answer, DutyState, Exemption, Overruling
from dangwu.kernel.periods import Period
from dangwu.organisations.models import Organisation
from dangwu.records import facts as told_by_records
from dangwu.records.models import Service
from dangwu.records.standing import activity_kinds
from dangwu.rules.explaining import shown, shown_value
from dangwu.rules.rulebook import Rule, Rulebook

MOST = 200  # records that are listed
LECTURES = "secretary_lectures"


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
    """An activity that was counted, by key. Of a confidential one there is no topic; `elsewhere` names who held it
    where that was somebody else.
    """

    activity: int
    held_on: date
    kind: str
    kind_name: str
    topic: str
    elsewhere: str = ""


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
    """Why; None where nothing was asked. Whoever hands the organisation over was asked for whom. A period that is none
    is a ValueError; an empty one is that of what always holds.
    """
    code = Period.parse(period).code if period else ""
    row = DutyState.objects.of(organisation=organisation).filter(rule=rule_id, period=code).first()
    rule = rulebook.rules.get(rule_id)
    if row is None or rule is None:
        return None
    spoken, key = spoken_about([organisation.pk])[organisation.pk], (rule_id, code)
    return Explanation(
        item=item_of(row, rulebook, spoken, called(organisation, today), today),
        clauses=tuple(_clauses(rule, rulebook)),
        figures=tuple(_figures(rule, row, today)),
        facts=tuple(_facts(rule, row)),
        records=tuple(_records(organisation, rule, row, today)),
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


def _records(organisation: Organisation, rule: Rule, row: DutyState, today: date) -> Iterable[Counted]:
    kinds = kinds_for(rule)
    if not (kinds and row.period):
        return
    period = Period.parse(row.period)
    counts = Q(organisation=organisation)
    if LECTURES in rule.facts:
        counts = Q(activity__in=_lectures(organisation, period, today))
    held = every(Service).filter(counts, unit=organisation.unit_id, kind__in=kinds)
    held = held.filter(held_on__gte=period.span.start, held_on__lt=period.span.end).order_by("held_on", "pk")
    listed: set[int] = set()
    for service in held.select_related("activity__organisation")[:MOST]:
        its = service.activity
        if its.pk not in listed:  # what several held together stands there once
            listed.add(its.pk)
            own = LECTURES not in rule.facts or its.organisation_id == organisation.pk
            yield _counted(service, "" if own else called(its.organisation, today))


def _lectures(organisation: Organisation, period: Period, today: date) -> list[int]:
    """The lectures that its secretary gave, wherever that was."""
    lead = secretaries(organisation.unit_id, as_of_which(period, today), [organisation.pk])
    given = told_by_records.lectures(organisation.unit_id, period.span, [organisation.pk], lead.values())
    counted = told_by_records.counted_lectures(given, lead)
    return [lecture.activity for lecture, where in counted if where == organisation.pk]


def _counted(service: Service, elsewhere: str) -> Counted:
    kinds, activity = activity_kinds(), service.activity
    told = [kind for key in (service.kind, *activity.kinds) if (kind := kinds.get(key))]
    topic = "" if any(kind.is_confidential for kind in told) else activity.topic
    name = kinds.name_of(service.kind) if kinds.get(service.kind) else service.kind
    return Counted(activity.pk, service.held_on, service.kind, name, topic, elsewhere)


def _exemptions(spoken: Spoken, rule: str, row: DutyState, today: date) -> Iterable[Exemption]:
    first, last = row.begins or today, row.ends or today
    for exemption in spoken.exemptions:
        if exemption.rule in {"", rule} and exemption.since <= last and first <= exemption.until:
            yield exemption
