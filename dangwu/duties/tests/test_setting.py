"""Directives arrive and are handed on; campaigns are broken down into measures."""

from datetime import date, timedelta

import pytest

from dangwu.duties.models import Assignment
from dangwu.duties.queries import assignments, number_open, open_duties, tasks
from dangwu.duties.services.fulfilling import study
from dangwu.duties.services.setting import edit_task, hand_on, receive_directive
from dangwu.duties.tests.conftest import ARRIVED, DAY, DUE, Bureau, of
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.foundation.scope import Scope
from dangwu.members.services.posts import leave_post
from tests.accounts import actor

LATER = date(2026, 12, 10)


def test_a_directive_is_handed_to_each_organisation_once(bureau: Bureau) -> None:
    task, by = bureau.directive(bureau.office), actor(bureau.clerk, DAY)
    hand_on(by=by, task=task, organisations=[bureau.office.pk, bureau.personnel.pk], on=DAY)
    handed = {row.organisation_id: (row.handed_on, row.due_on) for row in Assignment.objects.of(task=task)}
    assert handed == {bureau.office.pk: (ARRIVED, DUE), bureau.personnel.pk: (DAY, DUE)}
    with pytest.raises(ObjectionError, match="已经布置过"):
        hand_on(by=by, task=task, organisations=[bureau.office.pk], on=DAY)


def test_nothing_is_handed_to_whoever_stands_elsewhere(bureau: Bureau) -> None:
    with pytest.raises(ObjectionError, match="下面"):
        bureau.directive(bureau.elsewhere)


def test_a_branch_sets_no_task_for_the_committee(bureau: Bureau) -> None:
    told = {"title": "越级", "received_on": ARRIVED, "due_on": DUE, "on": DAY}
    with pytest.raises(RefusedError):
        receive_directive(by=actor(bureau.secretary, DAY), organisation=bureau.committee, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "message"),
    [({"received_on": DUE}, "不能晚于今天"), ({"due_on": date(2026, 11, 1)}, "不早于 2026-11-02")],
)
def test_days_that_cannot_be_are_refused(bureau: Bureau, days: dict[str, date], message: str) -> None:
    with pytest.raises(ObjectionError, match=message):
        bureau.directive(**days)


def test_measures_are_numbered_and_due_within_their_campaign(bureau: Bureau) -> None:
    campaign = bureau.campaign()
    first, second = bureau.measure(campaign), bureau.measure(campaign)
    assert (first.number, second.number) == (1, 2)


def test_a_new_deadline_goes_over_to_whoever_has_not_done_it(bureau: Bureau) -> None:
    task = bureau.directive(bureau.office, bureau.personnel, reports=False)
    row = of(task, bureau.office)
    study(by=actor(bureau.secretary, DAY), assignment=row, version=row.version, studied_on=DAY, on=DAY)
    changed = {"title": task.title, "asks": "", "due_on": LATER, "post": ""}
    edit_task(by=actor(bureau.clerk, DAY), task=task, version=task.version, on=DAY, **changed)  # type: ignore[arg-type]
    assert (of(task, bureau.office).due_on, of(task, bureau.personnel).due_on) == (DUE, LATER)


def test_whoever_holds_the_post_answers_and_then_his_successor(bureau: Bureau) -> None:
    first = bureau.officer("钟正", date(2025, 3, 1))
    bureau.measure(bureau.campaign(), bureau.office, post="secretary")
    post = first.posts.unscoped("a test").get()
    leave_post(by=actor(bureau.clerk, DAY), row=post, on=DAY)
    bureau.officer("文清", DAY)
    who = [assignments(Scope.everything(on)).get().holder for on in (ARRIVED, DAY)]
    assert who == ["钟正", "文清"]


def test_what_is_open_is_told_with_its_deadline_and_page(bureau: Bureau) -> None:
    task = bureau.directive(bureau.office)
    mine = actor(bureau.secretary, DAY).scope("duty.see", DAY)
    assert open_duties(mine, DAY) == [(task.title, DUE, bureau.office.pk, "duty", of(task, bureau.office).pk)]
    assert open_duties(mine, date(2026, 11, 1)) == []
    before, after = date(2026, 11, 1), DUE + timedelta(days=1)
    assert [number_open(mine, day) for day in (before, DAY, after)] == [(0, 0), (1, 0), (1, 1)]


def test_a_committee_counts_who_has_passed_on_and_who_is_late(bureau: Bureau) -> None:
    task = bureau.directive(bureau.office, bureau.personnel)
    row = of(task, bureau.office)
    study(by=actor(bureau.secretary, DAY), assignment=row, version=row.version, studied_on=DAY, on=DAY)
    told = tasks(actor(bureau.clerk, LATER).scope("duty.see", LATER)).get()
    assert (told.handed, told.studied, told.done, told.overdue) == (2, 1, None, 2)
