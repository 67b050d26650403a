"""Writing down what an assessment found, with the very version and facts by which it was judged."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dangwu.compliance.assessing import Assessment, Obligation
from dangwu.compliance.evidence import Evidence
from dangwu.compliance.models import Check, Finding, Tally
from dangwu.compliance.reporting import report_of
from dangwu.compliance.tallying import tally
from dangwu.kernel.span import Span
from dangwu.rules.explaining import explain, shown
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import Outcome

BATCH = 2_000


def freeze(*, check: Check, assessment: Assessment, rulebook: Rulebook) -> None:
    """Store tallies and findings of a check, and what could not be judged. The caller holds the transaction."""
    rules = rulebook.rules
    Tally.objects.bulk_create(
        [
            Tally(
                check_run=check,
                organisation_id=organisation,
                rule=rule,
                level=rules[rule].level,
                **{name: getattr(count, name) for name in count.__slots__},
            )
            for (organisation, rule), count in tally(assessment).items()
        ],
        batch_size=BATCH,
    )
    Finding.objects.bulk_create(_findings(check, assessment, rulebook), batch_size=BATCH)
    check.outcomes = {outcome.value: number for outcome, number in assessment.outcomes().items()}
    check.not_judged = _not_judged(assessment)
    check.sentence = report_of(check, rulebook).sentence


def _findings(check: Check, assessment: Assessment, rulebook: Rulebook) -> list[Finding]:
    unmet = list(assessment.obligations(Outcome.UNMET))
    span = Span(assessment.since, assessment.on + timedelta(days=1))
    activity = rulebook.vocabulary["activity"].get("activity")
    kinds = activity.choices if activity else {}
    evidence = Evidence(check.unit_id, unmet, span, kinds)
    titles = {document.id: document.title for document in rulebook.documents.values()}
    return [_finding(check, assessment, obligation, evidence, titles) for obligation in unmet]


def _finding(
    check: Check, assessment: Assessment, obligation: Obligation, evidence: Evidence, titles: Mapping[str, str]
) -> Finding:
    rule, verdict, period = obligation.rule, obligation.verdict, obligation.period
    on = obligation.activity["held_on"] if obligation.activity else assessment.on
    subject = _subject(assessment, obligation, evidence)
    belongs = assessment.gathered.belongs
    return Finding(
        check_run=check,
        organisation_id=belongs[obligation.subject] if obligation.subject_kind == "member" else obligation.subject,
        rule=rule.id,
        digest=rule.digest,
        title=rule.title,
        document=titles.get(rule.basis.document, rule.document.title),
        article=rule.basis.article,
        grade=rule.basis.grade,
        strength=rule.shape.strength,
        level=rule.level,
        subject_kind=obligation.subject_kind,
        subject=subject,
        period=period.code if period else "",
        deadline=verdict.deadline,
        outcome=verdict.outcome,
        text=explain(rule, verdict, obligation.facts, subject=subject, on=on, period=period),
        evidence=evidence.of(obligation),
        facts={name: shown(value) for name, value in obligation.facts.items()},
        remedy=rule.shape.remedy,
    )


def _subject(assessment: Assessment, obligation: Obligation, evidence: Evidence) -> str:
    if obligation.subject_kind == "member":
        return evidence.people[obligation.subject][0]
    name = assessment.gathered.organisations[obligation.subject].name
    if obligation.activity is None:
        return name
    kind = evidence.kinds.get(obligation.activity["activity"], "")
    return f"{name} {obligation.activity['held_on']} {kind}"


def _not_judged(assessment: Assessment) -> list[dict[str, Any]]:
    """For each rule: the labels of the facts that were missing, and for how many subjects."""
    missing: dict[Rule, dict[str, None]] = defaultdict(dict)
    subjects: dict[Rule, set[int]] = defaultdict(set)
    for obligation in assessment.unknown():
        labels = [obligation.rule.vocabulary[name].label for name in obligation.verdict.unknown]
        missing[obligation.rule].update(dict.fromkeys(labels))
        subjects[obligation.rule].add(obligation.subject)
    return [
        {"rule": rule.id, "title": rule.title, "facts": list(labels), "subjects": len(subjects[rule])}
        for rule, labels in missing.items()
    ]
