"""The audit administrator's pages: what was done, whether the log is whole, and how others can verify it."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from django import forms
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.access.requests import ActingRequest, for_duty, once
from dangwu.foundation.audit import verify_audit
from dangwu.foundation.audit.export import Extent, export_lines
from dangwu.foundation.audit.keys import public_keys
from dangwu.foundation.audit.models import AuditEntry, Checkpoint
from dangwu.foundation.audit.reviews import Review
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.forms import ConfirmForm, SafeForm
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import Datum, DefinitionList, EmptyState, Link, Tab, Tabs
from dangwu.foundation.pages.shell import Crumb, tell, warn
from dangwu.kernel.span import DAWN, FAR, Span
from dangwu.workbench.audit_listing import actor_of_entry, audit_listing
from dangwu.workbench.audit_tasks import review_log
from dangwu.workbench.audit_telling import actor_words, changes_of, subject_words
from dangwu.workbench.audit_words import verb_words
from dangwu.workbench.services.auditing import ask_for_review, make_checkpoint, note_export, note_list

HERE = "audit"
VERIFIER = Path(verify_audit.__file__)
editing = require_http_methods(["GET", "HEAD", "POST"])
PATIENCE = timedelta(minutes=10)
"""A review that waits for longer was broken off."""


@for_duty("audit")
@require_safe
def audit(request: ActingRequest) -> HttpResponseBase:
    """The search."""
    exported = partial(note_list, by=request.actor)
    listing = audit_listing(request.GET)
    return listing.answer(request, context=_around("audit"), exported=lambda rows: exported(rows=rows))


@for_duty("audit")
@require_safe
def entry(request: ActingRequest, sequence: int) -> HttpResponse:
    """One entry: who did what, and what became of which row."""
    found = fetch_or_404(AuditEntry.objects.all(), sequence)
    around = {row.sequence for row in AuditEntry.objects.filter(sequence__in=(sequence - 1, sequence + 1))}
    steps = ((sequence - 1, "上一条"), (sequence + 1, "下一条"))
    changes = changes_of(found)
    context = {
        "here": HERE,
        "heading": verb_words(found.verb),
        "crumbs": [Crumb("审计", reverse("audit")), Crumb(str(found))],
        "actions": [Link(title, reverse("audit-entry", args=[at])) for at, title in steps if at in around],
        "data": DefinitionList(_data(found)),
        "changes": changes,
        "has_digests": any(value.has_digest for change in changes for value in change.values),
        "entry": found,
    }
    return render(request, "workbench/audit_entry.html", context)


def _data(found: AuditEntry) -> list[Datum]:
    return [
        Datum("序号", str(found)),
        Datum("时间", timezone.localtime(found.at).strftime("%Y-%m-%d %H:%M:%S")),
        Datum("操作者", f"{actor_of_entry(found)}　{actor_words(found.actor_key)}"),
        Datum("对象", "　".join(filter(None, (found.subject_name, subject_words(found.subject)))) or "—"),
        Datum("理由", found.reason or "—"),
        Datum("校验值", found.hash),
        Datum("上一条校验值", found.previous),
    ]


# --- whether the log is whole


class ReviewForm(SafeForm):
    paper = forms.CharField(
        label="纸上的校验点",
        required=False,
        max_length=200,
        help_text="照打印件页脚抄写，如“第 1234 条 · 9f3a-…”。不填的，只核对日志本身。",
    )

    def clean_paper(self) -> str:
        """What can be read as a checkpoint."""
        paper: str = self.cleaned_data["paper"]
        try:
            if paper:
                verify_audit.printed_checkpoint(paper)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return paper


@for_duty("audit")
@editing
@once
def review(request: ActingRequest) -> HttpResponseBase:
    """Have the log inspected, and what was found."""
    form = ReviewForm(request.POST or None)
    if form.carried_out(partial(ask_for_review, by=request.actor, now=timezone.now())):
        review_log.enqueue(form.result.pk)
        return redirect("audit-review")
    past = list(Review.objects.order_by("-pk")[:10])
    waiting = [each for each in past[:1] if each.state == Review.State.WAITING]
    broken = bool(waiting) and timezone.now() - waiting[0].asked_at > PATIENCE
    context = {
        **_around("audit-review"),
        "form": form,
        "submit": "现在核验",
        "last": past[0] if past else None,
        "past": past[1:],
        "waiting": waiting and not broken,
        "broken": broken,
    }
    return render(request, "workbench/audit_review.html", context, status=form.status)


# --- the log for others


class ExportForm(SafeForm):
    since = forms.DateField(label="起始日期", required=False, widget=forms.DateInput(), help_text="不填的，从头导出。")
    until = forms.DateField(
        label="截止日期", required=False, widget=forms.DateInput(), help_text="含当天。不填的，导出到最后。"
    )

    def clean_until(self) -> date | None:
        """The last day, which is not before the first."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise forms.ValidationError("截止日期早于起始日期，请核对。")
        return until if until is None else date.fromisoformat(str(until))

    @property
    def extent(self) -> Extent:
        """The part of the log."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        if not (since or until):
            return Extent()
        return Extent(Span(since or DAWN, until + timedelta(days=1) if until else FAR))


@for_duty("audit")
@editing
def export(request: ActingRequest) -> HttpResponseBase:
    """The log as a file that anybody can verify; that it left stands in it."""
    form = ExportForm(request.POST or None)
    if form.is_valid():
        note_export(by=request.actor, extent=form.extent)
        lines = export_lines(form.extent, timezone.now())
        name = f"审计日志（{request.actor.today}）.jsonl"
        answer = StreamingHttpResponse(lines, content_type="application/jsonl")
        answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        return answer
    context = {**_around("audit-export"), "form": form, "submit": "导出", "keys": sorted(public_keys())}
    return render(request, "workbench/audit_export.html", context, status=form.status)


@for_duty("audit")
@require_safe
def verifier(_request: ActingRequest) -> FileResponse:
    """The program with which anybody verifies an export."""
    return FileResponse(VERIFIER.open("rb"), as_attachment=True, filename=VERIFIER.name, content_type="text/x-python")


# --- checkpoints


class CheckpointListing(Listing):
    title, noun = "校验点", "个校验点"
    columns = (
        Column("code", "校验点", link=lambda point: reverse("audit-checkpoint", args=[point.pk]), width=60),
        Column("at", "时间", width=18),
        Column("key", "公钥编号", width=20),
    )
    empty = EmptyState("还没有校验点", "系统每天签一个，也可以现在就签。")


@for_duty("audit")
@require_safe
def checkpoints(request: ActingRequest) -> HttpResponseBase:
    """All of them, the newest first."""
    rows = Checkpoint.objects.order_by("-sequence")
    context = {**_around("audit-checkpoints"), "form": ConfirmForm()}
    return CheckpointListing(rows, request.GET).answer(request, "workbench/audit_checkpoints.html", context)


@for_duty("audit")
@require_http_methods(["POST"])
@once
def sign(request: ActingRequest) -> HttpResponse:
    """Sign one now."""
    made = make_checkpoint(by=request.actor, now=timezone.now())
    if made is None:
        warn(request, "审计日志还没有记录，没有可以签的。")
        return redirect("audit-checkpoints")
    tell(request, "校验点已签，请打印留存。")
    return redirect("audit-checkpoint", made.sequence)


@for_duty("audit")
@require_safe
def checkpoint(request: ActingRequest, sequence: int) -> HttpResponse:
    """One as a card to be printed, signed by hand, and kept elsewhere."""
    point = fetch_or_404(Checkpoint.objects.all(), sequence)
    at = timezone.localtime(point.at).strftime("%Y年%-m月%-d日 %H:%M")
    data = [
        Datum("校验点", point.code),
        Datum("签署时间", at),
        Datum("校验值全文", point.hash),
        Datum("公钥编号", point.key),
        Datum("签名", point.signature),
    ]
    crumbs = [
        Crumb("审计", reverse("audit")),
        Crumb("校验点", reverse("audit-checkpoints")),
        Crumb(f"第 {sequence} 条"),
    ]
    context = {"here": HERE, "heading": "审计校验点", "crumbs": crumbs, "data": DefinitionList(data)}
    return render(request, "workbench/audit_checkpoint.html", context)


def _around(tab: str) -> dict[str, object]:
    titles = {"audit": "记录", "audit-review": "核验", "audit-export": "导出", "audit-checkpoints": "校验点"}
    tabs = [Tab(title, reverse(name), here=name == tab) for name, title in titles.items()]
    return {"here": HERE, "heading": "审计", "tabs": Tabs("审计", tabs)}
