"""The problems of a batch by what repairs them: answered all at once, by their texts, or row by row."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.imports.decisions import SKIP
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.queries import groups_of
from dangwu.foundation.imports.services.batches import decisions_of
from dangwu.foundation.pages.parts import Link, Tag
from dangwu.foundation.pages.shell import Crumb, warn
from dangwu.foundation.submissions import once
from dangwu.organisations.queries import last_standing
from dangwu.workbench.imports.around import around, to_confirm, will_write
from dangwu.workbench.imports.deciding_pages import decided, editing, opened
from dangwu.workbench.imports.fetching import own_or_404
from dangwu.workbench.imports.repairs import (
    Later,
    Line,
    lines_of,
    of_group,
    of_rows,
    of_texts,
    taken_back,
    told_decisions,
)
from dangwu.workbench.imports.wording import ANSWERS, SEVERITIES, SEVERITY_TONES

ROWS = 20  # on one page
PLACES = frozenset({"organisation", "parent"})
Json = dict[str, Any]


@editing
@once
def problems(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is open, what is settled, and what was answered so far."""
    batch = own_or_404(request, pk)
    if not opened(batch):
        return redirect("import", pk)
    decisions = decisions_of(batch)
    if request.method == "POST":
        if later := _answered(request, batch):
            decided(request, batch, "已保存，并重新比对。", sheet=None, **later)
        return redirect("import-problems", pk)
    groups = [
        _shown(batch, group) | {"given": ANSWERS.get(decisions.groups.get(group["key"], ""), "")}
        for group in _groups(batch)
    ]
    waiting = [group for group in groups if group["open"] and group["severity"] != "warning"]
    settled = [group for group in groups if not group["open"] and group["given"]]
    hints = [group for group in groups if group["severity"] == "warning" and group not in settled]
    errors = sum(group["severity"] == "error" for group in waiting)
    more = {"waiting": waiting, "hints": hints, "settled": settled, "told": told_decisions(batch, decisions, _named)}
    context = around(request, batch, "import-problems", errors=errors, actions=_ways(batch), **more)
    return render(request, "workbench/imports/problems.html", context)


def _ways(batch: Batch) -> list[Link]:
    """The way on, once no error is in it; rows about which there is a doubt may wait."""
    return [] if batch.counts["error"] or not will_write(batch) else [to_confirm(batch)]


def _answered(request: HttpRequest, batch: Batch) -> Later:
    """What was asked for: leave out all rows in error, or take something back."""
    if request.POST.get("skip_errors"):
        wrong = [group["key"] for group in _groups(batch) if group["open"] and group["severity"] == "error"]
        return {"groups": dict.fromkeys(wrong, SKIP)} if wrong else {}
    return taken_back(request.POST.get("take_back", ""), decisions_of(batch))


def _groups(batch: Batch) -> list[Json]:
    return [group for group in groups_of(batch) if group["rows"]]


def _shown(batch: Batch, group: Json) -> Json:
    tag = Tag(SEVERITIES[group["severity"]], SEVERITY_TONES[group["severity"]])
    return {**group, "tag": tag, "url": reverse("import-problem", args=[batch.pk, group["key"]])}


def _named(key: int) -> str:
    standing = last_standing(key, timezone.localdate())
    return standing.called if standing else "已不存在的党组织"


@editing
@once
def problem(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """One group: an answer for all, for each text, or for each row."""
    batch = own_or_404(request, pk)
    if not opened(batch):
        return redirect("import", pk)
    group = next((group for group in _groups(batch) if group["key"] == key), None)
    if group is None:
        if request.method == "POST":
            warn(request, "这一类问题已经没有了，没有改动。")
            return redirect("import-problems", pk)
        raise Http404
    page = Paginator(group["places"], ROWS).get_page(request.GET.get("page"))
    decisions = decisions_of(batch)
    lines = lines_of(batch, group, list(page), decisions)
    if request.method == "POST":
        return _settle(request, batch, group, {**of_group(group, request.POST), **_single(request, group, lines)})
    more = {
        "group": _shown(batch, group) | {"given": ANSWERS.get(decisions.groups.get(key, ""), "")},
        "accepts": ANSWERS.get(group["answer"], ""),
        "texts": _texts(group),
        "lines": lines,
        "page": page,
        "places": is_of_organisations(group),
        "actions": [],
    }
    context = around(request, batch, "import-problems", **more)
    context["crumbs"] = [
        *context["crumbs"][:1],
        Crumb(batch.file, reverse("import-problems", args=[pk])),
        Crumb(group["label"] or "这一行"),
    ]
    return render(request, "workbench/imports/problem.html", context)


def _single(request: HttpRequest, group: Json, lines: list[Line]) -> Later:
    return {} if request.POST.get("answer") else {**of_texts(group, request.POST), **of_rows(lines, request.POST)}


def _settle(request: HttpRequest, batch: Batch, group: Json, later: Later) -> HttpResponseBase:
    """Keep what was answered, and go on to what is left."""
    here = reverse("import-problem", args=[batch.pk, group["key"]])
    if not later:
        warn(request, "没有改动。请选一种处理办法，或者改正表格中的内容，再保存。")
        return redirect(here)
    decided(request, batch, "已保存，并重新比对。", sheet=None, **later)
    batch.refresh_from_db()
    left = any(each["key"] == group["key"] and each["open"] for each in groups_of(batch))
    return redirect(here if left and batch.is_open else reverse("import-problems", args=[batch.pk]))


def is_of_organisations(group: Json) -> bool:
    """Whether its texts mean organisations, which are found by typing."""
    return group["field"] in PLACES


def _texts(group: Json) -> list[Json]:
    """The texts that can be mended at once, unless each row is asked about by itself."""
    if group["of_row"] or not group["open"]:
        return []
    texts = [{"text": text, **value} for text, value in group["values"].items()]
    return [each for each in texts if each["rows"] > 1 or each["choices"] or is_of_organisations(group)]
