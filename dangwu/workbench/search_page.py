"""One box for everything: a name, the initials of its pinyin, the end of a number; a rule by its words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.finding import Found, answers, asked, wants_answers
from dangwu.foundation.pages.parts import EmptyState
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.requests import actor_of
from dangwu.members.panels import found_people
from dangwu.members.policies import SEE as SEE_MEMBERS
from dangwu.organisations.policies import SEE as SEE_ORGANISATIONS
from dangwu.organisations.trees import found_for
from dangwu.organisations.views import day_of
from dangwu.workbench.rulebooks import whole_rulebook

SHOWN_OF_EACH = 20
FEWEST = 1  # letters


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    as_of, text = day_of(request), asked(request)
    groups = _groups(request, text, as_of) if len(text) >= FEWEST else []
    if wants_answers(request):
        return answers([found for _, its in groups for found in its], request)
    hint = "输入姓名、党组织名称、拼音首字母，或者证件、手机号码的末四位。"
    nothing = EmptyState(f"没有找到“{text}”", hint) if text else EmptyState("想找什么？", hint)
    context = {"here": "search", "heading": "搜索", "asked": text, "groups": groups, "nothing": nothing}
    return render(request, "workbench/search.html", context)


def _groups(request: HttpRequest, text: str, as_of: AsOf) -> list[tuple[str, list[Found]]]:
    """What was found, under its heading; only what there is."""
    by = actor_of(request)
    every = [
        ("党员", found_people(by.scope(SEE_MEMBERS, as_of.on), text, as_of)),
        ("党组织", found_for(by.scope(SEE_ORGANISATIONS, as_of.on), text, as_of)),
        ("规则", _rules(text)),
    ]
    return [(title, found[:SHOWN_OF_EACH]) for title, found in every if found]


def _rules(text: str) -> list[Found]:
    rules = whole_rulebook().rules.values()
    meant = (rule for rule in rules if text in rule.title)
    return [Found(rule.title, reverse("rule", args=[rule.id]), rule.document.title) for rule in meant]
