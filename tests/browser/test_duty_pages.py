"""Every page of tasks and notices: by day and by night, on wide and narrow screens."""

import pytest
from django.urls import reverse

from tests.browser.test_people_pages import sweep
from tests.browsing import Live
from tests.permissions.world import World, made_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_THE_CLERK = {
    "": "duties duty-tasks directive-new campaigns campaign-new notices notices-kept notice-new notice-channels",
    "task": "duty-task duty-task-edit duty-hand-on duty-remind",
    "campaign": "campaign measure-new",
    "duty": "duty duty-confirm duty-return",
    "notice": "notice",
    "draft": "notice notice-edit notice-send notice-discard",
    "addressee": "notice-drop",
    "committee": "notice-channel",
}
OF_THE_SECRETARY = {
    "": "duties notices",
    "duty": "duty duty-report duty-note duty-study",
    "delivery": "notice-read",
}


def paths(world: World, pages: dict[str, str]) -> list[str]:
    names = [(name, key) for key, each in pages.items() for name in each.split()]
    return [reverse(name, kwargs=dict(world.arguments.get(key, {}))) for name, key in names]


def test_pages_of_a_committee(live: Live) -> None:
    world = made_world()
    by_organisation = f"{reverse('campaign', kwargs=dict(world.arguments['campaign']))}?by=organisation"
    assert sweep(live, world.accounts["clerk"], [*paths(world, OF_THE_CLERK), by_organisation]) == []


def test_pages_of_a_branch(live: Live) -> None:
    world = made_world()
    assert sweep(live, world.accounts["secretary"], paths(world, OF_THE_SECRETARY)) == []
