"""Every rule of the rulebook keeps its own cases, and every figure in it is held by one of them."""

from pathlib import Path

import pytest

from dangwu.rules.casebook import fails, mutants
from dangwu.rules.loading import load_rulebook
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Case

BOOK = load_rulebook(Path(__file__).parents[2] / "rulebook", packs=None)
RULES = list(BOOK.rules.values())


@pytest.mark.parametrize(
    ("rule", "case"),
    [pytest.param(rule, case, id=f"{rule.id}: {case.it}") for rule in RULES for case in rule.shape.cases],
)
def test_case(rule: Rule, case: Case) -> None:
    assert fails(rule, case) is None


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES if rule.shape.values])
def test_a_figure_changed_by_one_is_noticed(rule: Rule) -> None:
    for told, mutant in mutants(rule):
        assert any(fails(mutant, case) for case in rule.shape.cases), f"{rule.id}：{told} 没有例子察觉"
