"""What the first page shows to whom: each panel is a heading, figures that open their lists, and ways on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from dangwu.access.models import Account, Appointment
from dangwu.access.queries import appointments as every_appointment
from dangwu.access.scoping import AccountActor
from dangwu.duties.policies import SEE as SEE_DUTIES
from dangwu.duties.queries import number_open
from dangwu.foundation.audit.checkpoints import last_checkpoint
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.audit.reviews import last_review
from dangwu.foundation.history import as_of
from dangwu.foundation.pages.parts import Event, Link, Part, StatTile, StatTiles, Timeline
from dangwu.foundation.scope import Scope
from dangwu.foundation.ticking import TickRun
from dangwu.kernel.tree_path import TreePath
from dangwu.members.policies import KEEP as KEEP_MEMBERS
from dangwu.members.policies import SEE as SEE_MEMBERS
from dangwu.members.queries import members_by_kind, number_of_requests, person_of
from dangwu.notices.queries import unread_for
from dangwu.organisations.models import Standing
from dangwu.organisations.policies import SEE as SEE_ORGANISATIONS
from dangwu.records.policies import KEEP as KEEP_RECORDS
from dangwu.workbench.first_steps import Step, first_steps
from dangwu.workbench.home_life import life_panels
from dangwu.workbench.recording.joint import asked_of
from dangwu.workbench.unprovided import posts_without_account
from dangwu.workbench.upcoming import address_of, first_probations, first_terms

SOON = timedelta(days=30)
SHOWN = 8
ROLES = {str(role): str(role.label) for role in Appointment.Role}


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the first page."""

    title: str
    parts: Sequence[Part] = ()
    text: str = ""
    links: Sequence[Link] = ()
    steps: Sequence[Step] = ()


def panels(actor: AccountActor) -> list[Panel]:
    """What an account finds on its first page, by what it does here."""
    life = [Panel(each.title, [each.part], links=each.links) for each in life_panels(actor)]
    return [*_of_the_site(actor), *life, *_of_partners(actor), *_of_appointments(actor), *_of_oneself(actor)]


# --- whoever keeps organisations and members


def _of_appointments(actor: AccountActor) -> Iterator[Panel]:
    scope = actor.scope(SEE_ORGANISATIONS, actor.today)
    if scope.is_nothing:
        return
    yield Panel("我的党组织", [StatTiles(list(_organisations(actor)))])
    yield Panel("近期要办", [StatTiles(list(_figures(actor))), *_next(actor)])
    if not actor.scope(SEE_DUTIES, actor.today).is_nothing:
        yield Panel("任务落实", [StatTiles(_duties(actor))])


def _organisations(actor: AccountActor) -> Iterator[StatTile]:
    """The organisations of the appointments, each with the number of its members."""
    roles = {held.organisation: ROLES[held.role] for held in actor.held()}
    rows = Standing.objects.unscoped("they are one's own").filter(as_of(actor.today), organisation__in=roles)
    for standing in rows.order_by("path"):
        number = sum(members_by_kind(Scope((TreePath(standing.path),), actor.today)).values())
        url = f"{reverse('members')}?organisation={standing.organisation_id}"
        yield StatTile(standing.called, number, url, f"名党员，我是这里的{roles[standing.organisation_id]}")


def _figures(actor: AccountActor) -> Iterator[StatTile]:
    scope = actor.scope(SEE_ORGANISATIONS, actor.today)
    members = actor.scope(SEE_MEMBERS, actor.today)
    yield StatTile("届期将满", first_terms(scope, SHOWN).number, reverse("terms-ending"), "已届满或者六个月内届满")
    yield StatTile("预备期将满", first_probations(members, SHOWN).number, reverse("probations-ending"), "三个月内")
    keeps = actor.scope(KEEP_MEMBERS, actor.today)
    if not keeps.is_nothing:
        yield StatTile("更正申请", number_of_requests(keeps), reverse("corrections"), "待答复")


def _duties(actor: AccountActor) -> list[StatTile]:
    """What was handed to whom and is open, and what one was told."""
    due, overdue = number_open(actor.scope(SEE_DUTIES, actor.today), actor.today)
    url = reverse("duties")
    return [
        StatTile("未办结的任务", due, f"{url}?standing=ours", "件"),
        StatTile("逾期未办", overdue, f"{url}?standing=late", "件"),
        StatTile("未读通知", unread_for(actor.account), f"{reverse('notices')}?unread=on", "份"),
    ]


def _next(actor: AccountActor) -> Iterator[Part]:
    """The first of what falls due, if anything does."""
    events = sorted([*_terms(actor), *_probations(actor)], key=lambda event: event.day)
    if events:
        yield Timeline(events[:SHOWN])


