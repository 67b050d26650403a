"""One box for everything: a name, the initials of its pinyin, the end of a number, any two characters of a text."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.finding import answers, asked, wants_answers
from dangwu.foundation.pages.parts import EmptyState
from dangwu.foundation.pages.selects import select
from dangwu.foundation.requests import actor_of
from dangwu.organisations.views import day_of
from dangwu.workbench.searching import KINDS, Asked, groups

HINT = "输入姓名、党组织名称、拼音首字母，证件、手机号码的末四位，或者活动、规则中的任意两个字。"
FIRST_OF_EACH = 4
"""Of each kind so many are offered while one types."""


class Narrowing(forms.Form):
    """What is left out. What an address asks for and this does not understand leaves nothing out."""

    kind = select("种类", [("", "全部"), *KINDS.items()])
    since = forms.DateField(
        label="起始日期", required=False, widget=forms.DateInput({"type": "date", "class": "form-control"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label="截止日期", required=False, widget=forms.DateInput({"type": "date", "class": "form-control"}, "%Y-%m-%d")
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    narrowing = Narrowing(request.GET)
    narrowing.is_valid()
    chosen = {name: value for name, value in narrowing.cleaned_data.items() if value}
    wanted = Asked(asked(request), day_of(request), **chosen)
    found = groups(actor_of(request), wanted) if wanted.text else []
    if wants_answers(request):
        return answers([hit.found for group in found for hit in group.hits[:FIRST_OF_EACH]], request)
    context = {
        "here": "search",
        "heading": "搜索",
        "asked": wanted,
        "chosen": chosen,
        "form": narrowing,
        "groups": found,
        "nothing": _nothing(wanted, narrowed=bool(chosen)),
    }
    return render(request, "workbench/search.html", context)


def _nothing(wanted: Asked, *, narrowed: bool) -> EmptyState:
    if not wanted.text:
        return EmptyState("想找什么？", HINT)
    return EmptyState(f"没有找到“{wanted.text}”", "放宽上面的种类和日期再试。" if narrowed else HINT)
