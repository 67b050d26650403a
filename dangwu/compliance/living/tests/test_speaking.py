"""People's word over verdicts: exemptions, answers, findings of the level above."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import TestCase

from dangwu.compliance.living.catching_up import rebuild
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.duties import Duties, Item, duties_of
from dangwu.compliance.living.tests.living import BY, TODAY, everything, living, numbers
from dangwu.compliance.report import Status
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.compliance.services.speaking import answer, end_exemption, exempt, overrule, withdraw_overruling
from dangwu.foundation.actors import Actor
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation
from tests.cast import COMMITTEE, OFFICE, Bureau

pytestmark = pytest.mark.django_db
THEME_DAY = "theme-day-each-month"
FEBRUARY: dict[str, Any] = {"rule": THEME_DAY, "period": "2026-02"}


class Somebody:
    """Whoever has every right in one subtree."""

    key, name = "account:0", "某人"

    def __init__(self, path: str) -> None:
        self.path = path

    def scope(self, right: str, on: date) -> Scope:  # noqa: ARG002 - the same for every right
        return Scope((TreePath(self.path),), on)

    def holds(self, duty: str) -> bool:  # noqa: ARG002 - none
        return False


@pytest.fixture
def place() -> Bureau:
    return living()


def office(place: Bureau) -> Organisation:
    return place.standings[OFFICE].organisation


def say(service: Callable[..., Any], by: Actor = BY, **told: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
    with TestCase.captureOnCommitCallbacks(execute=True):
        return service(by=by, today=TODAY, **told)


def february(place: Bureau) -> Item | None:
    found: Duties = duties_of(office(place), today=TODAY, rulebook=rulebook_of(()))
    every = (*found.due, *found.missing, *found.done)
    return next((item for item in every if (item.rule, item.period) == (THEME_DAY, "2026-02")), None)


def test_who_is_exempt_owes_nothing_for_as_long(place: Bureau) -> None:
    days: dict[str, Any] = {"since": date(2026, 2, 10), "until": date(2026, 3, 31)}
    say(exempt, organisation=office(place), rule=THEME_DAY, basis="批复", **days)
    found = [numbers(place, OFFICE, THEME_DAY, f"2026-0{month}") for month in (1, 2, 3, 4)]
    assert found == [Numbers(met=1), Numbers(exempt=1), Numbers(exempt=1), Numbers(unmet=1)]


def test_an_exemption_that_ends_earlier_lets_the_rest_be_owed_again(place: Bureau) -> None:
    given = say(exempt, organisation=office(place), rule="", since=date(2026, 2, 1), basis="批复")
    assert numbers(place, OFFICE, THEME_DAY, "2026-03") == Numbers(exempt=1)
    say(end_exemption, row=given, until=date(2026, 2, 28))
    assert numbers(place, OFFICE, THEME_DAY, "2026-03") == Numbers(unmet=1)
    assert numbers(place, OFFICE, THEME_DAY, "2026-02") == Numbers(exempt=1)


@pytest.mark.parametrize("told", [{"basis": " "}, {"rule": "no-such-rule"}, {"until": date(2025, 1, 1)}])
def test_an_exemption_needs_a_basis_a_rule_and_days(place: Bureau, told: dict[str, Any]) -> None:
    given: dict[str, Any] = {"rule": THEME_DAY, "since": date(2026, 2, 1), "basis": "批复"}
    with pytest.raises(ObjectionError):
        say(exempt, organisation=office(place), **(given | told))


def test_an_answer_stands_beside_the_verdict(place: Bureau) -> None:
    say(answer, organisation=office(place), text="二月集中搬家", **FEBRUARY)
    say(answer, organisation=office(place), text="二月集中搬迁，三月补开", **FEBRUARY)
    item = february(place)
    assert item is not None
    assert (item.status, item.answer) == (Status.OVERDUE, "二月集中搬迁，三月补开")


def test_what_is_in_order_needs_no_answer(place: Bureau) -> None:
    with pytest.raises(ObjectionError, match="不需要说明"):
        say(answer, organisation=office(place), rule=THEME_DAY, period="2026-01", text="已经开了")


def test_the_level_above_finds_otherwise_and_says_why(place: Bureau) -> None:
    row = say(overrule, organisation=office(place), word="met", reason="与机关党委合办", **FEBRUARY)
    item = february(place)
    assert item is not None
    assert (item.status, item.text) == (Status.GOOD, "经上级认定为已完成：与机关党委合办")
    say(withdraw_overruling, row=row, reason="查无此事")
    item = february(place)
    assert item is not None
    assert item.status is Status.OVERDUE


def test_a_branch_answers_for_itself_and_the_level_above_decides(place: Bureau) -> None:
    branch, above = (Somebody(place.standings[name].path) for name in (OFFICE, COMMITTEE))
    say(answer, by=branch, organisation=office(place), text="搬迁", **FEBRUARY)
    decision: dict[str, Any] = {"organisation": office(place), "word": "met", "reason": "已查实", **FEBRUARY}
    with pytest.raises(RefusedError):
        say(overrule, by=branch, **decision)
    say(overrule, by=above, **decision)


def test_what_people_said_survives_a_rebuild(place: Bureau) -> None:
    say(exempt, organisation=office(place), rule="", since=date(2026, 3, 1), until=date(2026, 5, 31), basis="批复")
    say(overrule, organisation=office(place), word="not_asked", reason="已查实", **FEBRUARY)
    told = everything(place)
    rebuild(place.unit.pk)
    assert everything(place) == told