def _terms(actor: AccountActor) -> Iterator[Event]:
    for term in first_terms(actor.scope(SEE_ORGANISATIONS, actor.today), SHOWN).first:
        yield Event(term.on, f"{term.name}届满", url=address_of(term.key), kind="届期", ahead=term.on > actor.today)


def _probations(actor: AccountActor) -> Iterator[Event]:
    for one in first_probations(actor.scope(SEE_MEMBERS, actor.today), SHOWN).first:
        url = reverse("member", args=[one.key])
        yield Event(one.on, f"{one.name}预备期满", url=url, kind="转正", ahead=one.on > actor.today)


def _of_partners(actor: AccountActor) -> Iterator[Panel]:
    """What others held together with organisations whose records one keeps, as they say."""
    scope = actor.scope(KEEP_RECORDS, actor.today)
    events = [] if scope.is_nothing else list(asked_of(scope, SHOWN + 1))
    if events:
        every = [Link("看全部", f"{reverse('activities')}?joint=waiting")] if len(events) > SHOWN else []
        text = "下列活动由联办的党组织记录，确认以后也计入本组织，不用再记一遍。"
        yield Panel("待确认的联办活动", [Timeline(events[:SHOWN])], text=text, links=every)


# --- the three administrators


def _of_the_site(actor: AccountActor) -> Iterator[Panel]:
    system, security = actor.holds("system"), actor.holds("security")
    if (system or security) and (steps := first_steps(actor)):
        yield Panel("开始使用", text="网站还是空的，请照下面的次序办理。", steps=steps)
    if system:
        yield Panel("网站", [StatTiles(_system_figures())])
    if security:
        yield Panel("任用", [StatTiles(_security_figures(actor.today))])
    if actor.holds("audit"):
        yield Panel("审计", [StatTiles(list(_audit_figures(actor.today)))])


def _system_figures() -> list[StatTile]:
    run = TickRun.objects.filter(job="doctor").first()
    said = run.said.partition("\n")[0] if run else ""
    signed_in = UserSession.objects.filter(session_key__in=Session.objects.values("session_key"))
    people = signed_in.values("user").distinct().count()
    return [
        StatTile("账号", Account.objects.filter(is_active=True).count(), reverse("accounts"), "正在使用"),
        StatTile("登录", people, reverse("accounts"), "现在登录的账号"),
        StatTile("网站检查", said or "还没有检查", reverse("system"), _when(run.done_at if run else None)),
    ]


def _security_figures(today: date) -> list[StatTile]:
    rows = every_appointment(today).filter(as_of(today))
    ending = rows.filter(valid_until__lte=today + SOON).count()
    url = reverse("appointments")
    return [
        StatTile("任用", rows.count(), url, "现在有效"),
        StatTile("即将结束的任用", ending, f"{url}?sort=until", "三十天内"),
        StatTile("任职没有账号", posts_without_account(today).count(), reverse("posts-without-account"), "请通知开通"),
    ]


def _audit_figures(today: date) -> Iterator[StatTile]:
    day = timezone.make_aware(datetime.combine(today, time.min))
    entries = AuditEntry.objects.filter(at__gte=day).count()
    yield StatTile("今天的记录", entries, f"{reverse('audit')}?since={today}", "含登录和查看")
    point, review = last_checkpoint(), last_review()
    if point:
        url = reverse("audit-checkpoint", args=[point.pk])
        yield StatTile("最近的校验点", f"第 {point.sequence} 条", url, _when(point.at))
    told = str(review) if review else "还没有核验"
    yield StatTile("最近的核验", told, reverse("audit-review"), _when(review.asked_at if review else None))
    export = AuditEntry.objects.filter(verb="audit.export").order_by("-sequence").first()
    url = f"{reverse('audit')}?verb=audit.export" if export else reverse("audit-export")
    yield StatTile("最近的导出", timezone.localtime(export.at).date() if export else "还没有导出", url)


def _when(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


# --- everybody


def _of_oneself(actor: AccountActor) -> Iterator[Panel]:
    """The way to one's own page; whoever has nothing else here is told why."""
    if person_of(actor.account):
        unread = unread_for(actor.account)
        told = f"通知（{unread} 份未读）" if unread else "通知"
        ways = (("我的", "mine"), ("我的组织生活", "my-activities"), (told, "notices"))
        links = [Link(title, reverse(name)) for title, name in ways]
        yield Panel("我的", text="查看系统里登记的本人情况，有误的可以申请更正。", links=links)
    elif not (actor.held() or actor.duties()):
        text = "您的账号还没有任用到党组织，也没有关联到本人的党员记录。请联系所在党支部的党务工作人员。"
        yield Panel("还没有可以查看的内容", text=text)
