"""The roster and the page of a member, as of any day."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.finding import answers, asked, wants_answers
from dangwu.foundation.pages.parts import EmptyState, Link, Timeline
from dangwu.foundation.pages.shell import AsOf, Crumb, warn
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import FAR
from dangwu.kernel.tree_path import TreePath
from dangwu.members.chronicle import chronicle
from dangwu.members.fetching import person_or_404
from dangwu.members.held import admission_of, lines_of
from dangwu.members.listings import MORE, ON_THE_WAY, Roster, roster_as_of
from dangwu.members.models import MEMBERS, Membership
from dangwu.members.panels import (
    account_panel,
    admission_panel,
    found_people,
    head_of,
    is_on_the_way,
    own_panel,
    panels_of,
    past_rows,
)
from dangwu.members.policies import EXPORT, KEEP, REVEAL, SEE, may_link
from dangwu.members.queries import number_of_requests, path_of
from dangwu.members.roster import Rows, belonging, gone, lines
from dangwu.members.services.telling import export_roster
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Standing
from dangwu.organisations.trees import found_for
from dangwu.organisations.views import day_of

HERE = "members"
EXPORT_REFUSED = "您没有导出名册的权限。如确需使用，请联系本党组织的党务工作人员。"


@require_safe
def roster(request: HttpRequest) -> HttpResponseBase:
    """The roster of what the visitor sees, to search, filter, print and export."""
    as_of, by = day_of(request), actor_of(request)
    exporting = request.GET.get("as") in {"xlsx", "pdf"}
    scope = by.scope(EXPORT if exporting else SEE, as_of.on)
    if exporting and by.scope(EXPORT, as_of.today).is_nothing:
        warn(request, EXPORT_REFUSED)
        return redirect(reverse("members") + as_of.choices.without("as"))
    chosen = _organisation(request.GET, by.scope(SEE, as_of.on))
    if chosen is None and request.GET.get("organisation"):
        warn(request, f"“{request.GET['organisation'][:40]}”没有对应到一个党组织，请从列出的名称中选择。")
    listing = _listing(request, as_of, scope, chosen)
    export = partial(_note_export, request, listing, as_of)
    return listing.answer(request, "members/roster.html", _roster_context(request, as_of, listing), exported=export)


def _listing(request: HttpRequest, as_of: AsOf, scope: Scope, chosen: Standing | None) -> Roster:
    asked_for = request.GET.copy()
    if chosen:
        scope = _narrowed(scope, chosen)
        asked_for["organisation"], asked_for["organisation_key"] = chosen.name, str(chosen.organisation_id)
    else:
        asked_for.pop("organisation", None)
        asked_for.pop("organisation_key", None)
    sees = actor_of(request).scope(SEE, as_of.on)
    kind = roster_as_of(as_of.on, lambda text: found_for(sees, text, as_of), in_detail=_in_detail(request.GET))
    url = reverse("organisations-found") + as_of.parameter
    offered = [("url", url), ("name", chosen.called if chosen else "")]
    who = request.GET.get("kind", "")
    listing = kind(partial(_rows, scope, who), asked_for, organisation=offered)
    bare = listing.wanted.keys() <= listing.asks_itself
    listing.walked = None if who == "gone" else partial(_rows, scope, who, walked=True, bare=bare)
    listing.counted = partial(_rows, scope, who, bare=bare)
    listing.told, listing.known_by = partial(lines, on=scope.on), (scope, who)
    return listing


def _narrowed(scope: Scope, chosen: Standing) -> Scope:
    """The part of a scope at and below an organisation."""
    path = TreePath(chosen.path)
    inner = (path,) if scope.covers(path) else tuple(part for part in scope.subtrees if path.contains(part))
    return Scope(inner, scope.on)


def _organisation(asked_for: QueryDict, scope: Scope) -> Standing | None:
    """The organisation that an address asks for, by its key, or by the words in the box."""
    words = asked_for.get("organisation", "").strip()
    key = asked_for.get("organisation_key", "") or words
    if key.isdecimal():
        standing = standing_or_404(scope, int(key))
        if words in {"", key, standing.name}:  # without a script the words may be newer than the key
            return standing
    found = found_for(scope, words, AsOf.of(QueryDict(), today=scope.on)) if words else []
    exact = [each for each in found if each.title == words] or found
    return standing_or_404(scope, int(exact[0].key)) if len(exact) == 1 else None


def _rows(scope: Scope, who: str, *, walked: bool = False, bare: bool = False) -> Rows:
    return gone(scope) if who == "gone" else belonging(scope, _kinds(who), walked=walked, bare=bare)


def _kinds(who: str) -> Sequence[str] | None:
    """The memberships of those whom the roster is to show; None for whatever they are."""
    if who == "everybody":
        return None
    if who == "developing":
        return ON_THE_WAY
    return [who] if who in Membership.Kind.values else MEMBERS


def _in_detail(asked_for: QueryDict) -> bool:
    return any(asked_for.get(name) for name in ("more", *MORE))


def _note_export(request: HttpRequest, listing: Roster, as_of: AsOf, rows: int) -> None:
    chosen = "；".join([f"{as_of.on} 的名册", *(chip.text for chip in listing.chips())])
    export_roster(by=actor_of(request), rows=rows, chosen=chosen, on=as_of.today)


def _roster_context(request: HttpRequest, as_of: AsOf, listing: Roster) -> dict[str, object]:
    keeps = actor_of(request).scope(KEEP, as_of.today)
    ways = [Link("登记人员", reverse("member-new"), main=True), Link("导入名册", reverse("imports"))]
    actions = ways if not keeps.is_nothing else []
    waiting = number_of_requests(keeps) if actions else 0
    if waiting:
        actions.append(Link(f"更正申请（{waiting}）", reverse("corrections")))
    more = listing.choices.without("more", "page", *MORE) if _in_detail(request.GET) else listing.choices.with_(more=1)
    return {"here": HERE, "as_of": as_of, "actions": actions, "more": more, "in_detail": _in_detail(request.GET)}


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """Answers to a box; without a script the roster of whom the words may mean."""
    as_of = day_of(request)
    if wants_answers(request):
        scope = actor_of(request).scope(SEE, as_of.on)
        return answers(found_people(scope, asked(request), as_of), request)
    return redirect(f"{reverse('members')}?{request.GET.urlencode()}")


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """What is held about somebody and how it came to be."""
    as_of, by = day_of(request), actor_of(request)
    person = person_or_404(by.scope(SEE, as_of.on), pk)
    place = path_of(person, as_of.today)
    sees_now = by.scope(SEE, as_of.today).covers(place)
    keeps = as_of.on == as_of.today and by.scope(KEEP, as_of.today).covers(place)
    reveals = by.scope(REVEAL, as_of.today).covers(place)
    lines = lines_of(person)
    events = chronicle(person, lines, today=as_of.today, until=FAR if sees_now else as_of.on)
    shown = panels_of(person, lines, as_of.on, keeps=keeps)
    admission = admission_of(person)
    if admission or is_on_the_way(lines, as_of.on):
        shown.insert(1, admission_panel(person, admission, keeps=keeps))
    if sees_now:
        may = keeps and may_link(by=by, person=person, on=as_of.today)
        shown += [account_panel(person, may_link=may), own_panel(person, keeps=keeps, reveals=reveals)]
    context = {
        "here": HERE,
        "heading": person.name,
        "crumbs": [Crumb("党员名册", reverse("members") + as_of.parameter), Crumb(person.name)],
        "as_of": as_of,
        "head": head_of(person, lines, as_of.on),
        "person": person,
        "panels": shown,
        "keeps": keeps,
        "past": past_rows(person, lines) if keeps else [],
        "timeline": Timeline(events, EmptyState("还没有记载", "登记变动后，会按日期列在这里。")),
    }
    return render(request, "members/member.html", context)
