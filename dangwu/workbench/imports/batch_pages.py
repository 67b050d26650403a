"""A batch as a whole: how far it is, what it would do or has done, its rows, and its file with the problems marked."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from dangwu.foundation.imports import keeping
from dangwu.foundation.imports.models import Batch, StagedRow
from dangwu.foundation.imports.queries import content_of, groups_of, rows_of
from dangwu.foundation.imports.services.batches import decisions_of, forget_batch
from dangwu.foundation.imports.services.forgetting import KEPT
from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.forms import ConfirmForm
from dangwu.foundation.pages.parts import Datum, DefinitionList, Link, Progress, StatTile, StatTiles, Tag
from dangwu.foundation.pages.shell import tell
from dangwu.foundation.submissions import once
from dangwu.organisations.queries import last_standing
from dangwu.workbench.imports.around import around, next_step, open_rows, undecided, will_write
from dangwu.workbench.imports.centre_pages import XLSX
from dangwu.workbench.imports.fetching import batch_or_404, is_kept, is_own, own_or_404
from dangwu.workbench.imports.handing_back import marked_file
from dangwu.workbench.imports.tasks import read_again
from dangwu.workbench.imports.wording import BY_NAME, TONES

State = Batch.State
UNDER_WAY = frozenset({State.WAITING, State.READING, State.WRITING, State.UNDOING})
ROWS = 50  # on one page
LISTS = {
    "roster": ("查看党员名册", "members", ""),
    "organisations": ("查看党组织", "organisations", ""),
    "appointments": ("查看任用", "appointments", ""),
    "admissions": ("查看发展中的人员", "members", "kind=developing"),
    "posts": ("查看任职的党员", "members", "kind=everybody&post=any"),
}
"""Where what was written is seen as a list, by kind."""


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; what it would do; what it has done."""
    batch = batch_or_404(request, pk)
    polled = "HX-Request" in request.headers and request.headers.get("HX-Target") == "import-progress"
    if batch.state in UNDER_WAY:
        page = "progress_line" if polled else "progress"
        return render(
            request, f"workbench/imports/{page}.html", {**around(request, batch, "import"), **_progress(batch)}
        )
    if polled:
        return HttpResponseClientRefresh()
    if batch.state == State.REFUSED:
        return render(request, "workbench/imports/refused.html", around(request, batch, "import", lead=""))
    if batch.is_open and is_own(request, batch):
        return render(request, "workbench/imports/staged.html", _staged(request, batch))
    return render(request, "workbench/imports/done.html", _done(request, batch))


def _progress(batch: Batch) -> dict[str, Any]:
    progress = keeping.progress_of(batch)
    share = 0 if batch.state == State.WAITING else int(progress.share * 100)
    step = "排队等待" if batch.state == State.WAITING else progress.step or batch.get_state_display()
    return {"progress": Progress(step, share)}


class Step(NamedTuple):
    """A step on the way to the import."""

    title: str
    text: str
    url: str
    state: Tag


