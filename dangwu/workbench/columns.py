"""How the columns of the workbooks were understood, in the words of those who keep them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dangwu.compliance.models import Check, Workbook
from dangwu.members.columns import roster_sheet
from dangwu.organisations.columns import organisations_sheet
from dangwu.records.columns import LEDGER

SURE, LIKELY = 0.9, 0.6  # confidence from which a mapping is called sure, or likely


class Mapped(NamedTuple):
    """A column of a workbook: where it stands, what it was taken for (nothing: it was left out), and how surely."""

    letter: str
    head: str
    field: str
    certainty: str


class Understood(NamedTuple):
    """A workbook with its columns."""

    workbook: Workbook
    columns: list[Mapped]


def understood(check: Check) -> list[Understood]:
    """Every workbook of a check with its columns, in the order in which they were handed in."""
    sheets = {
        Workbook.Role.ROSTER: roster_sheet(check.on),
        Workbook.Role.LEDGER: LEDGER,
        Workbook.Role.ORGANISATIONS: organisations_sheet(check.on),
    }
    labels = {role: {field.name: field.label for field in sheet.fields} for role, sheet in sheets.items()}
    return [_understood(workbook, labels[Workbook.Role(workbook.role)]) for workbook in _workbooks(check)]


def _understood(workbook: Workbook, labels: Mapping[str, str]) -> Understood:
    columns = [
        Mapped(column["letter"], column["head"], labels.get(column["field"] or "", ""), certainty(column["confidence"]))
        for column in workbook.columns
    ]
    return Understood(workbook, columns)


def certainty(confidence: float) -> str:
    """A confidence of 0 to 1 in a word."""
    if confidence >= SURE:
        return "确定"
    return "较有把握" if confidence >= LIKELY else "请核对"


def column_heads(check: Check) -> dict[tuple[str, str], str]:
    """What stands over each column, by file and letter."""
    return {(w.file, column["letter"]): column["head"] for w in _workbooks(check) for column in w.columns}


def _workbooks(check: Check) -> Iterable[Workbook]:
    return check.workbooks.order_by("pk")
