"""What the site does by itself: what is due, once, whatever else fails."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from dangwu.foundation.audit.models import Checkpoint
from dangwu.foundation.audit.tests.logs import write
from dangwu.foundation.submissions import Submission
from dangwu.foundation.ticking import RETRY, Job, TickRun, every_job, tick

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
Work = Callable[[datetime], str]


def job(work: Work, name: str = "count") -> Job:
    return Job(name, "数数", HOUR, work)


@pytest.mark.django_db
def test_a_job_runs_when_its_time_has_come_and_not_before() -> None:
    moments: list[datetime] = []

    def count(now: datetime) -> str:
        moments.append(now)
        return "数完了"

    jobs = [job(count)]
    for minutes in (0, 1, 59, 60, 61):
        tick(NOW + timedelta(minutes=minutes), jobs)
    assert moments == [NOW, NOW + HOUR]
    assert TickRun.objects.get().said == "数完了"


@pytest.mark.django_db
def test_a_job_that_fails_stops_no_other_and_its_words_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fails(_now: datetime) -> str:
        raise ValueError("林知夏")

    with caplog.at_level(logging.ERROR):
        done = tick(NOW, [job(fails, "fails"), job(lambda _: "好", "works")])
    assert done == ["works"]
    assert [record.getMessage() for record in caplog.records] == ["a job failed"]
    assert TickRun.objects.get(job="fails").is_unfinished


@pytest.mark.django_db
def test_what_broke_off_is_tried_again_soon() -> None:
    TickRun.objects.create(job="count", last_at=NOW)
    jobs = [job(lambda _: "")]
    assert tick(NOW + RETRY - timedelta(seconds=1), jobs) == []
    assert tick(NOW + RETRY, jobs) == ["count"]


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_do_the_work_once() -> None:
    done: list[datetime] = []
    together = Barrier(4)

    def work(now: datetime) -> str:
        done.append(now)
        return ""

    def tick_along() -> None:
        together.wait()
        tick(NOW, [job(work)])
        connection.close()

    threads = [Thread(target=tick_along) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [NOW]


@pytest.mark.django_db
def test_the_foundation_signs_the_log_and_forgets_what_is_over() -> None:
    write()
    Session.objects.create(session_key="over", expire_date=NOW - HOUR)
    Session.objects.create(session_key="open", expire_date=NOW + HOUR)
    Submission.objects.create(key="00000000-0000-4000-8000-000000000001")
    Submission.objects.update(at=NOW - timedelta(days=8))
    assert {"checkpoint", "submissions", "sessions"} <= set(tick(NOW, every_job()))
    assert (Checkpoint.objects.count(), Submission.objects.count()) == (1, 0)
    assert [session.session_key for session in Session.objects.all()] == ["open"]
