"""Five outcomes, and what decides between them."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangwu.kernel.periods import Period
from dangwu.rules.evaluation import Presence, Reason, evaluate, evaluate_many, presence
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import Outcome

SECOND_QUARTER = Period.parse("2026Q2")
LAST_DAY, DAY_AFTER = date(2026, 6, 30), date(2026, 7, 1)
NONE_HELD = {"kind": "branch", "general_assembly": 0}


@pytest.fixture
def rule(book: Rulebook) -> Rule:
    return book.rules["assembly-each-quarter"]


def test_what_was_done_is_met(rule: Rule) -> None:
    verdict = evaluate(rule, {**NONE_HELD, "general_assembly": 1}, on=date(2026, 5, 1), period=SECOND_QUARTER)
    assert verdict.outcome is Outcome.MET


def test_not_yet_is_pending_up_to_the_last_day(rule: Rule) -> None:
    verdict = evaluate(rule, NONE_HELD, on=LAST_DAY, period=SECOND_QUARTER)
    assert (verdict.outcome, verdict.deadline) == (Outcome.PENDING, LAST_DAY)


def test_missing_is_unmet_from_the_day_after(rule: Rule) -> None:
    verdict = evaluate(rule, NONE_HELD, on=DAY_AFTER, period=SECOND_QUARTER)
    assert (verdict.outcome, verdict.figures["missing"]) == (Outcome.UNMET, 1)


def test_another_kind_is_not_asked(rule: Rule) -> None:
    verdict = evaluate(rule, {"kind": "committee", "general_assembly": 0}, on=DAY_AFTER, period=SECOND_QUARTER)
    assert (verdict.outcome, verdict.reason) == (Outcome.NOT_APPLICABLE, Reason.CONDITION)


def test_a_fact_that_is_not_known_accuses_nobody(rule: Rule) -> None:
    verdict = evaluate(rule, {"kind": "branch"}, on=DAY_AFTER, period=SECOND_QUARTER)
    assert (verdict.reason, verdict.unknown) == (Reason.UNKNOWN, ("general_assembly",))


def test_a_period_that_began_before_the_rule_is_not_judged(rule: Rule) -> None:
    verdict = evaluate(rule, NONE_HELD, on=date(2019, 1, 1), period=Period.parse("2018Q4"))
    assert verdict.reason is Reason.NOT_IN_FORCE


@pytest.mark.parametrize(
    ("founded", "dissolved", "there"),
    [
        (None, None, Presence.FULL),
        (date(2026, 4, 1), None, Presence.FULL),
        (date(2026, 5, 15), None, Presence.FULL),
        (date(2026, 5, 20), None, Presence.BRIEF),
        (date(2026, 7, 1), None, Presence.NONE),
        (None, date(2026, 4, 1), Presence.NONE),
        (None, date(2026, 4, 20), Presence.BRIEF),
        (date(2026, 6, 1), date(2026, 5, 1), Presence.NONE),
    ],
)
def test_an_organisation_owes_what_it_lived_half_through(
    founded: date | None, dissolved: date | None, there: Presence
) -> None:
    assert presence(SECOND_QUARTER, founded, dissolved) is there


def test_a_brief_stay_may_meet_but_never_misses(rule: Rule) -> None:
    held = {**NONE_HELD, "general_assembly": 1}
    met = evaluate(rule, held, on=DAY_AFTER, period=SECOND_QUARTER, there=Presence.BRIEF)
    missed = evaluate(rule, NONE_HELD, on=DAY_AFTER, period=SECOND_QUARTER, there=Presence.BRIEF)
    assert (met.outcome, missed.reason) == (Outcome.MET, Reason.NOT_ALIVE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=30))
def test_many_at_once_are_judged_as_one_by_one(rule: Rule, held: list[int | None]) -> None:
    columns: dict[str, list[str] | list[int | None]] = {"kind": ["branch"] * len(held), "general_assembly": held}
    there = [Presence.FULL] * len(held)
    many = evaluate_many(rule, columns, on=DAY_AFTER, period=SECOND_QUARTER, there=there)
    single = [
        evaluate(rule, {"kind": "branch", "general_assembly": n}, on=DAY_AFTER, period=SECOND_QUARTER) for n in held
    ]
    assert [(v.outcome, v.reason, v.figures) for v in many] == [(v.outcome, v.reason, v.figures) for v in single]
