"""The pages on which a notice is composed, changed, sent or given up, and on which ways are opened."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.pages.forms import ConfirmForm, SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import way_back
from dangwu.members.panels import found_people
from dangwu.notices.choosing import recipients_meant
from dangwu.notices.forms import ChannelsForm, ComposeForm, SendForm, WordsForm
from dangwu.notices.listings import Switches
from dangwu.notices.models import ChannelSwitch, Notice
from dangwu.notices.opening_hours import is_open, next_open
from dangwu.notices.policies import SEND
from dangwu.notices.queries import addressees_of, can_email, can_sms, channels_of, switches
from dangwu.notices.services.drafting import discard_draft, draft_notice, drop_addressee, edit_draft
from dangwu.notices.services.sending import send_notice, switch_channels
from dangwu.notices.views import HERE, notice_or_404
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Organisation
from dangwu.organisations.views import day_of

editing = require_http_methods(["GET", "HEAD", "POST"])
KEPT = Crumb("发出的通知", "/notices/sent/")


@editing
@once
def new(request: HttpRequest) -> HttpResponseBase:
    """Compose a notice; it is a draft first."""
    by, as_of = actor_of(request), day_of(request)
    scope = by.scope(SEND, as_of.today)
    if scope.is_nothing:
        raise Http404
    form = ComposeForm(request.POST or None)
    url = reverse("organisations-found")
    form.fields["organisation"].within(by, SEND, as_of, url)  # type: ignore[attr-defined] # an OrganisationField
    form.fields["organisation"].begin_with_own(by, SEND, as_of)  # type: ignore[attr-defined] # an OrganisationField
    form.fields["place"].within(by, SEND, as_of, url)  # type: ignore[attr-defined] # an OrganisationField
    person: Any = form.fields["person"]
    person.url, person.find = reverse("members-found"), lambda text: found_people(scope, text, as_of)

    def service(organisation: Organisation, to: str, place: Organisation | None, person: str, **words: str) -> Notice:
        chosen = recipients_meant(scope, organisation, to, place=place, person=person)
        return draft_notice(by=by, organisation=organisation, recipients=chosen, on=as_of.today, **words)

    if form.carried_out(service):
        tell(request, "已存为草稿。请核对内容和通知对象，再点“发送”。")
        return redirect("notice", form.result.pk)
    return _page(request, form, "写通知", "存为草稿", reverse("notices-kept"))


@editing
@once
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change what a draft says."""
    notice = _draft_or_404(request, pk)
    initial = {name: getattr(notice, name) for name in ("about", "text", "basis")}
    form = WordsForm(request.POST or None, initial=initial, of=notice)
    service = partial(edit_draft, by=actor_of(request), notice=notice, on=day_of(request).today)
    if form.carried_out(lambda **words: service(version=notice.version, **words)):
        tell(request, "已修改。")
        return redirect("notice", pk)
    return _page(request, form, "修改草稿", "保存", reverse("notice", args=[pk]))


