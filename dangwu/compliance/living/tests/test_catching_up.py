"""The standing organisations are judged day by day, and again where something changes."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangwu.compliance.jobs import judge_units
from dangwu.compliance.living.catching_up import advance, catch_up, rebuild, stale
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.rows import every
from dangwu.compliance.living.tests.living import TODAY, everything, hold, living, numbers
from dangwu.compliance.models import Watch
from dangwu.foundation.scope import Scope
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL

pytestmark = pytest.mark.django_db
MET, UNMET, PENDING = Numbers(met=1), Numbers(unmet=1), Numbers(pending=1)
THEME_DAY = "theme-day-each-month"
STATEMENTS = 39  # one of them locks the audit chain where the database has row locks


def test_a_month_that_is_over_is_met_or_unmet_and_the_present_one_pending() -> None:
    place = living()
    found = [numbers(place, OFFICE, THEME_DAY, f"2026-0{month}") for month in (1, 2, 8)]
    assert found == [MET, UNMET, PENDING]
    assert numbers(place, OFFICE, THEME_DAY, "2026-09") is None


def test_an_activity_is_counted_as_soon_as_it_is_recorded() -> None:
    place = living()
    hold(place, OFFICE, "theme_day", "2026-08-03")
    hold(place, OFFICE, "theme_day", "2026-02-03")
    assert numbers(place, OFFICE, THEME_DAY, "2026-08") == MET
    assert numbers(place, OFFICE, THEME_DAY, "2026-02") == MET
    assert stale(Scope.everything(TODAY)) == 0


def test_who_changed_something_waits_for_his_own_alone_and_the_clock_sees_to_the_rest() -> None:
    """Many who record at once would otherwise each judge again what all of them are changing."""
    place = living()
    left = every(Watch).filter(organisation=place.place(PERSONNEL))
    left.update(stale_since=date(2026, 1, 1), stale_until=TODAY)
    hold(place, OFFICE, "theme_day", "2026-08-03")
    assert numbers(place, OFFICE, THEME_DAY, "2026-08") == MET
    assert stale(Scope.everything(TODAY)) == 1
    judge_units(datetime(2026, 8, 20, 12, tzinfo=UTC))
    assert stale(Scope.everything(TODAY)) == 0


def test_one_changed_activity_is_judged_again_with_few_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    place = living()
    monkeypatch.setattr("dangwu.compliance.living.marking.judge_again", lambda *_: None)
    hold(place, OFFICE, "theme_day", "2026-08-03", expected=8, present=8)
    with CaptureQueriesContext(connection) as statements:
        assert catch_up(place.unit.pk) == 1
    assert len(statements) <= STATEMENTS


def test_a_new_day_lets_deadlines_pass_and_periods_begin() -> None:
    place = living()
    advance(place.unit.pk, date(2026, 9, 1))
    assert numbers(place, OFFICE, THEME_DAY, "2026-08") == UNMET
    assert numbers(place, OFFICE, THEME_DAY, "2026-09") == PENDING


def test_what_was_judged_bit_by_bit_is_what_is_judged_as_a_whole() -> None:
    place = living()
    hold(place, OFFICE, "committee_meeting", "2026-03-05", expected=3, present=1)
    hold(place, PERSONNEL, "party_lecture", "2026-06-30", lecturer="钟正", absent=["江河"], hours=2)
    hold(place, CENTRE, "community_rotation", "2026-07-30", took_part=["云帆"], days=3)
    hold(place, COMMITTEE, "organ_assembly", "2026-07-30")
    bit_by_bit = everything(place)
    rebuild(place.unit.pk)
    assert everything(place) == bit_by_bit
