from datetime import date
from fractions import Fraction

import pytest

from dangwu.compliance.rulebooks import every_rule
from dangwu.rules.kinds import KINDS
from dangwu.rules.rulebook import Rule
from dangwu.rules.shapes import Band, Outcome
from dangwu.workbench.rule_words import ASKS, applies, demand_on, demands, examples, figure, positive

ON = date(2026, 11, 23)
RULES = list(every_rule().rules.values())


def rule(name: str) -> Rule:
    return every_rule().rules[name]


def test_every_kind_of_requirement_has_its_words() -> None:
    assert set(ASKS) == set(KINDS)


def test_a_frequency_is_told_with_its_period() -> None:
    assert demand_on(rule("theme-day-each-month"), ON) == "每月主题党日次数不少于 1"


def test_whom_it_concerns_is_told_in_words() -> None:
    assert applies(rule("theme-day-each-month"), ON) == ["组织类别：党支部、联合党支部"]


def test_a_demand_is_told_from_every_day_on_which_a_figure_changed() -> None:
    dues = demands(rule("dues-rate"))
    assert [demand.since for demand in dues] == sorted(demand.since for demand in dues)
    assert "0.5%" in dues[-1].text


def test_examples_carry_the_sentence_of_the_program() -> None:
    told = examples(rule("theme-day-each-month"))
    assert told[1].outcome is Outcome.UNMET
    assert told[1].sentence == "2026年9月应开展主题党日 1 次，台账中有 0 次，缺 1 次。"


@pytest.mark.parametrize("told", RULES, ids=lambda told: told.id)
def test_every_rule_of_the_book_can_be_told(told: Rule) -> None:
    words = [*(demand.text for demand in demands(told)), *applies(told, ON)]
    assert all(words)
    assert not any(name in text for text in words for name in told.vocabulary)
    assert all(example.sentence for example in examples(told))


def test_rates_are_told_band_by_band() -> None:
    bands = (Band(rate=Fraction(1, 200), up_to=Fraction(3000)), Band(rate=Fraction(1, 50)))
    assert figure(bands) == "3000 元以下（含） 0.5%；超出以上各档的 2.0%"


def test_a_flag_is_told_as_what_should_be() -> None:
    assert positive("是否设机关纪委") == "设机关纪委"
