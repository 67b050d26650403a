"""The calendar and its feed: by day and by night, on wide and narrow screens."""

import pytest
from django.urls import reverse

from tests.browser.test_people_pages import sweep
from tests.browsing import Live
from tests.permissions.world import made_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_month_a_list_and_the_feed(live: Live) -> None:
    world = made_world()
    paths = [reverse("calendar"), f"{reverse('calendar')}?view=list", reverse("calendar-feed")]
    assert sweep(live, world.accounts["clerk"], paths) == []
    assert sweep(live, world.accounts["member"], paths) == []
