"""The centre of imports and exports: a file is handed in, and what was handed in before is found again."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.access.models import Administration
from dangwu.foundation.actors import Actor
from dangwu.foundation.files.names import shown_name
from dangwu.foundation.imports.kinds import Into, Kind
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.queries import batches_for
from dangwu.foundation.imports.services.batches import may_import, open_batch
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link, Tag
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError
from dangwu.foundation.sheets.templates import template
from dangwu.foundation.submissions import once
from dangwu.organisations.models import BRANCH_KINDS, Organisation, Standing
from dangwu.organisations.queries import standing_of, standings, tops
from dangwu.workbench.imports.around import HERE
from dangwu.workbench.imports.fetching import finder_for, kinds_for
from dangwu.workbench.imports.forms import HandInForm
from dangwu.workbench.imports.kinds import EXPORTS, KINDS
from dangwu.workbench.imports.opening import look_into
from dangwu.workbench.imports.tasks import read_again
from dangwu.workbench.imports.wording import sentence
from dangwu.workbench.uploads import put_one_aside, shortened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNKNOWN = "没有认出这是哪一种表。请在“这是什么表”中选定；表头应当有姓名、党组织名称等栏目，可以对照空白表样。"
BATCH_TONES = {
    Batch.State.STAGED: "soon",
    Batch.State.WRITTEN: "good",
    Batch.State.REFUSED: "overdue",
    Batch.State.UNDONE: "",
}


def _state(batch: Batch) -> Tag:
    return Tag(batch.get_state_display(), BATCH_TONES.get(Batch.State(batch.state), "hint"))


class BatchListing(Listing):
    """Batches of one's own, and those that were written into one's part of the tree."""

    title, noun = "导入记录", "批"
    columns = (
        Column("file", "文件", link=lambda row: reverse("import", args=[row.pk]), note=sentence, width=40),
        Column("kind", "种类", value=lambda row: KINDS[row.kind].title),
        Column("by_name", "经办人", sort=("by_name",)),
        Column("opened_at", "时间", sort=("opened_at",), width=18),
        Column("state", "状态", value=_state, sort=("state",)),
    )
    default_sort = "-opened_at"
    rows_per_page = 20
    empty = EmptyState("还没有导入过", "在上面选好文件，先预览，不会马上写入。")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def centre(request: HttpRequest) -> HttpResponseBase:
    """Hand in a workbook; the workbooks of before."""
    by = actor_of(request)
    kinds = kinds_for(by)
    if not kinds:
        raise Http404
    form = HandInForm(request.POST or None, request.FILES or None, initial=_initial(request, kinds))
    as_of = AsOf.of(request.GET, today=timezone.localdate())
    form.offer(kinds, _reaches(by, kinds, as_of.today), as_of, finder_for(by))
    if form.carried_out(partial(_open, request)):
        return redirect("import", form.result.pk)
    listing = BatchListing(batches_for(by, KINDS.values(), as_of.today), request.GET)
    context = {
        "here": HERE,
        "heading": "导入导出",
        "lead": "把表格拖进来，先看会改什么，确认以后才写入，三十天内可以撤销。",
        "form": form,
        "kinds": kinds,
        "exports": _exports(request),
    }
    answer = listing.answer(request, "workbench/imports/centre.html", context)
    answer.status_code = form.status
    return answer


def _reaches(by: Actor, kinds: Iterable[Kind], today: date) -> list[Scope]:
    """The parts of the tree into which somebody may bring something."""
    every = dict.fromkeys(kind.keepers for kind in kinds)
    return [keepers.reach(by, today) for keepers in every]


def _initial(request: HttpRequest, kinds: Iterable[Kind]) -> dict[str, Any]:
    """Today, and the organisation of whoever has only one."""
    today = timezone.localdate()
    own = {s.organisation_id: s for scope in _reaches(actor_of(request), kinds, today) for s in tops(scope)[:2]}
    asked = request.GET.get("under", "")
    chosen = own.get(int(asked)) if asked.isdecimal() else None
    only = chosen or (next(iter(own.values())) if len(own) == 1 else None)
    return {"since": today, "kind": "", **({"into": (str(only.organisation_id), only.name)} if only else {})}


def _open(request: HttpRequest, *, file: Any, kind: str, into: Organisation, since: date) -> Batch:  # noqa: ANN401 - an upload
    """Keep what was handed in, and have it read. Raises ObjectionError."""
    by, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    with put_one_aside(file) as path:
        try:
            looked = look_into(path, since)
        except UnreadableWorkbookError as refusal:
            raise ObjectionError(str(refusal), field="file") from refusal
        chosen = KINDS[kind] if kind else looked.kind
        if chosen is None:
            raise ObjectionError(UNKNOWN, field="kind")
        goes = _into(request, chosen, into, since)
        name = shortened(shown_name(file.name or ""))
        batch = open_batch(by=by, kind=chosen, path=path, file=name, into=goes, now=now, on=today)
    read_again(batch, looked.rows)
    return batch


def _into(request: HttpRequest, kind: Kind, organisation: Organisation, since: date) -> Into:
    """Where it goes. Raises ObjectionError where the visitor may not bring it in there, or it was not there then."""
    today = timezone.localdate()
    try:
        standing = standing_of(organisation, today)
        standing_of(organisation, since)
    except ObjectionError as objection:
        raise ObjectionError(objection.message, field="since") from objection
    into = Into(organisation.pk, standing.path, since)
    if not may_import(by=actor_of(request), kind=kind, into=into, on=today):
        raise ObjectionError(_no_leave(kind, standing), field="kind" if kind.keepers.duty else "into")
    return into


def _no_leave(kind: Kind, standing: Standing) -> str:
    if kind.keepers.duty:
        return f"{kind.title}由{Administration.Duty(kind.keepers.duty).label}导入，您没有这项权限。"
    return f"您没有在“{standing.called}”导入{kind.title}的权限，请选择您管理的党组织。"


def _exports(request: HttpRequest) -> list[Link]:
    """The kinds of workbook that the visitor may take away."""
    by, today = actor_of(request), timezone.localdate()
    may = [kind for kind in EXPORTS.values() if not kind.keepers.reach(by, today).is_nothing]
    return [Link(kind.title, reverse("export", args=[kind.name])) for kind in may]


@require_safe
def blank_form(request: HttpRequest, kind: str) -> HttpResponse:
    """A workbook to be filled in by whoever may bring it in, with the names of his branches."""
    chosen = next((its for its in kinds_for(actor_of(request)) if its.name == kind), None)
    if chosen is None:
        raise Http404
    today = timezone.localdate()
    sheet = chosen.sheet(today)
    names = [field.name for field in sheet.fields if field.name not in chosen.unkept]
    branches = _branches(chosen.keepers.reach(actor_of(request), today))
    choices = {"organisation": branches} if "organisation" in names else {}
    disposition = content_disposition_header(as_attachment=True, filename=f"{chosen.title}（空白表样）.xlsx")
    headers = {"Content-Disposition": disposition or ""}
    return HttpResponse(template(sheet, choices=choices, names=names), content_type=XLSX, headers=headers)


def _branches(scope: Scope) -> list[str]:
    return [standing.name for standing in standings(scope).filter(kind__in=BRANCH_KINDS)]
