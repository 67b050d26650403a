"""What was asked, done and missed is what is kept: the handbook, the page and the matrix tell the same."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from dangwu.compliance.living.catching_up import advance, catch_up, rebuild
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.duties import duties_of
from dangwu.compliance.living.matrix import matrix
from dangwu.compliance.models import DutyState, Word
from dangwu.compliance.rulebooks import every_rule
from dangwu.compliance.services.speaking import exempt, overrule
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.scope import Scope
from dangwu.workbench.papers.duties import Duty, duties_of_each, failing
from dangwu.workbench.papers.tests.conftest import judged
from tests.cast import CENTRE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
LAST, LATER = date(2026, 12, 31), date(2027, 6, 1)
ASSEMBLY, THEME = "general-assembly-each-quarter", "theme-day-each-month"
QUORUM = "general-assembly-quorum"


@pytest.fixture(autouse=True)
def _judged(place: Bureau) -> None:
    judged(place, LAST)


def duties(place: Bureau, where: str, on: date = LAST) -> dict[str, Duty]:
    standing = place.standings[where]
    return {duty.item.rule: duty for duty in duties_of_each([standing], 2026, on)[standing.organisation_id]}


def said(place: Bureau) -> None:
    """The office owes no theme day in summer, and the committee above found otherwise of an assembly."""
    told: dict[str, Any] = {"by": CommandLine("test"), "organisation": place.standings[OFFICE].organisation}
    exempt(rule=THEME, basis="装修停用", since=date(2026, 6, 1), until=date(2026, 8, 31), today=LAST, **told)
    overrule(rule=ASSEMBLY, period="2026Q1", word=Word.MET, reason="与上级同开", today=LAST, **told)
    catch_up(place.unit.pk)


def test_what_was_done_is_counted_and_what_is_missing_says_why(place: Bureau) -> None:
    advance(place.unit.pk, date(2027, 1, 1))
    its = duties(place, OFFICE, date(2027, 1, 1))[ASSEMBLY]
    assert (its.each, its.done, its.numbers.unmet, its.numbers.pending) == ("每季度", 1, 3, 0)
    assert its.missing[0].startswith("2026年第一季度一般应召开党员大会 1 次")
    assert its.clause == "《中国共产党支部工作条例（试行）》第11条"


def test_what_may_still_be_done_is_not_missing(place: Bureau) -> None:
    assert duties(place, OFFICE)[ASSEMBLY].numbers.pending == 1


def test_each_organisation_has_its_own_though_all_are_read_at_once(place: Bureau) -> None:
    standings = [place.standings[name] for name in (OFFICE, PERSONNEL, CENTRE)]
    found = duties_of_each(standings, 2026, LAST)
    for standing in standings:
        assert found[standing.organisation_id] == duties_of_each([standing], 2026, LAST)[standing.organisation_id]
    assert duties(place, PERSONNEL)[ASSEMBLY].numbers.unmet == 3
    assert duties(place, CENTRE)[ASSEMBLY].done == 0


def test_what_concerns_members_is_a_number_and_an_activity_is_told_by_its_day(place: Bureau) -> None:
    place.held(OFFICE, "general_assembly", "2026-07-02", topic="讨论决定", expected=8, present=3, in_favour=3)
    advance(place.unit.pk, date(2027, 1, 1))
    rebuild(place.unit.pk)
    told = duties(place, OFFICE, date(2027, 1, 1))
    of_members = [duty for duty in failing(list(told.values())) if duty.rule and duty.rule.shape.subject == "member"]
    assert "2026年有8人未达到。" in {why for duty in of_members for why in duty.missing}
    assert [why.split("，不足")[0] for why in told[QUORUM].missing] == ["7月2日：应到有表决权的党员 8 人，实到 3 人"]


def test_what_people_found_counts_and_is_told(place: Bureau) -> None:
    before = duties(place, OFFICE)
    said(place)
    told = duties(place, OFFICE)
    assert told[ASSEMBLY].done == before[ASSEMBLY].done + 1
    assert told[THEME].numbers.exempt == 3
    assert told[THEME].numbers.unmet == before[THEME].numbers.unmet - 3
    assert not any("2026年6月" in why for why in told[THEME].missing)


def test_what_is_settled_is_told_in_its_own_words(place: Bureau) -> None:
    advance(place.unit.pk, LATER)
    DutyState.objects.unscoped("a test").filter(rule=ASSEMBLY, period="2026Q1").update(text="当时的说明。")
    assert duties(place, OFFICE, LATER)[ASSEMBLY].missing[0] == "当时的说明。"


@pytest.mark.parametrize("on", [LAST, LATER])
def test_the_page_and_the_matrix_tell_the_same(place: Bureau, on: date) -> None:
    said(place)
    advance(place.unit.pk, on)
    standing, told = place.standings[OFFICE], duties(place, OFFICE, on)
    shown = matrix(Scope.everything(on), 2026, today=on, rulebook=every_rule())
    (line,) = (line for line in shown.lines if line.place.organisation == standing.organisation_id)
    cells = {duty.rule: cell for duty, cell in zip(shown.duties, line.cells, strict=True) if duty.rule in told}
    in_matrix = {rule: (cell.due, cell.done) for rule, cell in cells.items()}
    assert {rule: (duty.done + duty.numbers.unmet, duty.done) for rule, duty in told.items()} == in_matrix
    found = duties_of(standing.organisation, today=on, rulebook=every_rule(), year=2026)
    on_page: dict[str, list[Numbers]] = defaultdict(list)
    for item in (*found.due, *found.missing, *found.done):
        on_page[item.rule].append(item.numbers)
    sums = {rule: Numbers(*map(sum, zip(*rows, strict=True)))[:4] for rule, rows in on_page.items()}
    assert {rule: duty.numbers[:4] for rule, duty in told.items() if any(duty.numbers[:4])} == sums
