"""A file of the national system is handed in, and what differs is listed. Nothing is written."""

from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Task
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.parts import Link, StatTile, StatTiles
from dangwu.foundation.pages.shell import AsOf, Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError
from dangwu.foundation.submissions import once
from dangwu.members.policies import EXPORTERS, KEEPERS
from dangwu.members.reconciling import keeping
from dangwu.members.reconciling.comparing import Reconciled, Sort, reconcile
from dangwu.members.reconciling.forms import blank, filled, form_sheet
from dangwu.members.reconciling.items import PARTS, Part, items
from dangwu.members.reconciling.listing import SORTS, differences
from dangwu.members.reconciling.wording import how_sure, sentence
from dangwu.members.services.reconciling import export_differences, may_reconcile, note_reconciliation
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standing_of, tops
from dangwu.workbench.imports.centre_pages import XLSX
from dangwu.workbench.imports.fetching import finder_for
from dangwu.workbench.reconciling.forms import FilledForm, ReconcileForm
from dangwu.workbench.uploads import put_one_aside

HERE = "imports"
TITLE = "与全国系统核对"
editing = require_http_methods(["GET", "HEAD", "POST"])


@editing
@once
def hand_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for the file, and compare it."""
    by, today = actor_of(request), timezone.localdate()
    _require(by, KEEPERS)
    form = ReconcileForm(request.POST or None, request.FILES or None, initial={"on": today} | _own(by, KEEPERS))
    _offer(form, by, KEEPERS)
    if form.carried_out(partial(_compared, by)):
        return redirect("reconciled", form.result)
    asked = items()
    context = {
        "here": HERE,
        "heading": TITLE,
        "crumbs": [Crumb("导入导出", reverse("imports")), Crumb(TITLE)],
        "lead": "逐项列出不一致的地方。两边都不改动，以哪边为准由人定，改好以后可以再核对一次。",
        "form": form,
        "asked": [(PARTS[part], asked.of(part)) for part in PARTS],
        "how_sure": how_sure(asked),
        "may_export": not EXPORTERS.reach(by, today).is_nothing,
    }
    return render(request, "workbench/reconciling/hand_in.html", context, status=form.status)


def _compared(by: Actor, *, file: Any, under: Organisation, on: date) -> str:  # noqa: ANN401 - an upload
    """Compare, and keep what was found. Raises ObjectionError."""
    today = timezone.localdate()
    standing = standing_of(under, on)
    if any(OutOf(standing_of(under, day).path, day).scope(by, KEEPERS).is_nothing for day in (on, today)):
        raise ObjectionError(f"您没有核对“{standing.called}”的权限，请选择您管理的党组织。", field="under")
    with put_one_aside(file) as path:
        try:
            found = reconcile(path, Task(by, on, under.pk))
        except UnreadableWorkbookError as refusal:
            raise ObjectionError(str(refusal), field="file") from refusal
    note_reconciliation(by=by, found=found, on=today)
    return keeping.keep(found)


@require_safe
def found(request: HttpRequest, uid: str) -> HttpResponseBase:
    """The list of differences, to be narrowed, printed and taken away."""
    kept, by = _kept_or_404(request, uid), actor_of(request)
    listing = differences(kept, request.GET)
    context = {
        "here": HERE,
        "crumbs": [Crumb("导入导出", reverse("imports")), Crumb(TITLE, reverse("reconcile")), Crumb(kept.file)],
        "lead": sentence(kept),
        "actions": [Link("再核对一份", reverse("reconcile"))],
        "found": kept,
        "tiles": _tiles(kept, request.path),
        "by_item": Counter(gap.item for gap in kept.gaps if gap.sort is Sort.DIFFERS).most_common(),
        "how_sure": how_sure(items()),
        "uid": uid,
        "days": keeping.DAYS,
    }
    note = partial(export_differences, by=by, found=kept, on=timezone.localdate())
    template = "workbench/reconciling/found.html"
    return listing.answer(request, template, context, exported=lambda rows: note(rows=rows))


def _tiles(kept: Reconciled, path: str) -> StatTiles:
    counts = kept.counts
    told = [StatTile(title, counts[sort], f"{path}?kind={sort.value}") for sort, (title, _) in SORTS.items()]
    return StatTiles(told)


@require_POST
@once
def discard(request: HttpRequest, uid: str) -> HttpResponseBase:
    """Delete what was found before its week is over."""
    _kept_or_404(request, uid)
    keeping.forget(uid)
    tell(request, "已删除这次核对的差异清单。")
    return redirect("reconcile")


def _kept_or_404(request: HttpRequest, uid: str) -> Reconciled:
    """What the visitor compared himself, where he still may. Raises Http404."""
    by = actor_of(request)
    kept = keeping.kept(uid, by.key)
    if kept is None or not may_reconcile(by=by, found=kept, on=timezone.localdate()):
        raise Http404
    return kept


@require_safe
def blank_form(request: HttpRequest, part: str) -> HttpResponse:
    """The national form to be filled in."""
    _require(actor_of(request), KEEPERS)
    chosen, today = _part_or_404(part), timezone.localdate()
    return _download(blank(chosen, today), f"{form_sheet(chosen, today).title}（空白）.xlsx")


@editing
@once
def filled_form(request: HttpRequest, part: str) -> HttpResponseBase:
    """The national form, filled with what is registered."""
    by, chosen = actor_of(request), _part_or_404(part)
    _require(by, EXPORTERS)
    form = FilledForm(request.POST or None, initial=_own(by, EXPORTERS), asks=chosen == "member")
    _offer(form, by, EXPORTERS)
    if form.carried_out(partial(_filled, by, chosen)):
        answer: HttpResponse = form.result
        return answer
    title = form_sheet(chosen, timezone.localdate()).title
    context = {
        "here": HERE,
        "heading": f"导出{title}",
        "crumbs": [Crumb("导入导出", reverse("imports")), Crumb(TITLE, reverse("reconcile")), Crumb(f"导出{title}")],
        "consequences": [
            *(["表中有完整的身份证号码和电话，请妥善保管，用完删除。"] if chosen == "member" else []),
            "本系统没有的项目留空，请按实际填写。",
            "谁在哪天导出了多少行，记入日志。",
        ],
        "form": form,
        "submit": "导出",
        "cancel": reverse("reconcile"),
    }
    return render(request, "foundation/confirm.html", context, status=form.status)


def _filled(by: Actor, part: Part, *, under: Organisation, purpose: str = "") -> HttpResponse:
    today = timezone.localdate()
    standing = standing_of(under, today)
    out_of = OutOf(standing.path, today, purpose)
    if out_of.scope(by, EXPORTERS).is_nothing:
        raise ObjectionError(f"您没有导出“{standing.called}”的权限。", field="under")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        filled(part, by=by, out_of=out_of, file=path, today=today)
        return _download(path.read_bytes(), f"{form_sheet(part, today).title}（{standing.called}，{today}）.xlsx")


def _download(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


def _part_or_404(part: str) -> Part:
    if part == "member":
        return "member"
    if part == "organisation":
        return "organisation"
    raise Http404


def _require(by: Actor, keepers: Keepers) -> None:
    """Raise Http404 for whoever may not, anywhere."""
    if keepers.reach(by, timezone.localdate()).is_nothing:
        raise Http404


def _own(by: Actor, keepers: Keepers) -> dict[str, Any]:
    """The organisation of whoever has only one."""
    own = list(tops(keepers.reach(by, timezone.localdate()))[:2])
    return {"under": (str(own[0].organisation_id), own[0].name)} if len(own) == 1 else {}


def _offer(form: SafeForm, by: Actor, keepers: Keepers) -> None:
    today = timezone.localdate()
    under: Any = form.fields["under"]
    under.among([keepers.reach(by, today)], AsOf.of(QueryDict(), today=today), finder_for(by))
