"""The rulebook to read: every document with its coverage, every rule with its place, its demand and its examples."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.compliance.rulebooks import every_rule
from dangwu.workbench.pack_pages import units_to_decide
from dangwu.workbench.rule_words import STRENGTHS, SUBJECTS, applies, demands, examples


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every document with its rules, and what became of its other articles."""
    book = every_rule()
    by_document = {document: list(its) for document, its in groupby(book.rules.values(), lambda rule: rule.document.id)}
    coverages = sorted(book.coverage(), key=lambda coverage: AUTHORITIES.index(coverage.document.authority))
    documents = [(coverage, by_document.get(coverage.document.id, [])) for coverage in coverages]
    totals = [
        ("文件", len(documents)),
        ("规则", len(book.rules)),
        *((name, sum(len(getattr(c, kind)) for c, _ in documents)) for name, kind in KINDS),
    ]
    content = {"documents": documents, "totals": totals, "units": units_to_decide(request)}
    return render(request, "workbench/rules.html", {"here": "rules", **content})


AUTHORITIES = ("national", "local", "practice")
KINDS = (("已编写的条", "coded"), ("由人判断的条", "judgement"), ("尚待编写的条", "to_do"))


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule."""
    book = every_rule()
    if rule_id not in book.rules:
        raise Http404
    told = book.rules[rule_id]
    content = {
        "rule": told,
        "citations": [
            (cite, book.documents.get(cite.document), book.sources[cite.source]) for cite in told.shape.cites
        ],
        "subject": SUBJECTS[told.shape.subject],
        "strength": STRENGTHS[told.shape.strength],
        "applies": applies(told, timezone.localdate()),
        "demands": demands(told),
        "examples": examples(told),
        "history": book.history(rule_id),
    }
    return render(request, "workbench/rule.html", {"here": "rules", **content})
