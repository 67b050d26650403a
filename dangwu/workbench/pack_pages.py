"""Choosing by which packs of rules a unit is judged, beside what holds everywhere: for whoever decides at its head."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dangwu.compliance.models import Judging
from dangwu.compliance.policies import DECIDE, may_choose_packs
from dangwu.compliance.services.packs import choose_packs, packs, packs_of
from dangwu.compliance.tasks import judge_unit
from dangwu.foundation.pages.forms import ReasonField, SafeForm
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.organisations.fetching import standing_or_404
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import tops


class PacksForm(SafeForm):
    chosen = forms.MultipleChoiceField(
        label="除全国性规定外还启用",
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        help_text="地方规则包只在印发它的地方适用；常用提醒只作提示，不作为检查结论。",
    )
    reason = ReasonField()

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - the options of a form
        """Take what any form takes, and the packs with their titles."""
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(pack, f"《{title}》") for pack, title in titles.items()]


@once
def chosen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The packs of the unit that an organisation heads. Raises Http404."""
    by, today = actor_of(request), timezone.localdate()
    standing = standing_or_404(by.scope(DECIDE, today), pk)
    if standing.parent is not None or not may_choose_packs(by=by, organisation=standing.organisation, today=today):
        raise Http404
    unit = standing.organisation.unit_id
    form = PacksForm(request.POST or None, initial={"chosen": packs_of(unit)}, titles=packs())

    def act(*, chosen: list[str], reason: str) -> Judging:
        return choose_packs(by=by, organisation=standing.organisation, chosen=chosen, reason=reason, today=today)

    if form.carried_out(act):
        transaction.on_commit(partial(judge_unit.enqueue, unit))
        tell(request, "已保存。正在按选用的规则包重新判定，几分钟内各处的结果会跟着变；已定案的期间不变。")
        return redirect("rules")
    context = {
        "here": "rules",
        "heading": "选用规则包",
        "lead": standing.name,
        "crumbs": [Crumb("规则库", reverse("rules")), Crumb("选用规则包")],
        "form": form,
        "submit": "保存",
        "cancel": reverse("rules"),
    }
    return render(request, "foundation/form_page.html", context, status=form.status)


def units_to_decide(request: HttpRequest) -> list[tuple[Standing, list[str]]]:
    """The organisations that head a unit for which whoever asks may choose, each with the titles of what is on."""
    if not request.user.is_authenticated:
        return []
    by, today, titles = actor_of(request), timezone.localdate(), packs()
    heads = tops(by.scope(DECIDE, today)).filter(parent=None).select_related("organisation")
    return [
        (head, [f"《{titles[pack]}》" for pack in packs_of(head.organisation.unit_id) if pack in titles])
        for head in heads
        if may_choose_packs(by=by, organisation=head.organisation, today=today)
    ]
