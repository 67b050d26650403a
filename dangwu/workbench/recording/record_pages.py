"""Recording what was held: the page opens filled in, says at once what the rules say, and keeps what is typed."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import answer_before, once
from dangwu.foundation.undo.keeping import way_back
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import last_standing
from dangwu.records.attachment_pages import attachments_part
from dangwu.records.kinds import ActivityKind
from dangwu.records.models import Activity, Draft
from dangwu.records.queries import record_of, told_of
from dangwu.records.services.drafts import drop_draft
from dangwu.records.services.minuting import conclude_activity, correct_activity, minute_activity
from dangwu.workbench.recording.answering import Answer, answer
from dangwu.workbench.recording.desk import Desk, kept_or_404, kind_or_404, own_or_404, subject_of
from dangwu.workbench.recording.drafts import account_of, address_of, keep_typed, key_told, put_aside, taken
from dangwu.workbench.recording.forms import RecordForm, Subject, typed
from dangwu.workbench.recording.light import compressed
from dangwu.workbench.recording.likeness import asked_before
from dangwu.workbench.recording.opening import first_group

HERE = "activities"


@never_cache
@compressed
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Record what was held."""
    organisation, found, today = kept_or_404(request, pk), kind_or_404(kind), timezone.localdate()
    standing = last_standing(organisation, today)
    if standing is None or standing.kind not in found.held_by:
        raise Http404
    group, groups = _group(request, found, organisation, today)
    return _at(Desk(request, Subject(found, standing, group), today, groups=groups))


def _group(request: HttpRequest, kind: ActivityKind, organisation: Organisation, on: date) -> tuple[str, list[str]]:
    if kind.expected != "group":
        return "", []
    return first_group(organisation, on, request.GET.get("group", ""))


@never_cache
@compressed
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Go on with the record of what was planned or waits."""
    activity = own_or_404(request, pk)
    if not activity.is_open:
        return redirect("activity", pk)
    return _at(Desk(request, subject_of(activity), timezone.localdate(), activity))


@never_cache
@compressed
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put right what was recorded."""
    activity = own_or_404(request, pk)
    if activity.state != Activity.State.CONCLUDED or activity.ledger:
        raise Http404
    return _at(Desk(request, subject_of(activity), timezone.localdate(), activity, correcting=True))


# --- answers


def _at(desk: Desk) -> HttpResponseBase:
    request = desk.request
    if request.method == "POST" and getattr(request, "htmx", False):
        return _look(desk)
    if request.method == "POST" and "drop" in request.POST:
        _forget(request)
        return redirect(request.get_full_path())
    if request.method == "POST" and (request.POST.get("then") == "look" or "more" in request.POST):
        return _page(desk, _loosely(desk))
    if request.method != "POST":
        return _opened(desk)
    return answer_before(request) or _heard(desk)


def _heard(desk: Desk) -> HttpResponseBase:
    """What is filled in is held against what is known before anybody has to wait for it to be written."""
    request = desk.request
    form = desk.form(request.POST, {})
    said = answer(form, desk.today, desk.activity)
    if request.POST.get("then") != "minute" and not desk.correcting and form.is_valid():
        said.alike = asked_before(desk.sees, form, desk.activity)
        if said.asked and request.POST.get("seen") != said.asked:
            # sent twice at once, the other may have been written meanwhile: then it is no other activity
            return answer_before(request) or _page(desk, form, said, asks=True)
    return _send(request, desk=desk, form=form, said=said)


def _loosely(desk: Desk) -> RecordForm:
    """What is filled in, not yet held against anything."""
    blank = desk.form(None, {"held_on": desk.today})
    form = desk.form(None, typed(blank, desk.request.POST, desk.today))
    _widen(form, desk.request.POST.get("more", ""))
    return form


def _widen(form: RecordForm, name: str) -> None:
    """One line more of what has several."""
    if name in form.fields and hasattr(form.fields[name].widget, "more"):
        form.fields[name].widget.more = 1


