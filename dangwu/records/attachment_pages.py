"""The files of an activity: a part for its page, a page of their own that takes more, and each to be fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.files.names import shown_name
from dangwu.foundation.files.storing import LostFileError, content_of, looked_into, type_kept
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.forms import ConfirmForm
from dangwu.foundation.pages.parts import Part
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.records.attachment_forms import AttachForm
from dangwu.records.models import Activity, Attachment
from dangwu.records.policies import KEEP, SEE, may_keep
from dangwu.records.queries import activities, attachments, attachments_of
from dangwu.records.services.attaching import attach_file, remove_attachment

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from dangwu.foundation.actors import Actor

HERE = "activities"
LOST = "这个附件在磁盘上找不到了，或者已经损坏。请联系系统管理员从备份恢复。"


@dataclass(frozen=True, slots=True)
class Line:
    """A file as a list shows it."""

    name: str
    note: str
    url: str
    remove: str


@dataclass(frozen=True, slots=True)
class Attachments(Part):
    """The files of an activity, and where more are put to it; `more` is empty for whoever may not."""

    template = "attachments"

    lines: Sequence[Line]
    more: str


def attachments_part(activity: Activity, by: "Actor") -> Attachments:
    """The part for the page of an activity that `by` may see: one query, and whether he keeps its record."""
    keeps = may_keep(by=by, activity=activity, today=timezone.localdate())
    lines = [_line(row, keeps=keeps) for row in attachments_of(activity)]
    return Attachments(lines, reverse("activity-files", args=[activity.pk]) if keeps else "")


def _line(row: Attachment, *, keeps: bool) -> Line:
    note = f"{type_kept(row.file).name}，{filesizeformat(row.file.size)}，{row.kept_on} 上传"
    url = reverse("activity-file", args=[row.pk])
    return Line(row.name, note, url, reverse("activity-file-remove", args=[row.pk]) if keeps else "")


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of an activity, and a form for more. A form that is sent twice puts nothing twice, since a file is
    known by its content; so pictures are worked on while nobody waits for the database.
    """
    by, today = actor_of(request), timezone.localdate()
    activity = fetch_or_404(activities(by.scope(KEEP, today)), pk)
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = [_put(file, activity, by) for file in form.cleaned_data["chosen"]]
        if not any(told):
            tell(request, f"已上传 {len(told)} 个附件。")
            return redirect("activity-files", pk)
        for objection in filter(None, told):
            form.add_error("chosen", objection)
        if not all(told):
            form.add_error("chosen", f"其余 {told.count('')} 个已经上传。")
    context = {
        "heading": "附件",
        "lead": str(activity),
        "here": HERE,
        "crumbs": [Crumb("活动记录", reverse("activity", args=[pk])), Crumb("附件")],
        "form": form,
        "submit": "上传",
        "attachments": attachments_part(activity, by),
    }
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "records/attachments.html", context, status=wrong)


def _put(file: "UploadedFile[Any]", activity: Activity, by: "Actor") -> str:
    """Put one file to the activity; what stands against it. What was put before it stays."""
    name = shown_name(file.name or "")
    try:
        looked = looked_into(file.read(), name)
        attach_file(by=by, activity=activity, name=name, looked=looked, today=timezone.localdate())
    except ObjectionError as objection:
        return objection.message
    return ""


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """A file, to be kept by whoever fetches it: a browser never shows it by itself."""
    scope = actor_of(request).scope(SEE, timezone.localdate())
    row = fetch_or_404(attachments(scope), pk)
    try:
        content = content_of(row.file)
    except LostFileError:
        return render(request, "foundation/page.html", {"heading": "附件", "here": HERE, "lead": LOST}, status=410)
    media = type_kept(row.file).media
    answer = FileResponse(BytesIO(content), as_attachment=True, filename=row.name, content_type=media)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@once
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away, after a question."""
    by, today = actor_of(request), timezone.localdate()
    row = fetch_or_404(attachments(by.scope(KEEP, today)), pk)
    form = ConfirmForm(request.POST or None)
    if form.carried_out(partial(remove_attachment, by=by, attachment=row, today=today)):
        tell(request, f"已删除附件“{row.name}”。")
        return redirect("activity-files", row.activity_id)
    context = {
        "heading": "删除附件",
        "here": HERE,
        "lead": row.name,
        "consequences": ["删除以后无法恢复，除非从备份恢复。", "活动记录本身不受影响。"],
        "form": form,
        "submit": "删除",
        "cancel": reverse("activity-files", args=[row.activity_id]),
    }
    return render(request, "foundation/confirm.html", context, status=form.status)
