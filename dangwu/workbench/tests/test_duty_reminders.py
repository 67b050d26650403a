"""Whoever is behind with a task is reminded: drafted with what is missing, sent by a person."""

from datetime import timedelta
from uuid import uuid4

import time_machine
from django.test import Client
from django.urls import reverse

from dangwu.duties.services.fulfilling import study
from dangwu.duties.tests.conftest import DAY, DUE, Bureau, bureau, of
from dangwu.notices.models import Addressee, Delivery, Notice
from tests.accounts import actor, sign_in

__all__ = ["bureau"]
AFTER = DUE + timedelta(days=4)


def remind(bureau: Bureau, task: int, whom: str) -> int:
    told = {"idempotency_key": str(uuid4()), "whom": whom}
    with time_machine.travel(f"{AFTER}T09:00+08:00", tick=False):
        return sign_in(Client(), bureau.clerk).post(reverse("duty-remind", args=[task]), told).status_code


def test_those_who_are_late_are_named_with_what_is_missing(bureau: Bureau) -> None:
    task = bureau.directive(bureau.office, bureau.personnel)
    row = of(task, bureau.office)
    study(by=actor(bureau.secretary, DAY), assignment=row, version=row.version, studied_on=DAY, on=DAY)
    assert remind(bureau, task.pk, "late") == 302
    draft = Notice.objects.unscoped("a test").get()
    assert (draft.kind, draft.state) == ("reminder", "draft")
    assert {each.organisation_id: each.why for each in Addressee.objects.of(notice=draft)} == {
        bureau.office.pk: "期限 2026-11-20，已过 4 天，还没有办结",
        bureau.personnel.pk: "期限 2026-11-20，已过 4 天，还没有传达学习、没有办结",
    }
    assert not Delivery.objects.exists()


def test_where_nobody_is_behind_nothing_is_drafted(bureau: Bureau) -> None:
    task = bureau.directive(bureau.office, reports=False)
    row = of(task, bureau.office)
    study(by=actor(bureau.secretary, DAY), assignment=row, version=row.version, studied_on=DAY, on=DAY)
    assert remind(bureau, task.pk, "open") == 422
    assert not Notice.objects.unscoped("a test").exists()
