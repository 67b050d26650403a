"""A rulebook of one rule, small enough to be read in a test and to be spoiled there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dangwu.rules.loading import load_rulebook
from dangwu.rules.rulebook import Rulebook

FACTS = """\
organisation:
  kind: {type: choice, label: 组织类别, choices: {branch: 党支部, committee: 机关党委}}
  members: {type: count, label: 党员人数}
  has_committee: {type: flag, label: 是否设支委会}
  term_started_on: {type: date, label: 本届选举日期}
  term_until: {type: date, label: 本届届满日期}
"""

DOCUMENT = """\
id: sample
title: 示例条例
issuer: 示例机关
authority: national
in_force: {from: 2018-10-28}
articles:
  "12": {state: judgement, why: 由支部判断}
  "13": {state: to_do, why: 未见原文}
"""

RULE = """\
id: assembly-each-quarter
title: 党员大会每季度一次
subject: organisation
cites:
  - {document: sample, article: "11", grade: B, source: S14, checked: 2026-11-23}
in_force: {from: 2018-10-28}
applies_to:
  kind: [branch]
each: quarter
requires:
  at_least: {fact: general_assembly, value: times}
values:
  times: {2018-10-28: 1}
strength: should
explain:
  met: "{period}开了 {general_assembly} 次。"
  unmet: "{period}应开 {times} 次，缺 {missing} 次。"
  pending: "{deadline}前还要开 {missing} 次。"
remedy: 尽快补开。
cases:
  - {it: 开过, period: 2026Q1, on: 2026-04-01, given: {kind: branch, general_assembly: 1}, expect: met}
  - {it: 没开, period: 2026Q1, on: 2026-04-01, given: {kind: branch, general_assembly: 0}, expect: unmet}
  - {it: 党委不适用, period: 2026Q1, on: 2026-04-01, given: {kind: committee}, expect: not_applicable}
"""


@pytest.fixture
def write_rulebook(tmp_path: Path) -> Callable[..., Path]:
    """Write the sample rulebook with the rule (or another file) changed as the test wants."""

    def write(rule: str = RULE, *, document: str = DOCUMENT, facts: str = FACTS, **others: str) -> Path:
        rules = tmp_path / "national" / "sample" / "rules"
        rules.mkdir(parents=True, exist_ok=True)
        (tmp_path / "activities").mkdir(exist_ok=True)
        (tmp_path / "activities" / "general_assembly.yaml").write_text("id: general_assembly\nname: 党员大会\n")
        (tmp_path / "facts.yaml").write_text(facts)
        (tmp_path / "sources.yaml").write_text("S14: 示例来源\n")
        (rules.parent / "document.yaml").write_text(document)
        (rules / "assembly-each-quarter.yaml").write_text(rule)
        for name, text in others.items():
            (rules / f"{name.replace('_', '-')}.yaml").write_text(text)
        return tmp_path

    return write


@pytest.fixture
def book(write_rulebook: Callable[..., Path]) -> Rulebook:
    return load_rulebook(write_rulebook())