def _staged(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    data = DefinitionList([*_facts(batch)], title="这份表")
    notes = [group for group in groups_of(batch) if not group["rows"]]
    parts = {
        "tiles": _tiles(batch),
        "steps": [*_steps(batch)],
        "data": data,
        "notes": notes,
        "open_rows": open_rows(batch),
    }
    return around(request, batch, "import", next=next_step(batch), **parts)


def _tiles(batch: Batch) -> StatTiles:
    url = reverse("import-rows", args=[batch.pk])
    states = [state for state in StagedRow.State if batch.counts[state]]
    return StatTiles([StatTile(state.label, batch.counts[state], f"{url}?state={state}", "行") for state in states])


def _steps(batch: Batch) -> Iterator[Step]:
    decisions = decisions_of(batch)
    doubtful = [
        c for c in batch.columns if c["field"] and c["confidence"] < BY_NAME and c["column"] not in decisions.columns
    ]
    known = sum(bool(column["field"]) for column in batch.columns)
    told = f"{len(batch.columns)} 栏认出 {known} 栏" + (f"，{len(doubtful)} 栏请确认" if doubtful else "")
    yield _step(batch, "栏目", told, "import-columns", waiting=bool(doubtful))
    cells, unseen = sum(fix["cells"] for fix in batch.fixes), len(undecided(batch, decisions))
    told = f"{len(batch.fixes)} 条规则，共 {cells} 格" + (f"，{unseen} 条没有看过" if unseen else "")
    yield _step(batch, "整理", told if batch.fixes else "没有需要整理的写法", "import-fixes", waiting=bool(unseen))
    told = f"{open_rows(batch)} 行等您处理" if open_rows(batch) else "没有需要处理的行"
    yield _step(batch, "问题", told, "import-problems", waiting=bool(open_rows(batch)))
    told = f"将写入 {will_write(batch)} 行" if will_write(batch) else "没有要写入的内容"
    told += "，有错误的行处理以后" if batch.counts["error"] else ""
    yield _step(batch, "导入", told, "import-confirm", waiting=True)._replace(state=Tag("最后一步"))


def _step(batch: Batch, title: str, text: str, name: str, *, waiting: bool) -> Step:
    state = Tag("请看一看", "soon") if waiting else Tag("已完成", "good")
    return Step(title, text, reverse(name, args=[batch.pk]), state)


def _facts(batch: Batch) -> Iterator[Datum]:
    first, last = batch.head_rows or (0, 0)
    if batch.sheets:
        rows = f"第 {first} 行" if first == last else f"第 {first}–{last} 行"
        yield Datum("工作表", f"{batch.sheets}，表头在{rows}")
    yield Datum("导入到", _place(batch))
    yield Datum("自哪一天起", batch.on)
    yield Datum("经办人", batch.by_name)
    yield Datum("交来时间", batch.opened_at)
    if batch.written_at:
        yield Datum("导入时间", batch.written_at)
    if batch.undone_at:
        yield Datum("撤销时间", batch.undone_at)


def _place(batch: Batch) -> str:
    standing = last_standing(batch.under, timezone.localdate()) if batch.under else None
    return standing.name if standing else "整个系统"


def _done(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    """What it did, for whoever brought it in or keeps the place; it can be undone for thirty days."""
    can_undo = batch.state == State.WRITTEN and is_kept(request, batch) and batch.undoings.exists()
    until = timezone.localdate(batch.written_at) + KEPT if batch.written_at else None
    left = batch.counts.get("doubtful", 0) + batch.counts.get("skipped", 0)
    return around(
        request,
        batch,
        "import",
        data=DefinitionList([*_facts(batch)]),
        can_undo=can_undo,
        until=until,
        left=left if is_own(request, batch) and batch.rows.exists() else 0,
        is_undone=batch.state == State.UNDONE,
        written=will_write(batch) if batch.counts else 0,
        lists=_lists(request, batch),
    )


def _lists(request: HttpRequest, batch: Batch) -> list[Link]:
    """Where what was written is seen: the list of its kind, else the rows themselves."""
    rows = Link("查看写入的明细", reverse("import-rows", args=[batch.pk]) + f"?state={_written_state(batch)}")
    own = [rows] if batch.state == State.WRITTEN and is_own(request, batch) and batch.rows.exists() else []
    if batch.kind not in LISTS:
        return own
    title, name, asked = LISTS[batch.kind]
    asks = "&".join(filter(None, [f"organisation={batch.under}" if batch.under else "", asked]))
    return [Link(title, f"{reverse(name)}?{asks}" if asks else reverse(name)), *own]


def _written_state(batch: Batch) -> str:
    """Of which rows there are, the first that people want to see."""
    return StagedRow.State.NEW if batch.counts["new"] else StagedRow.State.CHANGED


# --- its rows


class Shown(NamedTuple):
    """A row as the page shows it."""

    row: StagedRow
    state: Tag
    content: dict[str, Any]


@require_safe
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """What each row would do, or did."""
    batch = own_or_404(request, pk)
    if not batch.counts:
        return redirect("import", pk)
    state = request.GET.get("state", "")
    state = state if state in StagedRow.State.values else ""
    text = request.GET.get("q", "").strip()[:60]
    page = _page(request, batch, state, text)
    more = {
        "page": page,
        "shown": [_shown(row) for row in page],
        "states": _states(request, batch, state),
        "state": state,
        "q": text,
    }
    return render(request, "workbench/imports/rows.html", around(request, batch, "import-rows", **more))


def _page(request: HttpRequest, batch: Batch, state: str, text: str) -> Page[StagedRow]:
    found: Any = rows_of(batch, state)
    if text:
        found = [row for row in found.iterator() if _says(row, text)]
    return Paginator(found, ROWS).get_page(request.GET.get("page"))


def _says(row: StagedRow, text: str) -> bool:
    content = content_of(row)
    return text in content["title"] or text in content["where"] or text == str(row.number)


def _shown(row: StagedRow) -> Shown:
    state = StagedRow.State(row.state)
    return Shown(row, Tag(str(state.label), TONES.get(state, "")), content_of(row))


def _states(request: HttpRequest, batch: Batch, here: str) -> list[tuple[str, str, int, bool]]:
    """The states to choose from: address, name, rows, whether it is this."""
    choices = Choices(request.GET)
    every = [("", "全部", batch.counts["rows"]), *((s.value, str(s.label), batch.counts[s]) for s in StagedRow.State)]
    return [
        (choices.with_(state=value or None, page=None), label, number, value == here)
        for value, label, number in every
        if number
    ]


# --- its file, and its end


@require_safe
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """The visitor's own workbook with its problems marked; with `only` just the rows that have one."""
    batch = own_or_404(request, pk)
    if not batch.counts or not batch.rows.exists():
        raise Http404
    only = "only" in request.GET
    name = batch.file.rsplit(".", 1)[0] + ("（有问题的行）" if only else "（标注问题）") + ".xlsx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    content = marked_file(batch, only_rows=only)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_POST
@once
def again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Read it once more, as after a fault, or after somebody else changed what it rests on."""
    batch = own_or_404(request, pk)
    if batch.state in {State.STAGED, State.REFUSED}:
        read_again(batch, batch.counts.get("rows", 0))
    return redirect("import", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Throw it away before it is written."""
    batch = own_or_404(request, pk)
    if batch.state not in {State.STAGED, State.REFUSED}:
        raise Http404
    form = ConfirmForm(request.POST or None)
    if form.carried_out(partial(forget_batch, batch)):
        tell(request, f"已放弃“{batch.file}”，没有导入任何内容。")
        return redirect("imports")
    consequences = ["这份表和您对它作的处理都会删除，不能恢复。", "已登记的内容不受影响，您自己的文件也不受影响。"]
    more = {
        "form": form,
        "consequences": consequences,
        "submit": "放弃这次导入",
        "cancel": reverse("import", args=[pk]),
    }
    return render(request, "foundation/confirm.html", around(request, batch, "", **more), status=form.status)
