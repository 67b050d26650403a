"""Each kind of requirement at its boundary."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.rules.kinds import KINDS, Judged, Question, rate_of
from dangwu.rules.shapes import Band

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
BANDS = (
    Band(rate=Fraction(1, 200), up_to=Fraction(3000)),
    Band(rate=Fraction(1, 100), up_to=Fraction(5000)),
    Band(rate=Fraction(3, 200), up_to=Fraction(10000)),
    Band(rate=Fraction(1, 50)),
)


def ask(kind: str, facts: dict[str, Any], values: dict[str, Any] | None = None, **names: str) -> Judged | None:
    on = facts.pop("on", date(2026, 10, 15))
    return KINDS[kind](Question(facts, values or {}, on), **names)


@pytest.mark.parametrize(("present", "meets"), [(9, False), (10, True)])
def test_half_suffices_for_a_quorum_of_half_or_more(present: int, meets: bool) -> None:
    judged = ask(
        "share_at_least", {"there": present, "all": 20}, {"half": HALF}, part="there", whole="all", value="half"
    )
    assert judged == Judged(meets, {"needed": 10})


@pytest.mark.parametrize(("yes", "carried"), [(10, False), (11, True)])
def test_half_does_not_suffice_for_more_than_half(yes: int, carried: bool) -> None:
    judged = ask("share_over", {"yes": yes, "all": 20}, {"half": HALF}, part="yes", whole="all", value="half")
    assert judged == Judged(carried, {"needed": 11})


@given(part=st.integers(0, 500), whole=st.integers(1, 500))
def test_shares_agree_with_exact_division(part: int, whole: int) -> None:
    facts, names = {"p": part, "w": whole}, {"part": "p", "whole": "w", "value": "v"}
    at_least = ask("share_at_least", dict(facts), {"v": TWO_THIRDS}, **names)
    over = ask("share_over", dict(facts), {"v": TWO_THIRDS}, **names)
    assert at_least is not None
    assert over is not None
    assert at_least.held == (3 * part >= 2 * whole)
    assert over.held == (3 * part > 2 * whole)


@pytest.mark.parametrize("kind", ["share_at_least", "share_over"])
def test_nobody_expected_cannot_be_judged(kind: str) -> None:
    assert ask(kind, {"p": 0, "w": 0}, {"v": HALF}, part="p", whole="w", value="v") is None


@pytest.mark.parametrize(
    ("on", "held"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False), (date(2026, 10, 1), False)]
)
def test_a_term_becomes_a_task_before_it_ends(on: date, held: bool) -> None:
    facts = {"on": on, "from": date(2023, 10, 1), "to": None}
    values = {"years": Fraction(3), "notice": Fraction(6)}
    judged = ask("term_not_over", facts, values, started="from", until="to", years="years", notice="notice")
    assert judged == Judged(held, {"term_end": date(2026, 10, 1)}, deadline=date(2026, 10, 1))


def test_a_term_without_any_date_cannot_be_judged() -> None:
    values = {"years": Fraction(3), "notice": Fraction(6)}
    facts = {"from": None, "to": None}
    assert ask("term_not_over", facts, values, started="from", until="to", years="years", notice="notice") is None


@pytest.mark.parametrize(
    ("done", "held", "late"),
    [(None, False, False), (date(2026, 9, 30), True, False), (date(2026, 10, 1), True, True)],
)
def test_what_follows_within_a_month_ends_on_the_last_day_of_a_short_one(
    done: date | None,
    held: bool,
    late: bool,
) -> None:
    facts = {"asked": date(2026, 8, 31), "talked": done}
    judged = ask("done_within_months", facts, {"month": Fraction(1)}, since="asked", done="talked", value="month")
    assert judged is not None
    assert (judged.deadline, judged.held, judged.late) == (date(2026, 9, 30), held, late)


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("3000", "15.00"),
        ("3001", "30.01"),
        ("5000", "50.00"),
        ("5001", "75.02"),
        ("10000", "150.00"),
        ("10001", "200.02"),
    ],
)
def test_dues_take_the_rate_of_the_whole_base(base: str, due: str) -> None:
    facts = {"base": Fraction(base), "paid": Fraction(due)}
    judged = ask("rate_by_band", facts, {"bands": BANDS}, base="base", paid="paid", bands="bands")
    assert judged is not None
    assert (judged.held, str(judged.figures["due_amount"])) == (True, due)


@given(base=st.integers(0, 3_000_000))
def test_a_higher_base_never_has_a_lower_rate(base: int) -> None:
    assert rate_of(BANDS, Fraction(base, 100)) <= rate_of(BANDS, Fraction(base + 1, 100))
