"""The report as one page that needs nothing beside it: to read on a screen of any width, and to print."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from dangwu.compliance.documents import wording
from dangwu.compliance.documents.appearance import ACCENT, LEVEL_TINTS, TINTS
from dangwu.compliance.report import FindingLine, Line, ProblemLine, Report
from dangwu.kernel.days import told_day

Context = dict[str, Any]


def html_bytes(report: Report) -> bytes:
    """The report as an html file in UTF-8."""
    return render_to_string("compliance/report.html", _context(report)).encode()


def _context(report: Report) -> Context:
    anchors = _anchors(report)
    return {
        "report": report,
        "title": wording.title_of(report),
        "days": wording.days_of(report),
        "figures": wording.figures_of(report).told(),
        "figure_names": wording.FIGURES,
        "lines": [_line(line, report, anchors) for line in report.lines],
        "totals": _totals(report),
        "legend": wording.legend(),
        "findings": [_finding(number, finding) for number, finding in enumerate(report.findings, 1)],
        "problems": [_problem(problem) for problem in report.problems],
        "levels": [(wording.LEVELS[level], meaning) for level, meaning in wording.LEVEL_MEANINGS.items()],
        "grades": wording.GRADES.items(),
        "how_judged": wording.HOW_JUDGED,
        "accent": ACCENT,
        "tints": [*TINTS.items(), *LEVEL_TINTS.items()],
        "words": wording,
    }


def _anchors(report: Report) -> dict[tuple[str, str], int]:
    """The number of the first finding of an organisation by a rule."""
    first: dict[tuple[str, str], int] = {}
    for number, finding in enumerate(report.findings, 1):
        first.setdefault((finding.organisation, finding.rule), number)
    return first


def _line(line: Line, report: Report, anchors: dict[tuple[str, str], int]) -> Context:
    return {
        "organisation": line.organisation,
        "kind": line.kind,
        "status": line.status,
        "figures": [value for _, value in wording.Figures.of(line.cells).told()],
        "cells": [
            {
                "title": duty.title,
                "status": cell.status,
                "texts": wording.cell_text(cell)[1:],
                "anchor": anchors.get((line.organisation, duty.rule)),
            }
            for duty, cell in zip(report.duties, line.cells, strict=True)
        ],
    }


def _totals(report: Report) -> Context:
    return {
        "figures": [value for _, value in wording.figures_of(report).told()],
        "duties": [f"{figures.done}/{figures.due}" for _, figures in wording.by_duty(report)],
    }


def _finding(number: int, finding: FindingLine) -> Context:
    return {
        "number": number,
        "level": finding.level,
        "level_name": wording.LEVELS[finding.level],
        "organisation": finding.organisation,
        "subject": finding.subject if finding.subject != finding.organisation else "",
        "title": finding.title,
        "basis": wording.basis(finding),
        "when": "　".join(_when(finding)),
        "text": finding.text,
        "evidence": finding.evidence,
        "remedy": finding.remedy,
    }


def _when(finding: FindingLine) -> Iterator[str]:
    if finding.period:
        yield wording.period(finding.period)
    if finding.deadline:
        yield f"期限{told_day(finding.deadline)}"


def _problem(problem: ProblemLine) -> Context:
    return {
        "severity": wording.SEVERITIES[problem.severity],
        "place": wording.place(problem),
        "message": problem.message,
        "remedy": problem.remedy,
    }
