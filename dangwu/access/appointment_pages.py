"""Keeping appointments: the security administrator's pages."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.access.account_forms import AppointForm, EndForm
from dangwu.access.finding import chosen_account, chosen_organisation, people, places
from dangwu.access.models import Appointment
from dangwu.access.queries import appointments as every_appointment
from dangwu.access.queries import search_appointments
from dangwu.access.requests import ActingRequest, confirmed, for_duty, once
from dangwu.access.services.appointing import appoint, end_appointment
from dangwu.access.services.exporting import export_appointments
from dangwu.access.shown import last_day, source_of
from dangwu.foundation.fetching import fetch_or_404
from dangwu.foundation.history import as_of
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.filters import Choice, Text
from dangwu.foundation.pages.finding import answers, asked
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState, Link
from dangwu.foundation.pages.shell import AsOf, Crumb, tell
from dangwu.foundation.undo.keeping import way_back

HERE = "appointments"


class AppointmentListing(Listing):
    title, noun = "任用", "项任用"
    columns = (
        Column("account", "姓名", value=lambda row: row.account.name, sort=("account__name",)),
        Column("username", "账号", value=lambda row: row.account.username, only_exported=True),
        Column("place", "党组织", sort=("place",)),
        Column("role", "角色", value=lambda row: row.get_role_display(), sort=("role",)),
        Column("source", "由来", value=source_of),
        Column("valid_from", "起始日期", sort=("valid_from",)),
        Column("until", "最后一天", value=last_day, sort=("valid_until",)),
        Column("end", "", value=lambda _row: "结束", link=lambda row: reverse("end-appointment", args=[row.pk])),
    )
    filters = (
        Text("q", "搜索", by=search_appointments, help="姓名、账号或者党组织"),
        Choice("role", "角色", by="role", offered=Appointment.Role.choices),
    )
    default_sort = "account"
    empty = EmptyState("还没有任用", "选一个账号，任用到一个党组织。", Link("任用", "/appointments/new/"))


@for_duty("security")
@require_safe
def appointments(request: ActingRequest) -> HttpResponseBase:
    as_of_day = AsOf.of(request.GET, today=request.actor.today)
    rows = every_appointment(as_of_day.on).filter(as_of(as_of_day.on))
    listing = AppointmentListing(rows, request.GET)
    context = {"here": HERE, "as_of": as_of_day, "actions": [Link("任用", reverse("appoint"), main=True)]}
    return listing.answer(
        request, context=context, exported=lambda number: export_appointments(by=request.actor, rows=number)
    )


@for_duty("security")
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def appoint_new(request: ActingRequest) -> HttpResponse:
    today = request.actor.today
    form = AppointForm(request.POST or None, initial={"since": today})
    for name, find, page in (
        ("account", people, "find-account"),
        ("organisation", partial(places, on=today), "find-organisation-to-appoint"),
    ):
        field = form.fields[name]
        field.find, field.url = find, reverse(page)  # type: ignore[attr-defined] # a PickField
    if form.carried_out(partial(_appoint, request=request)):
        tell(request, "已任用。")
        return redirect(HERE)
    context = {
        "heading": "任用",
        "here": HERE,
        "crumbs": [Crumb("任用", reverse(HERE)), Crumb("新的任用")],
        "form": form,
        "submit": "任用",
        "cancel": reverse(HERE),
    }
    return render(request, "foundation/form_page.html", context, status=form.status)


def _appoint(*, request: ActingRequest, account: str, organisation: str, **given: object) -> Appointment:
    place = chosen_organisation(organisation, on=request.actor.today)
    return appoint(by=request.actor, account=chosen_account(account), organisation=place, **given)  # type: ignore[arg-type] # what the form holds


@for_duty("security")
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@once
def end(request: ActingRequest, pk: int) -> HttpResponse:
    today = request.actor.today
    row: Any = fetch_or_404(every_appointment(today).filter(valid_until__gt=today), pk)
    form = EndForm(request.POST or None, initial={"on": today})
    if form.carried_out(partial(end_appointment, by=request.actor, appointment=row)):
        tell(request, "任用已结束。", undo=way_back())
        return redirect(HERE)
    context = {
        "heading": f"结束任用：{row.account.name}",
        "here": HERE,
        "crumbs": [Crumb("任用", reverse(HERE)), Crumb("结束任用")],
        "consequences": [f"{row.place} {row.get_role_display()}", "随它委托出去的一并收回，本人现有的登录随即退出。"],
        "form": form,
        "submit": "结束任用",
        "cancel": reverse(HERE),
    }
    return render(request, "foundation/confirm.html", context, status=form.status)


@for_duty("security")
@require_safe
def find_account(request: ActingRequest) -> HttpResponse:
    return answers(people(asked(request)), request)


@for_duty("security")
@require_safe
def find_organisation(request: ActingRequest) -> HttpResponse:
    return answers(places(asked(request), on=request.actor.today), request)
