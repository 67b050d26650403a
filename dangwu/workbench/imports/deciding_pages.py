"""How a file is understood: which column is which field, and by which rules cells are made clean."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dangwu.foundation.imports.decisions import REPLACE, Decisions
from dangwu.foundation.imports.kinds import Kind
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.queries import remembered_columns, samples_of
from dangwu.foundation.imports.services.batches import decide, decisions_of
from dangwu.foundation.pages.shell import tell, warn
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.foundation.submissions import once
from dangwu.workbench.imports.around import around, undecided
from dangwu.workbench.imports.fetching import own_or_404
from dangwu.workbench.imports.forms import POLICIES
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.tasks import read_again
from dangwu.workbench.imports.wording import certainty

editing = require_http_methods(["GET", "HEAD", "POST"])
FOLLOWED, REFUSED = "yes", "no"
EVERY = "*"  # every sheet; no sheet of a workbook can be called so


def opened(batch: Batch) -> bool:
    """Whether there is something to decide about."""
    return batch.is_open and bool(batch.counts)


def decided(
    request: HttpRequest, batch: Batch, told: str, *, sheet: str | None = None, **later: dict[str, Any]
) -> None:
    """Keep decisions and have the file read by them."""
    decide(batch=batch, sheet=sheet, **later)
    read_again(batch, batch.counts["rows"])
    tell(request, told)


# --- columns


class ColumnLine(NamedTuple):
    """A column of the file on the page."""

    letter: str
    head: str
    samples: Sequence[str]
    field: str
    certainty: str
    tone: str
    policy: str
    is_unkept: bool
    is_needed: bool


@editing
@once
def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Which column is which field, and what becomes of what is registered already."""
    batch = own_or_404(request, pk)
    if not opened(batch):
        return redirect("import", pk)
    kind = KINDS[batch.kind]
    sheet = kind.sheet(batch.on)
    if request.method == "POST":
        chosen = {column["column"]: request.POST.get(f"field-{column['column']}", "") for column in batch.columns}
        if not (fault := _fault(chosen, sheet)):
            _keep_columns(request, batch, chosen, sheet)
            return redirect("import-columns", pk)
        warn(request, fault)
    lines, remembered = _lines(batch, kind, sheet)
    more = {"lines": lines, "remembered": remembered, "fields": sheet.fields, "policies": POLICIES}
    more |= {"sheets": _sheets(batch), "sheet": decisions_of(batch).sheet, "every": EVERY}
    status = 422 if request.method == "POST" else 200
    return render(
        request, "workbench/imports/columns.html", around(request, batch, "import-columns", **more), status=status
    )


def _fault(chosen: Mapping[str, str], sheet: Sheet) -> str:
    """Why the columns cannot be taken for these fields; empty where they can."""
    labels = {field.name: field.label for field in sheet.fields}
    taken = [name for name in chosen.values() if name]
    twice = [labels.get(name, "") for name in dict.fromkeys(taken) if taken.count(name) > 1]
    if unknown := [name for name in taken if name not in labels]:
        return f"没有“{unknown[0][:20]}”这个栏目，没有保存。"
    if twice:
        return f"“{'”“'.join(twice)}”对应了不止一栏，没有保存。请每个栏目只选一栏，其余的选“不导入”。"
    missing = [labels[name] for name in sheet.needs if name not in taken]
    return f"缺少“{'”“'.join(missing)}”，没有保存。请指定它是哪一栏。" if missing else ""


def _keep_columns(request: HttpRequest, batch: Batch, chosen: Mapping[str, str], sheet: Sheet) -> None:
    was = {column["column"]: column["field"] for column in batch.columns}
    moved = {letter: name for letter, name in chosen.items() if name != was[letter]}
    asked = {field.name: request.POST.get(f"policy-{field.name}", "") for field in sheet.fields}
    policies = {name: policy for name, policy in asked.items() if policy in dict(POLICIES)}
    told = "已按您指定的栏目重新读取，导入后会记住这样的表头。" if moved else "已保存，并重新比对。"
    wanted = request.POST.get("sheet", "")
    chosen_sheet = {EVERY: "", **{name: name for name in _sheets(batch)}}.get(wanted)
    decided(request, batch, told, sheet=chosen_sheet, columns=moved, fields=policies)


def _sheets(batch: Batch) -> list[str]:
    """The sheets that were read, where there is a choice."""
    told = decisions_of(batch).sheet
    names = list(batch.rows.order_by("sheet").values_list("sheet", flat=True).distinct())
    return [told] if told else names if len(names) > 1 else []


def _lines(batch: Batch, kind: Kind, sheet: Sheet) -> tuple[list[ColumnLine], bool]:
    decisions = decisions_of(batch)
    heads = tuple((column["column"], column["head"]) for column in batch.columns if column["head"])
    remembered = remembered_columns(kind.name, heads)
    samples = samples_of(batch)
    lines = [
        _line(
            column,
            samples.get(column["column"], ()),
            decisions,
            kind,
            sheet,
            is_remembered=column["column"] in remembered,
        )
        for column in batch.columns
    ]
    return lines, bool(remembered)


def _line(
    column: Mapping[str, Any],
    samples: Sequence[str],
    decisions: Decisions,
    kind: Kind,
    sheet: Sheet,
    *,
    is_remembered: bool,
) -> ColumnLine:
    name = column["field"]
    words, tone = certainty(column, is_chosen=column["column"] in decisions.columns, is_remembered=is_remembered)
    return ColumnLine(
        letter=column["column"],
        head=column["head"],
        samples=samples,
        field=name,
        certainty=words,
        tone=tone,
        policy=decisions.fields.get(name, REPLACE),
        is_unkept=name in kind.unkept,
        is_needed=name in sheet.needs,
    )


# --- rules


@editing
@once
def fixes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """By which rules cells were made clean, each to be followed or not."""
    batch = own_or_404(request, pk)
    if not opened(batch):
        return redirect("import", pk)
    if request.method == "POST":
        answers = _answers(request, batch)
        refused = sum(not answer for answer in answers.values())
        told = f"已保存：采用 {len(answers) - refused} 条，不采用 {refused} 条。" if answers else "没有改动。"
        decided(request, batch, told, fixes=answers)
        return redirect("import", pk)
    decisions = decisions_of(batch)
    lines = [{**fix, "answer": _word(decisions, fix["rule"])} for fix in batch.fixes]
    more = {"lines": lines, "undecided": undecided(batch, decisions)}
    return render(request, "workbench/imports/fixes.html", around(request, batch, "import-fixes", **more))


def _answers(request: HttpRequest, batch: Batch) -> dict[str, bool]:
    rules = [fix["rule"] for fix in batch.fixes]
    if request.POST.get("all"):
        return dict.fromkeys(rules, True)
    given = {rule: request.POST.get(f"rule-{rule}", "") for rule in rules}
    return {rule: answer == FOLLOWED for rule, answer in given.items() if answer in {FOLLOWED, REFUSED}}


def _word(decisions: Decisions, rule: str) -> str:
    followed = decisions.fixes.get(rule)
    return "" if followed is None else FOLLOWED if followed else REFUSED
