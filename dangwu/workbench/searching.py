"""Everything that the one search box finds, under its headings.

People and organisations are asked for by their own columns, as they were on the day of the page; rules are read from
the rulebook; whatever else is found by its text comes out of the index.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.actors import Actor
from dangwu.foundation.pages.finding import Found
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.search.cutting import Term, terms_of
from dangwu.foundation.search.snippets import Snippet, contains, marked, snippet
from dangwu.foundation.search.sources import Draft, Source
from dangwu.members.panels import found_people
from dangwu.members.policies import SEE as SEE_MEMBERS
from dangwu.members.queries import names_of
from dangwu.organisations.policies import SEE as SEE_ORGANISATIONS
from dangwu.organisations.trees import found_for
from dangwu.records.policies import SEE as SEE_RECORDS
from dangwu.records.searching import ACTIVITIES
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.workbench.rule_words import demands
from dangwu.workbench.templatetags.wording import place

FIGURE = re.compile(r"\{\w+\}")
OF_EACH, OF_ONE = 12, 100
"""How much is shown of each kind beside others, and of one that was chosen."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: the words, on which day he looks, of which kind, from when to when."""

    text: str
    as_of: AsOf
    kind: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def most(self) -> int:
        """How much of a kind is shown."""
        return OF_ONE if self.kind else OF_EACH


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, with what was typed marked in its title and, if it stands there, in its text."""

    found: Found
    title: Snippet
    extract: Snippet | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind; `more` tells that there is more than is shown."""

    kind: str
    title: str
    hits: Sequence[Hit]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """How what a source finds is shown: who may see it, and where it is told of."""

    source: Source
    right: str
    address: Callable[[Draft], str]


SHOWN = (Shown(ACTIVITIES, SEE_RECORDS, lambda draft: reverse("activity", args=[draft.source])),)
KINDS = {"person": "党员", "organisation": "党组织", **{s.source.kind: s.source.title for s in SHOWN}, "rule": "规则"}


def groups(by: Actor, asked: Asked) -> list[Group]:
    """What was found under its headings, only what there is."""
    terms = terms_of(asked.text)
    every = (_group(kind, by, asked, terms) for kind in KINDS if asked.kind in {"", kind})
    return [group for group in every if group.hits]


def _group(kind: str, by: Actor, asked: Asked, terms: Sequence[Term]) -> Group:
    """One more than is shown is looked for: so it is known whether there is more."""
    shown = next((shown for shown in SHOWN if shown.source.kind == kind), None)
    if shown:
        hits = list(_indexed(shown, by, asked, terms))
    elif kind == "rule":
        hits = list(_rules(terms))[: asked.most + 1]
    else:
        hits = [Hit(found, marked(found.title, terms)) for found in _named(kind, by, asked)]
    return Group(kind, KINDS[kind], hits[: asked.most], more=len(hits) > asked.most)


def _named(kind: str, by: Actor, asked: Asked) -> list[Found]:
    on, most = asked.as_of.on, asked.most + 1
    if kind == "person":
        return found_people(by.scope(SEE_MEMBERS, on), asked.text, asked.as_of, most=most)
    return found_for(by.scope(SEE_ORGANISATIONS, on), asked.text, asked.as_of, most=most)


def _indexed(shown: Shown, by: Actor, asked: Asked, terms: Sequence[Term]) -> Iterator[Hit]:
    """The entries, with what the rows say now; a row that is no longer to be found is not shown."""
    if not terms:
        return
    scope = by.scope(shown.right, asked.as_of.on)
    keys = shown.source.newest(scope, terms, most=asked.most + 1, since=asked.since, until=asked.until)
    drafts = {draft.source: draft for draft in shown.source.drafts(keys)}
    called = names_of(draft.anchors[0] for draft in drafts.values())
    for draft in (drafts[key] for key in keys if key in drafts):
        note = f"{draft.day} {called(draft.anchors[0], draft.day)}"
        title = draft.title or shown.source.title
        extract = snippet(draft.text, terms)
        yield Hit(Found(title, shown.address(draft), note), marked(title, terms), extract if extract.has_hit else None)


def _rules(terms: Sequence[Term]) -> Iterator[Hit]:
    """The rules that contain everything, those first that have it in their title."""
    found = [pair for pair in _texts(every_rule()) if terms and contains("\n".join((pair[0].title, pair[1])), terms)]
    for rule, text in sorted(found, key=lambda pair: not contains(pair[0].title, terms)):
        extract = snippet(text, terms)
        told = Found(rule.title, reverse("rule", args=[rule.id]), rule.document.title)
        yield Hit(told, marked(rule.title, terms), extract if extract.has_hit else None)


def _texts(book: Rulebook) -> Iterator[tuple[Rule, str]]:
    for rule in book.rules.values():
        clauses = (clause(cite.document, cite.article, book) for cite in rule.shape.cites)
        asked = (demand.text for demand in demands(rule))
        said = (FIGURE.sub("…", text) for text in (rule.shape.explain.met, rule.shape.explain.unmet))
        yield rule, "\n".join((*clauses, *asked, *said, rule.shape.remedy))


def clause(document: str, article: str, book: Rulebook) -> str:
    """“《…》第11条”."""
    known = book.documents.get(document)
    return f"《{known.title if known else document}》{place(article)}"
