"""What is long over stays as it was judged; what comes later is told beside it."""

from datetime import date

import pytest
from django.conf import settings

from dangwu.compliance.living import catching_up
from dangwu.compliance.living.catching_up import advance
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.duties import Item, duties_of
from dangwu.compliance.living.tests.living import hold, living, numbers
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.rules.rulebook import Rulebook
from tests.cast import OFFICE, Bureau

pytestmark = pytest.mark.django_db
BOOK = rulebook_of(())
THEME_DAY = "theme-day-each-month"
START, MUCH_LATER = date(2026, 5, 2), date(2026, 7, 10)


@pytest.fixture
def place() -> Bureau:
    """A bureau that has been judged for ten weeks: May is settled, June is not."""
    place = living(START)
    advance(place.unit.pk, MUCH_LATER)
    return place


def item(place: Bureau, period: str) -> Item:
    found = duties_of(place.standings[OFFICE].organisation, today=MUCH_LATER, rulebook=BOOK)
    every = (*found.due, *found.missing, *found.done)
    return next(item for item in every if (item.rule, item.period) == (THEME_DAY, period))


def test_a_period_is_settled_some_weeks_after_its_end(place: Bureau) -> None:
    assert settings.SETTLED_AFTER == 31
    assert [item(place, f"2026-0{month}").frozen for month in (4, 5, 6)] == [True, True, False]


def test_who_begins_has_time_to_bring_in_what_he_held_before() -> None:
    place = living(START)
    assert not item(place, "2026-01").frozen


def test_what_comes_late_still_counts_before_that(place: Bureau) -> None:
    hold(place, OFFICE, "theme_day", "2026-06-05")
    assert numbers(place, OFFICE, THEME_DAY, "2026-06") == Numbers(met=1)


def test_what_comes_later_is_told_beside_the_settled_verdict(place: Bureau) -> None:
    hold(place, OFFICE, "theme_day", "2026-05-05")
    may = item(place, "2026-05")
    assert may.numbers == Numbers(unmet=1)
    assert may.corrected.startswith("更正后：")
    assert "符合" in may.corrected
    assert not item(place, "2026-04").corrected


def test_another_rulebook_changes_no_settled_verdict(place: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    without = {key: rule for key, rule in BOOK.rules.items() if key != THEME_DAY}
    changed = Rulebook(without, BOOK.documents, BOOK.vocabulary, BOOK.sources)
    monkeypatch.setattr(catching_up, "rulebook_of", lambda _packs: changed)
    advance(place.unit.pk, MUCH_LATER)
    assert numbers(place, OFFICE, THEME_DAY, "2026-05") == Numbers(unmet=1)
    assert numbers(place, OFFICE, THEME_DAY, "2026-06") is None
    assert item(place, "2026-05").text
