"""Writing a batch, and taking it back: what will happen is told in sentences first."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dangwu.access.requests import confirmed
from dangwu.foundation.imports.models import Batch, StagedRow
from dangwu.foundation.imports.queries import content_of, groups_of, rows_of
from dangwu.foundation.imports.services.batches import decide, decisions_of, refuse_unready
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.shell import Crumb, warn
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.workbench.imports.around import HERE, around, undecided
from dangwu.workbench.imports.fetching import batch_or_404, is_kept, own_or_404
from dangwu.workbench.imports.forms import ConfirmImportForm, UndoForm
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.obstacles import named_obstacles
from dangwu.workbench.imports.tasks import OBSTRUCTED, undo_asked, write_confirmed
from dangwu.workbench.imports.wording import NAMED, few, sentence

State = Batch.State
Answer = Callable[[HttpRequest, Batch], HttpResponseBase]
Row = StagedRow.State
editing = require_http_methods(["GET", "HEAD", "POST"])


@editing
@once
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what will happen, and let it happen."""
    batch = own_or_404(request, pk)
    return _for_kind(batch, _confirm)(request, batch)


def _for_kind(batch: Batch, view: Answer) -> Answer:
    """What an administrator does with a list asks for the password again, as it does one by one."""
    return confirmed(view) if KINDS[batch.kind].keepers.duty else view


def _confirm(request: HttpRequest, batch: Batch) -> HttpResponseBase:
    try:
        refuse_unready(batch)
    except ObjectionError as objection:
        if batch.is_open:
            warn(request, objection.message)
        return redirect("import", batch.pk)
    rules = undecided(batch, decisions_of(batch))
    form = ConfirmImportForm(request.POST or None, asks=bool(rules))
    if batch.is_open and form.carried_out(partial(_go, batch)):
        return redirect("import", batch.pk)
    more = {"consequences": [*_consequences(batch)], "rules": rules, "form": form, "is_long": batch.counts["rows"]}
    return render(
        request, "workbench/imports/confirm.html", around(request, batch, "confirm", **more), status=form.status
    )


def _go(batch: Batch, *, agreed: bool = True) -> Batch:
    """Keep that the rules were looked at, and write."""
    assert agreed
    if rules := undecided(batch, decisions_of(batch)):
        decide(batch=batch, fixes={fix["rule"]: True for fix in rules})
    write_confirmed(batch)
    return batch


def _consequences(batch: Batch) -> Iterator[str]:
    kind, counts = KINDS[batch.kind], batch.counts
    if counts["new"]:
        yield f"新登记 {counts['new']} {kind.noun}，自 {batch.on} 起。"
    if counts["changed"]:
        yield f"变更 {counts['changed']} {kind.noun}：{_changed_fields(batch)}。"
    yield from _let_pass(batch)
    words = {Row.SKIPPED: "您选了不导入的", Row.DOUBTFUL: "还没有确认的"}
    left_out = [f"{told} {counts[state]} 行" for state, told in words.items() if counts[state]]
    if left_out:
        yield f"这次不写入：{'，'.join(left_out)}。可以下载出来，改好再导入。"
    if counts["same"]:
        yield f"{counts['same']} 行与已登记的相同，不作变动。"
    yield "要么全部写入，要么一行不写。写入以后，三十天内可以撤销。"


def _changed_fields(batch: Batch) -> str:
    """The fields that change, with the number of rows each."""
    found = Counter(
        label for row in rows_of(batch, Row.CHANGED).iterator() for label, _, _ in content_of(row)["differences"]
    )
    return "，".join(f"{label} {number} 处" for label, number in found.most_common())


def _let_pass(batch: Batch) -> Iterator[str]:
    """The doubts that somebody let pass: who loses a post, for instance."""
    passed = [group for group in groups_of(batch) if group["severity"] == "doubt" and group["rows"] > group["open"]]
    places = [place for group in passed for place in group["places"]][: NAMED * 10]
    told: list[str] = []
    for row in rows_of(batch).filter(place__in=places, state__in=(Row.NEW, Row.CHANGED)):
        problems = content_of(row)["problems"]
        told += [
            f"第 {row.number} 行：{p['message']}。" for p in problems if p["severity"] == "doubt" and p.get("answered")
        ]
    yield from told[:NAMED]
    if len(told) > NAMED:
        yield f"另有 {len(told) - NAMED} 处按表中所写。"


@editing
@once
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back what a batch wrote; where somebody has built on it, only if the rest is wanted back."""
    batch = batch_or_404(request, pk)
    if not is_kept(request, batch):
        raise Http404
    return _for_kind(batch, _undo)(request, batch)


def _undo(request: HttpRequest, batch: Batch) -> HttpResponseBase:
    if batch.state != State.WRITTEN:
        return redirect("import", batch.pk)
    form = UndoForm(request.POST or None)
    names: list[str] = []
    if form.carried_out(partial(undo_asked, batch, actor_of(request))):
        names = named_obstacles(form.result.obstacles) if form.result and not form.result.rows else []
        if not names:
            return redirect("import", batch.pk)
        form = UndoForm(initial={"leaving": True})
    elif not form.is_bound and batch.message.startswith(OBSTRUCTED):
        form = UndoForm(initial={"leaving": True})
    leaves = bool(form.initial.get("leaving"))
    context = {
        "here": HERE,
        "heading": f"撤销导入“{batch.file}”",
        "crumbs": [
            Crumb("导入导出", reverse("imports")),
            Crumb(batch.file, reverse("import", args=[batch.pk])),
            Crumb("撤销"),
        ],
        "lead": sentence(batch),
        "consequences": _undone(batch, names, leaves=leaves),
        "form": form,
        "submit": "撤销其余的" if leaves else "撤销这次导入",
        "cancel": reverse("import", args=[batch.pk]),
    }
    return render(request, "workbench/imports/undo.html", context, status=409 if names else form.status)


def _undone(batch: Batch, names: list[str], *, leaves: bool) -> list[str]:
    told = [f"导入以后，{few(names)}的登记又有变动，不能恢复原状。现在还没有撤销任何内容。"] if names else []
    if leaves:
        said = [] if names else [batch.message]
        return [*told, *said, "可以只撤销其余的：又有变动的保持现在的样子，其他的恢复到导入以前。"]
    return [
        f"这次新登记的 {batch.counts['new']} 条会删去，变更的 {batch.counts['changed']} 条恢复到导入以前，一字不差。",
        "导入以后又有变动的，会先列出来，由您决定。",
    ]
