"""A rulebook that was read: its rules, the documents they come from, the facts they may name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dangwu.rules.kinds import KINDS, Choices, Kind, OptionalFact, ValueName, parameters
from dangwu.rules.shapes import Bound, Citation, DocumentShape, FactShape, Grade, Level, RuleShape, Strength

NOT_FAILING = frozenset({Grade.C, Grade.M})


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule file with the document whose folder it lies in. `digest` identifies the very text by which was judged."""

    shape: RuleShape
    document: DocumentShape
    pack: str
    digest: str
    vocabulary: Mapping[str, FactShape]

    @property
    def id(self) -> str:
        """The file's name."""
        return self.shape.id

    @property
    def title(self) -> str:
        """What it asks, in a few words."""
        return self.shape.title

    @property
    def basis(self) -> Citation:
        """The first citation: it gives document, article and grade."""
        return self.shape.cites[0]

    @cached_property
    def level(self) -> Level:
        """The most that breaking this rule may do: nobody fails by what is graded C or M, nor by “一般”."""
        if self.basis.grade in NOT_FAILING or self.shape.strength is Strength.PRACTICE:
            return Level.HINT
        return Level.FAILURE if self.shape.strength is Strength.MUST else Level.WARNING

    @cached_property
    def kind_name(self) -> str:
        """The one kind that the rule uses."""
        return next(iter(self.shape.requires))

    @cached_property
    def kind(self) -> Kind:
        """The function behind `kind_name`."""
        return KINDS[self.kind_name]

    @cached_property
    def arguments(self) -> dict[str, str | list[str]]:
        """What the rule file hands to its kind."""
        return self.shape.requires[self.kind_name]

    @cached_property
    def needed_facts(self) -> tuple[str, ...]:
        """Facts without which the requirement cannot be judged."""
        return self._named(lambda meaning: meaning not in {OptionalFact, ValueName, Choices})

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact the rule names, conditions first, each once."""
        required = self._named(lambda meaning: meaning not in {ValueName, Choices})
        return tuple(dict.fromkeys((*self.shape.applies_to, *required)))

    def _named(self, wanted: Any) -> tuple[str, ...]:  # noqa: ANN401 - a predicate over the meanings in kinds
        meanings = parameters(self.kind_name)
        return tuple(str(self.arguments[name]) for name, meaning in meanings.items() if wanted(meaning))

    def values_on(self, day: date) -> dict[str, Any]:
        """The figures of that day: of each value the newest not after it, the oldest where none is that old."""
        return {name: _newest(by_date, day) for name, by_date in self.shape.values.items()}

    def in_force_on(self, day: date) -> bool:
        """Whether this version holds on that day."""
        span = self.shape.in_force
        return span.from_ <= day and (span.until is None or day < span.until)

    @cached_property
    def bounds(self) -> tuple[Bound, ...]:
        """The conditions that compare a number with a value."""
        return tuple(c for c in self.shape.applies_to.values() if isinstance(c, Bound))


def _newest(by_date: Mapping[date, Any], day: date) -> Any:  # noqa: ANN401 - a number or a table of bands
    past = [since for since in by_date if since <= day]
    return by_date[max(past) if past else min(by_date)]


@dataclass(frozen=True)
class Rulebook:
    """All rules that are switched on, by id, in the order of documents and names."""

    rules: Mapping[str, Rule]
    documents: Mapping[str, DocumentShape]
    vocabulary: Mapping[str, Mapping[str, FactShape]]
    sources: Mapping[str, str]

    def about(self, subject: str) -> list[Rule]:
        """The rules on one kind of subject."""
        return [rule for rule in self.rules.values() if rule.shape.subject == subject]

    def history(self, rule_id: str) -> list[Rule]:
        """The rule with what it replaced and what replaced it, oldest first."""
        successors = {r.shape.in_force.replaces: r for r in self.rules.values() if r.shape.in_force.replaces}
        rule = self.rules[rule_id]
        while (before := rule.shape.in_force.replaces) and before in self.rules:
            rule = self.rules[before]
        chain = [rule]
        while chain[-1].id in successors:
            chain.append(successors[chain[-1].id])
        return chain

    def coverage(self) -> list["Coverage"]:
        """For every document, which articles are coded, left to judgement, to do."""
        return [Coverage.of(document, self.rules.values()) for document in self.documents.values()]


@dataclass(frozen=True)
class Coverage:
    """The articles of one document by what became of them; an article with a rule counts as coded."""

    document: DocumentShape
    coded: Mapping[str, list[str]]
    judgement: Mapping[str, str]
    to_do: Mapping[str, str]

    @classmethod
    def of(cls, document: DocumentShape, rules: Iterable[Rule]) -> "Coverage":
        """Sort the articles of `document`."""
        coded: dict[str, list[str]] = {}
        for rule in rules:
            for cite in rule.shape.cites:
                if cite.document == document.id:
                    coded.setdefault(cite.article, []).append(rule.id)
        left = {number: a for number, a in document.articles.items() if number not in coded}
        return cls(
            document,
            dict(sorted(coded.items(), key=lambda item: _article_order(item[0]))),
            {number: a.why for number, a in left.items() if a.state == "judgement"},
            {number: a.why for number, a in left.items() if a.state == "to_do"},
        )


def _article_order(article: str) -> tuple[int, str]:
    digits = re.match(r"\d+", article)
    return (int(digits.group()) if digits else 0, article)
