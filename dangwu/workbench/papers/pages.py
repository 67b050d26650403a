"""台账和手册: what of a year can be taken away, of one organisation or of all below it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.foundation.documents import pdf, word
from dangwu.foundation.pages.parts import Link
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.members.queries import names_of
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import ancestors, children, tops
from dangwu.records.branch_years import BranchYear, branch_year
from dangwu.records.documents.minutes import minutes_paper
from dangwu.records.documents.words import heading_of, served
from dangwu.records.gathered import is_told
from dangwu.records.models import Activity
from dangwu.records.paper_queries import bundles_of, forms_for
from dangwu.records.policies import SEE
from dangwu.records.queries import Record, activity_in, record_of
from dangwu.records.services.papers import take_paper
from dangwu.records.standing import activity_kinds
from dangwu.workbench.papers.around import FIRST_YEAR, HERE, TITLE, address_of, download, years_offered
from dangwu.workbench.papers.duties import duties_of_each
from dangwu.workbench.papers.offered import FORM_WORDS, OFFERS, Offer, file_name, offer_of
from dangwu.workbench.years import year_asked

WRITTEN = {".docx": word.written, ".pdf": pdf.written}


class Line(NamedTuple):
    """A paper or an activity with the addresses of its forms."""

    title: str
    about: str
    forms: Sequence[Link]


@require_safe
def ledgers(request: HttpRequest) -> HttpResponse:
    """Where somebody sees one part of the tree its ledgers, else the choice of parts. Raises Http404."""
    rows = list(tops(actor_of(request).scope(SEE, timezone.localdate()))[:50])
    if not rows:
        raise Http404
    if len(rows) == 1:
        return of_organisation(request, rows[0].organisation_id)
    return render(request, "workbench/ledgers.html", {"here": HERE, "heading": TITLE, "below": _links(rows)})


@require_safe
def of_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers of one organisation in a year, its minutes one by one, and the way to what is below it."""
    today = timezone.localdate()
    by = actor_of(request)
    scope = by.scope(SEE, today)
    standing = standing_or_404(scope, pk)
    year = year_asked(request.GET.get("year", ""), today, first=FIRST_YEAR)
    told = branch_year(standing, year, today)
    below = children(Scope((TreePath(standing.path),), today), [pk]).get(pk, [])
    context = {
        "here": HERE,
        "heading": f"{standing.called}：{TITLE}",
        "crumbs": [*_crumbs(scope, standing, today), Crumb(standing.called)],
        "year": year,
        "years": [(each, each == year) for each in years_offered(today)],
        "told": told,
        "papers": [_paper_line(pk, year, offer) for offer in _offers(standing, today).values()] if told else [],
        "bundles": bundles_of(by).filter(organisation=pk)[:5],
        "actions": _actions(standing, year, packs=bool(below)),
        "activities": _activity_lines(told) if told else [],
        "below": _links(below, f"?year={year}"),
    }
    return render(request, "workbench/ledgers.html", context)


def _offers(standing: Standing, today: date) -> dict[str, Offer]:
    """Every paper by its name, those of forms that were brought among them."""
    own = map(offer_of, forms_for(standing, Scope.everything(today)))
    return OFFERS | {offer.name: offer for offer in own}


def _actions(standing: Standing, year: int, *, packs: bool) -> list[Link]:
    key = standing.organisation_id
    ways = [Link("打包下级台账", reverse("ledger-pack", args=[key]) + f"?year={year}", main=True)] if packs else []
    return [*ways, Link("自带表样", reverse("ledger-forms", args=[key]))]


def _crumbs(scope: Scope, standing: Standing, today: date) -> list[Crumb]:
    above = [row for row in ancestors(standing, today) if scope.covers(row.path)]
    return [Crumb(row.called, address_of(row.organisation_id)) for row in above]


def _links(rows: Sequence[Standing], more: str = "") -> list[Link]:
    return [Link(row.called, address_of(row.organisation_id) + more) for row in rows]


def _paper_line(pk: int, year: int, offer: Offer) -> Line:
    forms = [Link(FORM_WORDS[suffix], reverse("ledger", args=[pk, year, offer.name, suffix])) for suffix in offer.forms]
    return Line(offer.title, offer.about, forms)


def _activity_lines(year: BranchYear) -> list[Line]:
    """The activities, the latest first."""
    return [_activity_line(year, record) for record in reversed(year.records)]


def _activity_line(year: BranchYear, record: Record) -> Line:
    activity = record.activity
    forms = [Link(FORM_WORDS[suffix], reverse("minutes-file", args=[activity.pk, suffix])) for suffix in WRITTEN]
    day = f"{activity.held_on.month}月{activity.held_on.day}日"
    return Line(f"{day}　{served(activity, year.kinds)}", activity.topic, forms)


@require_safe
def paper(request: HttpRequest, pk: int, year: str, name: str, suffix: str) -> HttpResponse:
    """One paper of a year as a file. Raises Http404 for a year in which the organisation was not there."""
    by, today = actor_of(request), timezone.localdate()
    standing = standing_or_404(by.scope(SEE, today), pk)
    offer = _offers(standing, today).get(name)
    if offer is None or suffix not in offer.forms or not FIRST_YEAR <= int(year) <= today.year:
        raise Http404
    told = branch_year(standing, int(year), today)
    if told is None:
        raise Http404
    take_paper(by=by, standing=standing, what=f"{year}年{offer.title}（{FORM_WORDS[suffix]}）", today=today)
    duties = duties_of_each([told.standing], told.year, today) if offer.asks_rulebook else {}
    content = offer.forms[suffix](told, duties.get(pk))
    return download(content, file_name(told.standing.called, f"{year}年", offer.title, suffix=suffix), suffix)


@require_safe
def minutes(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The minutes of one activity as a file. Raises Http404 where it is not concluded, or confidential."""
    by, today = actor_of(request), timezone.localdate()
    activity = activity_in(by.scope(SEE, today), pk)
    kinds = activity_kinds()
    if activity is None or activity.state != Activity.State.CONCLUDED:
        raise Http404
    record = record_of(activity)
    if not is_told(record, kinds):
        raise Http404
    keys = (activity.organisation_id, *(row.organisation_id for row in record.partners))
    called = names_of(keys)
    names = {key: called(key, activity.held_on) for key in keys}
    holder = names[activity.organisation_id]
    _note_minutes(request, record, holder)
    content = WRITTEN[suffix](minutes_paper(record, kinds, holder, names))
    title = heading_of(activity, kinds, "")
    return download(content, file_name(holder, activity.held_on, title, suffix=suffix), suffix)


def _note_minutes(request: HttpRequest, record: Record, holder: str) -> None:
    """Tell the audit, in the name of an organisation that the visitor sees and that held it."""
    by, today = actor_of(request), timezone.localdate()
    scope, activity = by.scope(SEE, today), record.activity
    keys = [activity.organisation_id, *(row.organisation_id for row in record.partners)]
    standing = Standing.objects.within(scope).filter(organisation__in=keys).select_related("organisation").first()
    assert standing is not None, "an activity is in the scope by one of those who held it"
    take_paper(by=by, standing=standing, what=f"{holder} {activity.held_on} 的记录", today=today)
