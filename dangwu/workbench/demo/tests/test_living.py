"""The demo site lives: what happened there since 2018 is there on its day."""

from datetime import date

import pytest

from dangwu.foundation.scope import Scope
from dangwu.members.queries import affiliations
from dangwu.organisations.queries import standings
from dangwu.workbench.demo.living import set_up_living_site

TODAY = date(2026, 10, 15)


@pytest.mark.django_db
def test_the_demo_site_can_be_seen_as_of_any_day() -> None:
    site = set_up_living_site(members=60)
    past, now = Scope.everything(date(2025, 8, 31)), Scope.everything(TODAY)
    assert "人事处党支部" in {s.short_name for s in standings(past)}
    assert "组织人事处党支部" in {s.short_name for s in standings(now)}
    assert "行政审批临时窗口党支部" in {s.short_name for s in standings(past)} - {s.short_name for s in standings(now)}
    assert affiliations(now).count() == len(site.people)
