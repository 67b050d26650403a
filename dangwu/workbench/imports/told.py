"""An import as other programs read it."""

from collections.abc import Iterator
from typing import Any

from dangwu.foundation.imports.staging import Staging
from dangwu.foundation.sheets.shapes import Problem, Severity

FIELDS = ("row", "column", "field", "code", "severity", "message")


def as_json(staging: Staging) -> dict[str, Any]:
    """How the file was understood, what its rows would do, and what is wrong with them."""
    return {
        "sheet": staging.sheets[0],
        "head_rows": list(staging.head_rows),
        "columns": [
            {"column": c.letter, "head": c.head, "field": c.field, "confidence": round(c.confidence, 2)}
            for c in staging.columns
        ],
        "counts": staging.counts,
        "fixes": [{"rule": fix.rule, "cells": fix.cells, "example": fix.example} for fix in staging.fixes],
        "problems": list(problems_of(staging)),
    }


def problems_of(staging: Staging) -> Iterator[dict[str, Any]]:
    """Every problem with its place: those of the whole file first."""
    for problem in staging.problems:
        yield {name: getattr(problem, name) for name in FIELDS} | {"severity": str(problem.severity)}
    for row in staging.rows:
        for told in row.problems:
            yield {"row": row.number} | {name: told[name] or None for name in FIELDS[1:]}


def to_hand_back(staging: Staging) -> Iterator[Problem]:
    """Every problem that is still open, as a workbook with its problems shown takes it."""
    yield from staging.problems
    for row in staging.rows:
        for told in row.problems:
            if not told.get("answered"):
                yield Problem(
                    file="",
                    sheet=row.sheet,
                    row=row.number,
                    column=told["column"] or None,
                    field=told["field"] or None,
                    code=told["code"],
                    severity=Severity(told["severity"]),
                    message=told["message"],
                    remedy=told["remedy"],
                )