@editing
@once
def send(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send it, after a last look."""
    notice, today = _draft_or_404(request, pk), day_of(request).today
    ways = channels_of(notice.organisation, today)
    form = SendForm(request.POST or None, of=notice)
    form.offer(ways)
    now = timezone.now()
    service = partial(send_notice, by=actor_of(request), notice=notice, now=now, on=today)
    if form.carried_out(lambda **given: service(version=notice.version, **given)):
        tell(request, "已发送。站内已经可以看到；电子邮件和短信的送达情况列在下面。")
        return redirect("notice", pk)
    names = [row.called for row in addressees_of(notice, today)[:6]]  # type: ignore[attr-defined] # annotated
    number = notice.to  # type: ignore[attr-defined] # annotated
    shown = "、".join(names) + (f"等 {number} 个" if number > len(names) else "")
    consequences = [f"发给：{shown}。", f"内容：{notice.text}", "发出以后不能收回。"]
    if not (ways.email or ways.sms):
        consequences.append("只在站内发送：本党组织没有开通电子邮件和短信。")
    elif not is_open(now):
        at = timezone.localtime(next_open(now))
        consequences.append(f"现在不在工作时间，电子邮件和短信将从 {at:%Y-%m-%d %H:%M} 起发出。")
    return _confirm(request, form, notice, f"发送：{notice.about}", consequences, "发送")


@editing
@once
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a draft up."""
    notice = _draft_or_404(request, pk)
    form = ConfirmForm(request.POST or None, of=notice)
    service = partial(discard_draft, by=actor_of(request), notice=notice, on=day_of(request).today)
    if form.carried_out(lambda: service(version=notice.version)):
        tell(request, "草稿已作废。", undo=way_back())
        return redirect("notices-kept")
    consequences = ["草稿作废以后不会发出，内容仍可查看。"]
    return _confirm(request, form, notice, f"作废：{notice.about}", consequences, "作废")


@editing
@once
def drop(request: HttpRequest, pk: int, row: int) -> HttpResponseBase:
    """Take somebody off the list of a draft."""
    notice, today = _draft_or_404(request, pk), day_of(request).today
    addressee = fetch_or_404(addressees_of(notice, today), row)
    form = ConfirmForm(request.POST or None)
    if form.carried_out(partial(drop_addressee, by=actor_of(request), notice=notice, addressee=addressee, on=today)):
        tell(request, "已移出。", undo=way_back())
        return redirect("notice", pk)
    called = addressee.called  # type: ignore[attr-defined] # annotated
    return _confirm(request, form, notice, f"移出：{called}", [f"这份通知不再发给“{called}”。"], "移出")


@require_safe
def channels(request: HttpRequest) -> HttpResponseBase:
    """Which ways are open where."""
    scope = actor_of(request).scope(SEND, day_of(request).today)
    if scope.is_nothing:
        raise Http404
    lacking = [words for words, can in (("电子邮件", can_email()), ("短信", can_sms())) if not can]
    lead = "不设置的随上级；上级也没有设置的，只在站内发送。"
    lead += f"本系统还没有接通{'和'.join(lacking)}，开通后也不会发出，请联系系统管理员。" if lacking else ""
    context = {"here": HERE, "lead": lead, "crumbs": [KEPT, Crumb("发送方式")]}
    return Switches(switches(scope), request.GET).answer(request, context=context)


@editing
@once
def channel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open or close ways for an organisation."""
    by, today = actor_of(request), day_of(request).today
    standing = standing_or_404(by.scope(SEND, today), pk)
    row = ChannelSwitch.objects.of(organisation=standing.organisation).first()
    initial = {"email": row.email, "sms": row.sms} if row else {}
    form = ChannelsForm(request.POST or None, initial=initial)
    if form.carried_out(partial(switch_channels, by=by, organisation=standing.organisation, on=today)):
        tell(request, "已保存。")
        return redirect("notice-channels")
    return _page(request, form, f"发送方式：{standing.name}", "保存", reverse("notice-channels"))


def _draft_or_404(request: HttpRequest, pk: int) -> Notice:
    notice = notice_or_404(request, pk, SEND)
    if request.method != "POST" and notice.state != Notice.State.DRAFT:
        raise Http404
    return notice


def _page(request: HttpRequest, form: SafeForm, heading: str, submit: str, cancel: str) -> HttpResponse:
    context: dict[str, object] = {"here": HERE, "heading": heading, "crumbs": [KEPT, Crumb(heading)], "form": form}
    context |= {"submit": submit, "cancel": cancel}
    return render(request, "foundation/form_page.html", context, status=form.status)


def _confirm(
    request: HttpRequest, form: SafeForm, notice: Notice, heading: str, consequences: list[str], submit: str
) -> HttpResponse:
    back = reverse("notice", args=[notice.pk])
    crumbs = [KEPT, Crumb(notice.about, back), Crumb(submit)]
    context: dict[str, object] = {"here": HERE, "heading": heading, "crumbs": crumbs}
    context |= {"consequences": consequences, "form": form, "submit": submit, "cancel": back}
    return render(request, "foundation/confirm.html", context, status=form.status)
