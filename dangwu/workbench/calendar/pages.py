"""A month as a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dangwu.access.requests import ActingRequest
from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.parts import Link
from dangwu.kernel.periods import Every, Period
from dangwu.workbench.calendar.choosing import CalendarChoices
from dangwu.workbench.calendar.gathering import KINDS, Sight
from dangwu.workbench.calendar.months import WEEKDAYS, laid_out, month_asked

HERE = "calendar"


@require_safe
def month(request: ActingRequest) -> HttpResponse:
    """What one may see of a month, as a month or as a list."""
    actor, today = request.actor, request.actor.today
    period = month_asked(request.GET.get("month", ""), today)
    sight = Sight(actor, period.span)
    form = CalendarChoices(request.GET, places=sight.places.values())
    sight.under, sight.kinds = form.organisation, form.kinds
    shown, ways = laid_out(period, sight.entries(), today), Choices(request.GET)
    this_month = Period.of(Every.MONTH, today).code
    context = {
        "here": HERE,
        "heading": "日历",
        "actions": [Link("订阅到手机日历", reverse("calendar-feed"))],
        "form": form,
        "month": shown,
        "weekdays": WEEKDAYS,
        "kinds": KINDS,
        "as_list": request.GET.get("view") == "list",
        "earlier": shown.earlier and ways.with_(month=shown.earlier),
        "later": shown.later and ways.with_(month=shown.later),
        "this_month": "" if period.code == this_month else ways.without("month"),
        "other_view": ways.without("view") if request.GET.get("view") == "list" else ways.with_(view="list"),
        "printed_by": actor.name,
    }
    return render(request, "workbench/calendar/month.html", context)