@once
def _send(request: HttpRequest, *, desk: Desk, form: RecordForm, said: Answer) -> HttpResponseBase:
    if not form.carried_out(partial(_write, desk, form)):
        if form.is_conflict and desk.activity:
            desk.activity.refresh_from_db()
            form.compare(told_of(record_of(desk.activity)))
        return _page(desk, form, said)
    put_aside(request, desk.organisation, desk.draft_name)
    tell(request, _done(desk, form.result), undo=way_back())
    return redirect("activity", form.result.pk)


def _write(desk: Desk, form: RecordForm, **_: object) -> Activity:
    by, told = actor_of(desk.request), form.told()
    if desk.correcting:
        assert desk.activity
        reason = form.cleaned_data["reason"]
        return correct_activity(by=by, activity=desk.activity, told=told, reason=reason, today=desk.today)
    minuting = desk.request.POST.get("then") == "minute"
    write = minute_activity if minuting else partial(conclude_activity, late_reason=form.cleaned_data["late_reason"])
    return write(by=by, organisation=desk.organisation, told=told, today=desk.today, activity=desk.activity)


def _done(desk: Desk, activity: Activity) -> str:
    if desk.correcting:
        return "已更正。"
    return "已办结，记录和台账已经生成。" if activity.state == Activity.State.CONCLUDED else "已保存，还没有办结。"


def _forget(request: HttpRequest) -> None:
    key, account = key_told(request.POST["drop"]), account_of(request)
    if account and key:
        drop_draft(account, key)


def _opened(desk: Desk) -> HttpResponse:
    drafts, initial = desk.drafts(), desk.initial()
    if draft := taken(desk.request, drafts):
        drafts.remove(draft)
        initial |= typed(desk.form(None, initial), QueryDict(draft.typed), desk.today) | {"idempotency_key": draft.key}
    return _page(desk, desk.form(None, initial), offers=drafts)


def _page(
    desk: Desk, form: RecordForm, said: Answer | None = None, *, asks: bool = False, offers: Sequence[Draft] = ()
) -> HttpResponse:
    said = said or answer(form, desk.today, desk.activity)
    if asks:
        data = desk.request.POST.copy()
        data["seen"] = said.asked
        form.data = data
    context = {
        "here": HERE,
        "heading": _heading(desk),
        "crumbs": _crumbs(desk),
        "desk": desk,
        "opened_on": desk.opened_on,
        "form": form,
        "said": said,
        "asks": asks,
        "offers": [(address_of(draft), draft) for draft in offers],
        "kind": desk.subject.kind,
        "standing": desk.subject.standing,
        "needs_reason": said.late or "late_reason" in form.errors,
        "people": form.called,
        "attachments": attachments_part(desk.activity, actor_of(desk.request)) if desk.activity else "",
    }
    status = 422 if asks else form.status
    return render(desk.request, "workbench/recording/record.html", context, status=status)


def _heading(desk: Desk) -> str:
    verb = "更正" if desk.correcting else "记录"
    return f"{verb}{desk.subject.kind.name}"


def _crumbs(desk: Desk) -> list[Crumb]:
    standing = desk.subject.standing
    place = Crumb(standing.called, reverse("organisation", args=[standing.organisation_id]))
    if desk.activity:
        return [
            place,
            Crumb(desk.subject.kind.name, reverse("activity", args=[desk.activity.pk])),
            Crumb(_heading(desk)),
        ]
    return [place, Crumb("记录活动", reverse("record-choose", args=[standing.organisation_id])), Crumb(_heading(desk))]


# --- while it is filled in


def _look(desk: Desk) -> HttpResponse:
    """What the page says of what is filled in so far; it is kept as a draft on the way."""
    more = desk.request.POST.get("more", "")
    if more:
        form = _loosely(desk)
        return render(
            desk.request, "workbench/recording/rows.html", {"field": form[more]} if more in form.fields else {}
        )
    form = desk.form(desk.request.POST, {})
    moved = desk.request.htmx.trigger_name == "held_on"  # type: ignore[attr-defined] # the middleware's
    context = {
        "form": form,
        "said": answer(form, desk.today, desk.activity),
        "kind": desk.subject.kind,
        "saved": keep_typed(desk.request, desk.organisation, desk.draft_name),
        "people_field": form["absent"] if moved and "absent" in form.fields else None,
    }
    return render(desk.request, "workbench/recording/said.html", context)
