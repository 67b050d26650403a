"""The tree, the list and the finder of organisations, as of any day."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.finding import answers, asked, wants_answers
from dangwu.foundation.pages.parts import EmptyState, Link, Tab, Tabs
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.pages.trees import Branch
from dangwu.foundation.requests import actor_of
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.listings import OrganisationListing
from dangwu.organisations.policies import REORGANISE, SEE
from dangwu.organisations.queries import found, highest, listed, tops
from dangwu.organisations.trees import branch_of, found_for, tree_of

HERE = "organisations"


def day_of(request: HttpRequest) -> AsOf:
    """The day that a page shows."""
    return AsOf.of(request.GET, today=timezone.localdate())


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of what the visitor sees."""
    as_of = day_of(request)
    scope = actor_of(request).scope(SEE, as_of.on)
    context = _context(request, as_of, "tree")
    first = tops(scope).first()
    shown = tree_of(scope, as_of, open_at=None) if first else _nothing(request, as_of)
    return render(request, "organisations/tree.html", {**context, "tree": shown})


@require_safe
def below(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands below an organisation: its branch of the tree, or the whole tree opened there."""
    as_of = day_of(request)
    scope = actor_of(request).scope(SEE, as_of.on)
    standing = standing_or_404(scope, pk)
    if getattr(request, "htmx", False):
        return HttpResponse(str(Branch(branch_of(scope, pk, as_of))))
    context = _context(request, as_of, "tree")
    return render(request, "organisations/tree.html", {**context, "tree": tree_of(scope, as_of, open_at=standing)})


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The list of what the visitor sees, to filter, print and export."""
    as_of = day_of(request)
    rows = listed(actor_of(request).scope(SEE, as_of.on))
    return OrganisationListing(rows, request.GET).answer(request, context=_context(request, as_of, "list"))


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """Answers to a box; without a script the list of what was found."""
    as_of = day_of(request)
    scope = actor_of(request).scope(SEE, as_of.on)
    text = asked(request)
    if wants_answers(request):
        return answers(found_for(scope, text, as_of), request)
    only = list(found(scope, text)[:2])
    if len(only) == 1:
        return redirect("organisation", only[0].organisation_id)
    return redirect(f"{reverse('organisations-list')}?{request.GET.urlencode()}")


def _context(request: HttpRequest, as_of: AsOf, tab: str) -> dict[str, object]:
    tabs = (
        Tab("组织树", reverse("organisations") + as_of.parameter, here=tab == "tree"),
        Tab("名录", reverse("organisations-list") + as_of.parameter, here=tab == "list"),
    )
    return {
        "here": HERE,
        "heading": "党组织",
        "as_of": as_of,
        "tabs": Tabs("党组织", tabs),
        "actions": _actions(request, as_of),
    }


def _actions(request: HttpRequest, as_of: AsOf) -> list[Link]:
    """The highest are set up by the system administrator; whoever reorganises begins at his own organisation."""
    actor = actor_of(request)
    units = Link("单位", reverse("units"))
    if actor.holds("system"):
        return [Link("建立党组织", reverse("organisation-new")), units]
    own = list(tops(actor.scope(REORGANISE, as_of.today)).values_list("organisation", flat=True)[:2])
    below = [Link("建立下级组织", f"{reverse('organisation-new')}?under={own[0]}")] if len(own) == 1 else []
    return [*below, units] if own else []


def _nothing(request: HttpRequest, as_of: AsOf) -> EmptyState:
    if as_of.on != as_of.today:
        return EmptyState("这一天还没有党组织", "换一天看看。", Link("回到今天", as_of.url_of_today))
    if actor_of(request).holds("system"):
        return _for_the_system(as_of)
    return EmptyState("您现在没有可以查看的党组织", "如应当有，请联系上级党组织的党务工作人员。")


def _for_the_system(as_of: AsOf) -> EmptyState:
    """Whoever sets up the highest organisations sees their names, and what comes next."""
    names = [standing.called for standing in highest(as_of.on)]
    if not names:
        start = Link("建立第一个党组织", reverse("organisation-new"), main=True)
        return EmptyState(
            "还没有党组织", "先登记单位，再建立最高一级党组织，然后由安全管理员任用它的党务工作人员。", start
        )
    told = "下级党组织和党员由它的党务工作人员登记。还没有党务工作人员的，先开通账号，再请安全管理员任用。"
    return EmptyState(f"已建立最高一级党组织：{'、'.join(names)}", told)
