"""Opening a check, performing it, throwing it away."""

import gc
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings

from dangwu.access.scoping import AccountActor
from dangwu.compliance.assessing import Assessment, assess
from dangwu.compliance.clearing import clear
from dangwu.compliance.freezing import freeze
from dangwu.compliance.intake import HandedIn, Taken, read_all, store
from dangwu.compliance.models import Check, Workbook
from dangwu.compliance.policies import is_own, may_open, may_take_back
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.sheets.shapes import UnreadableWorkbookError
from dangwu.organisations.models import Unit
from dangwu.records.standing import activity_kinds
from dangwu.rules.rulebook import Rulebook

Progress = Callable[[str, int], None]
INTERRUPTED = "核对时网站被中断，请重新交一次工作簿。"
FAILED = "核对中途出错，没有保存任何结果。请重试；仍然出错的，请把日志交给管理员。"
# shares of the way, in per cent
READING, STORING, JUDGING, WRITING = (0, 40), (40, 60), (60, 85), (85, 100)


@action("check.open", allow=may_open, trial=True)
def open_check(
    *, by: Actor, workbooks: Sequence[HandedIn], on: date, since: date, packs: Sequence[str], today: date
) -> Check:
    """Keep the check and copies of its workbooks until it is performed. `since` and `on` are both inclusive."""
    unit = Unit(name="本单位", is_trial=True)
    unit.save()
    account = by.account if isinstance(by, AccountActor) else None
    check = Check.objects.create(unit=unit, opened_by=by.key, account=account, on=on, since=since, packs=list(packs))
    for place, handed in enumerate(workbooks):
        name = Path(handed.name).name
        kept = _folder(check) / str(place) / name  # under its own name: it may tell the year or the branch
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(handed.path, kept)
        Workbook.objects.create(check_run=check, role=handed.role, file=name)
    return _told(check)


def perform_check(*, by: Actor, check: Check, progress: Progress | None = None) -> Check:
    """Read, store, judge and write down; the copies of the workbooks are deleted whatever happens.

    A workbook that cannot be read ends the check as refused, with the reason as its message. Reading and judging hold
    no transaction, so that pages can follow the progress; what was stored is taken back where a later step fails.
    """
    told = _Telling(check, progress)
    try:
        _perform(by, check, told)
    except UnreadableWorkbookError as refusal:
        _take_back(by=by, check=check, state=Check.State.REFUSED, message=str(refusal))
    except Exception:
        _take_back(by=by, check=check, state=Check.State.REFUSED, message=FAILED)
        raise
    finally:
        shutil.rmtree(_folder(check), ignore_errors=True)
    return check


def take_up_interrupted(*, by: Actor) -> list[Check]:
    """Make the checks that a stopped worker left half way wait again, with nothing stored; returns them.

    Call it only while no worker runs. One whose workbooks are gone is refused, and asks to be handed in again.
    """
    waiting = []
    for check in Check.objects.filter(state=Check.State.RUNNING):
        if _folder(check).is_dir():
            waiting.append(_take_back(by=by, check=check, state=Check.State.WAITING, message=""))
        else:
            _take_back(by=by, check=check, state=Check.State.REFUSED, message=INTERRUPTED)
    return waiting


@action("check.discard", allow=is_own, trial=True)
def discard_check(*, by: Actor, check: Check) -> None:
    """Delete a check with everything that was read for it."""
    _told(check)
    shutil.rmtree(_folder(check), ignore_errors=True)
    clear(check)
    check.delete()
    check.unit.delete()


def _perform(by: Actor, check: Check, told: "_Telling") -> None:
    rulebook = rulebook_of(check.packs)
    taken = read_all(_handed_in(check), on=check.on, kinds=activity_kinds(), progress=told.within(READING))
    told("正在登记党组织、党员和活动", STORING[0])
    _store(by=by, check=check, taken=taken)
    judging = told.within(JUDGING)
    assessment = assess(
        unit_id=check.unit_id,
        on=check.on,
        since=check.since,
        rulebook=rulebook,
        activities_told=bool(taken.ledgers),
        progress=lambda done, total: judging("正在对照条文逐项核对", done / total),
    )
    told("正在写出结果", WRITING[0])
    _conclude(by=by, check=check, assessment=assessment, rulebook=rulebook)


@action("check.store", allow=is_own, trial=True)
def _store(*, by: Actor, check: Check, taken: Taken) -> Check:
    with _collecting_nothing():
        store(check, taken)
    return _told(check)


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Without the garbage collector, which would look at hundred thousands of rows again and again: all are needed."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


@action("check.conclude", allow=is_own, trial=True)
def _conclude(*, by: Actor, check: Check, assessment: Assessment, rulebook: Rulebook) -> Check:
    freeze(check=check, assessment=assessment, rulebook=rulebook)
    check.state, check.step, check.progress = Check.State.DONE, "", WRITING[1]
    check.save()
    return _told(check)


@action("check.take_back", allow=may_take_back, trial=True)
def _take_back(*, by: Actor, check: Check, state: Check.State, message: str) -> Check:
    """Leave the check in this state with nothing of what was read."""
    clear(check)
    check.problems.all().delete()
    check.state, check.message, check.step, check.progress = state, message, "", 0
    check.save()
    return _told(check)


def _told(check: Check) -> Check:
    """The check, of which the audit tells."""
    open_deed().about(check, place=str(check.root))
    return check


def _handed_in(check: Check) -> list[HandedIn]:
    rows = enumerate(Workbook.objects.filter(check_run=check).order_by("pk"))
    kept = ((row, _folder(check) / str(place) / row.file) for place, row in rows)
    return [HandedIn(Workbook.Role(row.role), path, row.file) for row, path in kept]


def _folder(check: Check) -> Path:
    return Path(settings.HOME) / "uploads" / f"check-{check.pk}"


class _Telling:
    """Keeps how far a check has come, once for each per cent, and tells it on."""

    def __init__(self, check: Check, progress: Progress | None) -> None:
        self.check, self.progress, self.last = check, progress, -1

    def __call__(self, step: str, percent: int) -> None:
        if percent == self.last:
            return
        self.last = percent
        Check.objects.filter(pk=self.check.pk).update(state=Check.State.RUNNING, step=step[:100], progress=percent)
        if self.progress:
            self.progress(step, percent)

    def within(self, bounds: tuple[int, int]) -> Callable[[str, float], None]:
        """A teller of shares (0 to 1) of one part of the way."""
        low, high = bounds
        return lambda step, share: self(step, low + int((high - low) * share))
