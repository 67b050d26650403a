"""The report for other programs. The keys are a contract: new ones are only ever added at the end."""

import json
from datetime import date
from typing import Any

from dangwu.compliance.report import FindingLine, NotJudged, ProblemLine, Report
from dangwu.rules.shapes import Outcome


def json_bytes(report: Report) -> bytes:
    """`as_json` as a file; the same report gives the same bytes."""
    return (json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n").encode()


def as_json(report: Report) -> dict[str, Any]:
    """The report in plain values. Days are written as ISO 8601; what does not exist is null."""
    return {
        "on": report.on.isoformat(),
        "organisations": report.organisations,
        "members": report.members,
        "obligations": {outcome.value: report.outcomes.get(outcome, 0) for outcome in Outcome},
        "findings": [_finding(finding) for finding in report.findings],
        "problems": [_problem(problem) for problem in report.problems],
        "sentence": report.sentence,
        "from": report.since.isoformat(),
        "packs": list(report.packs),
        "unit": report.unit,
        "not_judged": [_not_judged(entry) for entry in report.not_judged],
    }


def _finding(finding: FindingLine) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "document": finding.document,
        "article": finding.article,
        "grade": finding.grade,
        "strength": finding.strength,
        "subject_kind": finding.subject_kind,
        "subject": finding.subject,
        "period": finding.period or None,
        "deadline": _iso(finding.deadline),
        "outcome": finding.outcome,
        "text": finding.text,
        "evidence": list(finding.evidence),
        "level": finding.level,
        "remedy": finding.remedy,
        "title": finding.title,
        "organisation": finding.organisation,
    }


def _problem(problem: ProblemLine) -> dict[str, Any]:
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "field": problem.field,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def _not_judged(entry: NotJudged) -> dict[str, Any]:
    return {"rule": entry.rule, "title": entry.title, "facts": list(entry.facts), "subjects": entry.subjects}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
