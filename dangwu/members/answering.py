"""What people ask to be corrected: the list of whoever keeps them, and the answer."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.parts import Datum, DefinitionList
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.members.changing import editing, keeps
from dangwu.members.correctable import correctable, row_of_request, title_of, wanted_words
from dangwu.members.fetching import request_or_404
from dangwu.members.forms import AnswerForm
from dangwu.members.held import HeldField
from dangwu.members.listings import Requests
from dangwu.members.models import CorrectionRequest
from dangwu.members.policies import may_keep_request
from dangwu.members.queries import names_of, open_requests
from dangwu.members.services.correcting import accept_correction, decline_correction
from dangwu.members.services.telling import export_roster
from dangwu.members.views import HERE
from dangwu.organisations.views import day_of

OWN = "这是您本人提出的申请，由另一名党务工作人员或者上级党组织办理。"
BY_HAND = "采纳后不会自动修改。请先在党员页面办理或者更正，再回来答复。"


@require_safe
def requests(request: HttpRequest) -> HttpResponseBase:
    """What waits for an answer."""
    crumbs = [Crumb("党员名册", reverse("members")), Crumb("更正申请")]
    listing = Requests(open_requests(keeps(request)), request.GET)

    def exported(rows: int) -> None:
        export_roster(by=actor_of(request), rows=rows, chosen="更正申请", on=day_of(request).today)

    return listing.answer(request, context={"here": HERE, "crumbs": crumbs}, exported=exported)


@editing
@once
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer one."""
    asked = request_or_404(keeps(request), pk)
    form = AnswerForm(request.POST or None, of=asked)

    def service(decision: str, answer: str) -> CorrectionRequest:
        told = {"by": actor_of(request), "request": asked, "version": asked.version, "on": day_of(request).today}
        serve = accept_correction if decision == "accept" else decline_correction
        return serve(**told, answer=answer)  # type: ignore[arg-type] # the same keywords for both

    if form.carried_out(service):
        tell(request, "已答复，本人可以在“我的”页面看到。")
        return redirect("corrections")
    crumbs = [
        Crumb("党员名册", reverse("members")),
        Crumb("更正申请", reverse("corrections")),
        Crumb(asked.person.name),
    ]
    target = correctable(asked.column)
    may = asked.state == CorrectionRequest.State.ASKED and may_keep_request(
        by=actor_of(request), request=asked, on=day_of(request).today
    )
    context = {
        "here": HERE,
        "heading": f"{asked.person.name}：更正{title_of(asked)}",
        "crumbs": crumbs,
        "asked": asked,
        "data": DefinitionList(_data(asked)),
        "form": form if may else None,
        "hint": "" if target and target.is_applied else BY_HAND,
        "refusal": "" if may else OWN if asked.state == CorrectionRequest.State.ASKED else "这项申请已经办结。",
        "submit": "答复",
        "cancel": reverse("corrections"),
    }
    return render(request, "members/answer.html", context, status=form.status if may else 200)


def _data(asked: CorrectionRequest) -> list[Datum]:
    return [
        Datum("现在的内容", _present(asked)),
        Datum("应当为", wanted_words(asked)),
        Datum("说明", asked.note),
        Datum("提出日期", asked.asked_on),
    ]


def _present(asked: CorrectionRequest) -> object:
    """What is kept now."""
    target = correctable(asked.column)
    try:
        row = row_of_request(asked)
    except ObjectionError:
        return "（记录已不在）"
    organisation = getattr(row, "organisation_id", None)
    return HeldField(row, target.told, names_of([organisation] if organisation else [])).value if target else ""
