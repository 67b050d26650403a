"""What the site does by itself as time goes by: small jobs, each so often, never twice at once.

A module registers its jobs in a file `jobs.py` of its own: `@job("forget-submissions", "…", every=timedelta(days=1))`.
`dangwu tick` runs what is due; it may be started as often as one likes, also twice at the same time.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.module_loading import autodiscover_modules

LOG = logging.getLogger("dangwu.tick")
RETRY = timedelta(minutes=10)
"""A run that did not come to its end, be it by an error or a power cut, is tried again after this."""

Work = Callable[[datetime], str]
"""A job takes the present moment and says in Chinese what it did; nothing where there was nothing to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done every so often. `title` is what people read."""

    name: str
    title: str
    every: timedelta
    work: Work


JOBS: dict[str, Job] = {}
"""Every job by its name."""


class TickRun(models.Model):
    """When a job last began and last came to its end, and what it then said."""

    job = models.CharField("任务", max_length=40, unique=True)
    last_at = models.DateTimeField("上次开始")
    done_at = models.DateTimeField("上次完成", null=True)
    said = models.TextField("结果", blank=True)

    class Meta:
        app_label = "foundation"
        verbose_name = verbose_name_plural = "定时任务"

    def __str__(self) -> str:
        """Which job."""
        return self.job

    @property
    def is_unfinished(self) -> bool:
        """Whether the last run is under way or broke off."""
        return self.done_at is None or self.done_at < self.last_at


def job(name: str, title: str, *, every: timedelta) -> Callable[[Work], Work]:
    """Make a function a job."""

    def register(work: Work) -> Work:
        assert name not in JOBS, f"two jobs are called {name}"
        JOBS[name] = Job(name, title, every, work)
        return work

    return register


def tick(now: datetime, jobs: Sequence[Job] | None = None) -> list[str]:
    """Run every job that is due; the names of those that came to their end. One that fails does not stop the others."""
    last = {run.job: run for run in TickRun.objects.all()}
    mine = every_job() if jobs is None else jobs
    return [each.name for each in mine if _is_due(each, last.get(each.name), now) and _is_run(each, now)]


def every_job() -> list[Job]:
    """The jobs of every app, and of the modules that the settings name."""
    autodiscover_modules("jobs")
    for module in settings.JOBS:
        import_module(module)
    return list(JOBS.values())


def _is_due(each: Job, last: TickRun | None, now: datetime) -> bool:
    """Whether it is time again, or for the first time."""
    if last is None:
        return True
    return now - last.last_at >= (min(each.every, RETRY) if last.is_unfinished else each.every)


def _is_run(each: Job, now: datetime) -> bool:
    """Run a job unless somebody else took this run."""
    try:
        if not _is_claimed(each, now):
            return False
        said = each.work(now)
        TickRun.objects.filter(job=each.name, last_at=now).update(done_at=now, said=said)
    except Exception:  # whatever it is, the others shall run
        LOG.exception("a job failed")
        return False
    return True


def _is_claimed(each: Job, now: datetime) -> bool:
    """Take the run: whoever asks at the same moment waits for the row, and then finds that it is no longer due."""
    try:
        with transaction.atomic():
            run = TickRun.objects.select_for_update().filter(job=each.name).first() or TickRun(job=each.name)
            if run.pk and not _is_due(each, run, now):
                return False
            run.last_at = now
            run.save()
    except IntegrityError:  # somebody else took the first run
        return False
    return True
