"""Archives: one paper of an organisation and of all below it, packed in the background."""

from functools import partial

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.parts import Progress
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import last_standing
from dangwu.records.branch_years import day_for
from dangwu.records.paper_models import Bundle
from dangwu.records.paper_queries import bundles_of, forms_for
from dangwu.records.policies import SEE
from dangwu.records.services.papers import order_bundle, take_paper
from dangwu.workbench.papers.around import FIRST_YEAR, HERE, TITLE, address_of, years_offered
from dangwu.workbench.papers.offered import FORM_WORDS, OFFERS, Offer, file_name, offer_named, offer_of
from dangwu.workbench.papers.tasks import file_of, pack_bundle
from dangwu.workbench.years import year_asked

CONSEQUENCES = (
    "本组织和它的全部下级，每个党组织一份，按层级放在文件夹里。",
    "在后台打包，可以离开本页；打好后保留七天，只有您能下载。",
    "谁在哪天打包、下载了什么，记入日志。",
)


class PackForm(SafeForm):
    """Which paper of which year."""

    year = forms.TypedChoiceField(label="年度", coerce=int)
    paper = forms.ChoiceField(label="台账和格式")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def pack(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask which paper, and have it packed."""
    today = timezone.localdate()
    scope = actor_of(request).scope(SEE, today)
    standing = standing_or_404(scope, pk)
    offers = [*OFFERS.values(), *map(offer_of, forms_for(standing, Scope.everything(today)))]
    year = year_asked(request.GET.get("year", ""), today, first=FIRST_YEAR)
    form = PackForm(request.POST or None, initial={"year": year})
    form.fields["year"].choices = [(each, f"{each}年") for each in years_offered(today)]  # type: ignore[attr-defined] # of a choice
    form.fields["paper"].choices = _choices(offers)  # type: ignore[attr-defined] # of a choice
    if form.carried_out(partial(_ordered, request, standing)):
        pack_bundle.enqueue(form.result.pk)
        return redirect("ledger-bundle", form.result.pk)
    context = {
        "here": HERE,
        "heading": f"打包“{standing.called}”及下级的台账",
        "crumbs": [Crumb(standing.called, address_of(pk)), Crumb("打包")],
        "consequences": CONSEQUENCES,
        "form": form,
        "submit": "开始打包",
        "cancel": address_of(pk),
    }
    return render(request, "foundation/confirm.html", context, status=form.status)


def _choices(offers: list[Offer]) -> list[tuple[str, str]]:
    return [(f"{o.name}{suffix}", f"{o.title}（{FORM_WORDS[suffix]}）") for o in offers for suffix in o.forms]


def _ordered(request: HttpRequest, standing: Standing, *, year: int, paper: str) -> Bundle:
    by, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    then = last_standing(standing.organisation_id, day_for(year, today)) or standing
    name, _, suffix = paper.rpartition(".")
    bundle = Bundle(path=then.path, year=year, paper=name, suffix=f".{suffix}", asked_at=now)
    what = f"{year}年{offer_named(name).title}（{FORM_WORDS[bundle.suffix]}），连同下级"
    return order_bundle(by=by, standing=standing, what=what, today=today, bundle=bundle)


@require_safe
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an archive is, and where it is taken away."""
    its = get_object_or_404(bundles_of(actor_of(request)), pk=pk)
    working = its.state in {Bundle.State.WAITING, Bundle.State.PACKING}
    polled = "HX-Request" in request.headers and request.headers.get("HX-Target") == "bundle-progress"
    if polled and not working:
        return HttpResponseClientRefresh()
    step = f"{its.get_state_display()}{f'，{its.done}/{its.total} 份' if its.total else ''}"
    context = {
        "here": HERE,
        "heading": f"{its.year}年{offer_named(its.paper).title}",
        "crumbs": [Crumb(TITLE, address_of(its.organisation_id)), Crumb("打包")],
        "bundle": its,
        "working": working,
        "progress": Progress(step, its.per_cent),
        "again": reverse("ledger-pack", args=[its.organisation_id]),
    }
    return render(request, "workbench/components/bundle_progress.html" if polled else "workbench/bundle.html", context)


@require_safe
def archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive itself, for whoever had it packed and still sees that part of the tree. Raises Http404."""
    by, today = actor_of(request), timezone.localdate()
    its = get_object_or_404(bundles_of(by), pk=pk, state=Bundle.State.READY)
    standing = standing_or_404(by.scope(SEE, today), its.organisation_id)
    path, title = file_of(its), offer_named(its.paper).title
    if not path.is_file():
        raise Http404
    take_paper(by=by, standing=standing, what=f"{its.year}年{title}，连同下级", today=today, number=its.done)
    name = file_name(standing.called, "及下级", f"{its.year}年", title, suffix=".zip")
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
