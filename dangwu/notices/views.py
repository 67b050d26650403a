"""Everybody's own notices, and the lists of those that were drafted and sent."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.access.models import Account
from dangwu.access.requests import ActingRequest
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.pages.parts import Datum, DefinitionList, Link, StatTile, StatTiles, Tab, Tabs
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.notices.listings import Addressees, Deliveries, Inbox, Kept, state_of
from dangwu.notices.models import Delivery, Notice
from dangwu.notices.opening_hours import is_open, next_open
from dangwu.notices.policies import SEE, SEND, may_send
from dangwu.notices.queries import addressees_of, deliveries_of, inbox, notices, tally_of, unread_for
from dangwu.notices.reading import note_read
from dangwu.notices.services.drafting import export_notices
from dangwu.organisations.views import day_of

HERE = "notices"
State = Notice.State


def notice_or_404(request: HttpRequest, pk: int, right: str = SEE) -> Notice:
    """A notice of an organisation where the visitor has a right. Raises Http404."""
    scope = actor_of(request).scope(right, day_of(request).today)
    return fetch_or_404(notices(scope), pk)


@require_safe
def mine(request: ActingRequest) -> HttpResponseBase:
    """What one was told."""
    account = _account(request)
    listing = Inbox(inbox(account, request.actor.today), request.GET)
    unread = unread_for(account)
    lead = f"{unread} 份未读。看没看只有您自己知道，发送的人看不到。" if unread else "没有未读的通知。"
    return listing.answer(request, context={"here": HERE, "lead": lead, "tabs": tabs(request, "notices")})


@require_safe
def read(request: ActingRequest, pk: int) -> HttpResponse:
    """One of them, which is read with that."""
    delivery: Delivery = fetch_or_404(inbox(_account(request), request.actor.today), pk)
    note_read(delivery, timezone.now())
    notice = delivery.notice
    told = [
        Datum("发出党组织", delivery.place),  # type: ignore[attr-defined] # annotated
        Datum("发送时间", notice.sent_at),
        Datum("发给您的原因", delivery.addressee.why),
        Datum("依据", notice.basis),
    ]
    context = {
        "here": HERE,
        "heading": notice.about,
        "crumbs": [Crumb("我的通知", reverse("notices")), Crumb(notice.about)],
        "notice": notice,
        "told": DefinitionList([datum for datum in told if not datum.is_empty]),
        "actions": [Link("打开有关页面", notice.url, main=True)] if notice.url else [],
    }
    return render(request, "notices/read.html", context)


@require_safe
def kept(request: HttpRequest) -> HttpResponseBase:
    """Drafts and what was sent, where one sees them."""
    by, today = actor_of(request), day_of(request).today
    scope = by.scope(SEE, today)
    if scope.is_nothing:
        raise Http404
    listing = Kept(notices(scope), request.GET)
    sends = not by.scope(SEND, today).is_nothing
    ways = [Link("写通知", reverse("notice-new"), main=True), Link("发送方式", reverse("notice-channels"))]
    context = {"here": HERE, "tabs": tabs(request, "notices-kept"), "actions": ways if sends else []}
    told = partial(export_notices, by=by, chosen="发出的通知", on=today)
    return listing.answer(request, context=context, exported=lambda rows: told(rows=rows))


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A notice with all that became of it."""
    by, today = actor_of(request), day_of(request).today
    notice = notice_or_404(request, pk)
    sent = notice.state == State.SENT
    listing = (
        Deliveries(deliveries_of(notice, today), request.GET)
        if sent
        else Addressees(addressees_of(notice, today), request.GET)
    )
    context = {
        "here": HERE,
        "heading": notice.about,
        "crumbs": [Crumb("发出的通知", reverse("notices-kept")), Crumb(notice.about)],
        "notice": notice,
        "state": state_of(notice),
        "told": DefinitionList(_told(notice)),
        "tiles": StatTiles(_tiles(notice)) if sent else "",
        "waits": _waits(notice) if sent else "",
        "actions": _ways(notice) if may_send(by=by, notice=notice, on=today) else [],
    }
    told = partial(export_notices, by=by, chosen=f"{notice.about}：{listing.title}", on=today)
    return listing.answer(request, "notices/notice.html", context, exported=lambda rows: told(rows=rows))


def tabs(request: HttpRequest, here: str) -> Tabs | None:
    """One's own notices beside those that were sent, for whoever sees such."""
    if actor_of(request).scope(SEE, day_of(request).today).is_nothing:
        return None
    pages = {"notices": "我的通知", "notices-kept": "发出的通知"}
    return Tabs("通知", [Tab(title, reverse(name), here=name == here) for name, title in pages.items()])


def _account(request: ActingRequest) -> Account:
    """Raises Http404 for whoever is no account: notices are somebody's own."""
    account = getattr(request.actor, "account", None)
    if not isinstance(account, Account):
        raise Http404
    return account


def _told(notice: Notice) -> list[Datum]:
    told = [
        Datum("发出党组织", notice.place),  # type: ignore[attr-defined] # annotated
        Datum("起草", _by(notice.drafted_by, str(notice.drafted_on))),
        Datum("依据", notice.basis),
        Datum("有关页面", notice.url),
    ]
    if notice.sent_at:
        at = timezone.localtime(notice.sent_at).strftime("%Y-%m-%d %H:%M")
        told.insert(2, Datum("发送", _by(notice.sent_by, at)))
    return [datum for datum in told if not datum.is_empty]


def _by(account: Account | None, when: str) -> str:
    return f"{account.name}，{when}" if account else when


def _tiles(notice: Notice) -> list[StatTile]:
    """How many deliveries are how far, way by way."""
    ways, states = dict(Delivery.Channel.choices), dict(Delivery.State.choices)
    return [
        StatTile(f"{ways[channel]} · {states[state]}", number, f"?channel={channel}&state={state}", "条")
        for (channel, state), number in sorted(tally_of(notice).items())
    ]


def _waits(notice: Notice) -> str:
    """What keeps the rest, where something waits."""
    now = timezone.now()
    waiting = Delivery.objects.filter(notice=notice, state=Delivery.State.QUEUED).exists()
    if not waiting or is_open(now):
        return ""
    at = timezone.localtime(next_open(now))
    return f"电子邮件和短信只在工作日 8:00 至 20:00 发送，待发送的将从 {at:%Y-%m-%d %H:%M} 起发出。"


def _ways(notice: Notice) -> list[Link]:
    if notice.state != State.DRAFT:
        return []
    return [
        Link("发送", reverse("notice-send", args=[notice.pk]), main=True),
        Link("修改", reverse("notice-edit", args=[notice.pk])),
        Link("作废", reverse("notice-discard", args=[notice.pk])),
    ]
