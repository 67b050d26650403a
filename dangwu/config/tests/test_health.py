import time
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dangwu.config.health import STUCK, Watch, all_well


def waiting_task(since: timedelta) -> None:
    now = timezone.now()
    task = DBTaskResult.objects.create(args_kwargs={}, task_path="a.b", backend_name="default", run_after=now - since)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=now - since)


def test_a_process_says_that_it_lives_without_asking_the_database() -> None:
    answer = Client().get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_site_that_works_is_ready() -> None:
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_health_can_be_asked_and_nothing_more(address: str) -> None:
    assert Client().post(address).status_code == 405


@pytest.mark.django_db
def test_being_ready_costs_two_small_queries() -> None:
    all_well()
    with CaptureQueriesContext(connection) as queries:
        assert all_well()
    assert len(queries) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "well"), [(timedelta(seconds=-60), True), (timedelta(seconds=60), False)])
def test_a_task_that_waits_too_long_shows_that_nobody_works(late: timedelta, *, well: bool) -> None:
    waiting_task(STUCK + late)
    assert all_well() is well


@pytest.mark.django_db
def test_a_disk_that_takes_no_files_is_not_ready(tmp_path: Path) -> None:
    with override_settings(HOME=tmp_path / "gone"):
        assert not Watch(all_well).well()


def test_what_hangs_is_not_ready_and_is_not_asked_twice() -> None:
    asked, release = [], Event()

    def hang() -> bool:
        asked.append(1)
        return release.wait(10)

    watch = Watch(hang, patience=0.05)
    started = time.monotonic()
    assert not watch.well()
    assert not watch.well()
    assert time.monotonic() - started < 1
    assert len(asked) == 1
    release.set()


def test_an_answer_holds_for_a_moment() -> None:
    answers = iter([True, False])
    watch = Watch(lambda: next(answers))
    assert [watch.well() for _ in range(20)] == [True] * 20


def test_a_check_that_fails_is_told_as_not_ready_without_a_word_more() -> None:
    def fail() -> bool:
        raise OSError("/secret/place")

    assert not Watch(fail).well()
