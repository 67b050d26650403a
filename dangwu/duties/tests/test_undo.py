"""What was just said of a task can be taken back whole."""

from collections.abc import Callable

import pytest

from dangwu.duties.models import Assignment
from dangwu.duties.services.fulfilling import confirm, note_progress, report, send_back, study
from dangwu.duties.services.setting import hand_on
from dangwu.duties.tests.conftest import DAY, Bureau, of
from tests.accounts import actor
from tests.undoing import assert_taken_back


def studied(bureau: Bureau, row: Assignment) -> Assignment:
    return study(by=actor(bureau.secretary, DAY), assignment=row, version=row.version, studied_on=DAY, on=DAY)


def reported(bureau: Bureau, row: Assignment) -> Assignment:
    by = actor(bureau.secretary, DAY)
    return report(by=by, assignment=row, version=row.version, measures_taken="已逐条落实。", on=DAY)


def confirmed(bureau: Bureau, row: Assignment) -> Assignment:
    return confirm(by=actor(bureau.clerk, DAY), assignment=row, version=row.version, on=DAY)


def returned(bureau: Bureau, row: Assignment) -> Assignment:
    return send_back(by=actor(bureau.clerk, DAY), assignment=row, version=row.version, on=DAY, reason="请补充数据")


def noted(bureau: Bureau, row: Assignment) -> object:
    return note_progress(by=actor(bureau.secretary, DAY), assignment=row, text="已完成一半", on=DAY)


def handed_on(bureau: Bureau, row: Assignment) -> object:
    return hand_on(by=actor(bureau.clerk, DAY), task=row.task, organisations=[bureau.personnel.pk], on=DAY)


DIRECTIVE: dict[str, Callable[[Bureau, Assignment], object]] = {
    "duty.study": studied,
    "duty.note": noted,
    "duty.hand_on": handed_on,
    "duty.report": reported,
}
MEASURE: dict[str, Callable[[Bureau, Assignment], object]] = {"duty.confirm": confirmed, "duty.return": returned}
DEEDS = DIRECTIVE | MEASURE


@pytest.mark.parametrize("verb", DIRECTIVE)
def test_what_is_done_about_a_directive_is_taken_back(bureau: Bureau, verb: str) -> None:
    row = of(bureau.directive(bureau.office), bureau.office)
    if verb == "duty.report":
        studied(bureau, row)
    assert_taken_back(lambda: DEEDS[verb](bureau, row), verb)


@pytest.mark.parametrize("verb", MEASURE)
def test_what_is_decided_on_a_measure_is_taken_back(bureau: Bureau, verb: str) -> None:
    row = of(bureau.measure(bureau.campaign(), bureau.office), bureau.office)
    reported(bureau, row)
    assert_taken_back(lambda: DEEDS[verb](bureau, row), verb)
