"""An organisation fulfils what it was handed; the level above confirms a measure or returns it."""

from datetime import date, timedelta

import pytest

from dangwu.duties.models import Assignment, Proof
from dangwu.duties.services.fulfilling import confirm, note_progress, report, send_back, study
from dangwu.duties.tests.conftest import ARRIVED, DAY, DUE, Bureau, of
from dangwu.foundation.objections import ConflictError, ObjectionError, RefusedError
from tests.accounts import actor, appointed


def studied(bureau: Bureau, row: Assignment, on: date = DAY, **how: object) -> Assignment:
    return study(by=actor(bureau.secretary, on), assignment=row, version=row.version, on=on, **how)  # type: ignore[arg-type]


def reported(bureau: Bureau, row: Assignment, text: str = "已逐条落实。", on: date = DAY) -> Assignment:
    by = actor(bureau.secretary, on)
    return report(by=by, assignment=row, version=row.version, measures_taken=text, on=on)


def test_an_activity_that_is_recorded_shows_that_it_was_studied(bureau: Bureau) -> None:
    row, activity = of(bureau.directive(bureau.office), bureau.office), bureau.held()
    studied(bureau, row, DAY + timedelta(days=2), record=activity.pk)
    assert (row.state, row.studied_on, row.noted_on) == ("studied", DAY, DAY + timedelta(days=2))
    proof = Proof.objects.of(assignment=row).get()
    assert (proof.record, proof.title) == (activity.pk, "主题党日：学习全会精神")


def test_a_directive_is_done_when_it_was_studied_where_no_report_is_asked(bureau: Bureau) -> None:
    row = of(bureau.directive(bureau.office, reports=False), bureau.office)
    studied(bureau, row, studied_on=DAY)
    assert (row.done_on, row.is_late) == (DAY, False)
    with pytest.raises(ObjectionError, match="已经办结"):
        studied(bureau, row, studied_on=DAY)


def test_a_report_comes_after_the_study_and_settles_a_directive(bureau: Bureau) -> None:
    row = of(bureau.directive(bureau.office), bureau.office)
    with pytest.raises(ObjectionError, match="先登记传达学习"):
        reported(bureau, row)
    studied(bureau, row, studied_on=DAY)
    reported(bureau, row, on=DUE + timedelta(days=1))
    assert (row.state, row.done_on, row.is_late) == ("reported", DUE + timedelta(days=1), True)


@pytest.mark.parametrize(
    ("day", "message"),
    [(DAY + timedelta(days=1), "不能晚于今天"), (ARRIVED - timedelta(days=1), "不能早于收到来文"), (None, "请选择")],
)
def test_a_day_of_study_that_cannot_be_is_refused(bureau: Bureau, day: date | None, message: str) -> None:
    row = of(bureau.directive(bureau.office), bureau.office)
    with pytest.raises(ObjectionError, match=message):
        studied(bureau, row, studied_on=day)


def test_an_activity_from_before_the_directive_does_not_serve(bureau: Bureau) -> None:
    row, activity = of(bureau.directive(bureau.office), bureau.office), bureau.held(ARRIVED - timedelta(days=1))
    with pytest.raises(ObjectionError, match="不能早于收到来文"):
        studied(bureau, row, record=activity.pk)


def test_neither_a_confidential_talk_nor_what_others_held_is_taken(bureau: Bureau) -> None:
    row, talk = of(bureau.directive(bureau.office), bureau.office), bureau.held(kind="heart_to_heart_talk", topic="")
    with pytest.raises(ObjectionError, match="没有找到这次活动"):
        studied(bureau, row, record=talk.pk)
    other, theirs = of(bureau.directive(bureau.personnel), bureau.personnel), bureau.held()
    with pytest.raises(ObjectionError, match="没有找到这次活动"):
        study(by=actor(bureau.clerk, DAY), assignment=other, version=other.version, on=DAY, record=theirs.pk)


def test_a_measure_is_done_once_the_level_above_confirms(bureau: Bureau) -> None:
    row = of(bureau.measure(bureau.campaign(), bureau.office), bureau.office)
    reported(bureau, row)
    assert (row.state, row.done_on) == ("reported", None)
    clerk = actor(bureau.clerk, DUE + timedelta(days=3))
    row = confirm(by=clerk, assignment=row, version=row.version, on=DUE + timedelta(days=3))
    assert (row.state, row.done_on, row.is_late) == ("confirmed", DAY, False)


def test_what_is_returned_says_why_and_can_be_reported_again(bureau: Bureau) -> None:
    row = of(bureau.measure(bureau.campaign(), bureau.office), bureau.office)
    reported(bureau, row)
    clerk = actor(bureau.clerk, DAY)
    send_back(by=clerk, assignment=row, version=row.version, on=DAY, reason="请写明整改时限")
    assert (row.state, row.return_reason) == ("returned", "请写明整改时限")
    reported(bureau, row, "已写明时限。")
    assert (row.state, row.return_reason, row.measures_taken) == ("reported", "", "已写明时限。")


def test_nobody_confirms_what_he_reported_himself(bureau: Bureau) -> None:
    row = of(bureau.measure(bureau.campaign(), bureau.office), bureau.office)
    with pytest.raises(ObjectionError, match="还没有报告"):
        confirm(by=actor(bureau.clerk, DAY), assignment=row, version=row.version, on=DAY)
    reported(bureau, row)
    with pytest.raises(RefusedError):
        confirm(by=actor(bureau.secretary, DAY), assignment=row, version=row.version, on=DAY)


def test_a_branch_fulfils_its_own_and_a_supervisor_nothing(bureau: Bureau) -> None:
    row = of(bureau.directive(bureau.personnel), bureau.personnel)
    supervisor = appointed(bureau.committee, role="supervisor", username="supervisor")
    for who in (bureau.secretary, supervisor):
        with pytest.raises(RefusedError):
            note_progress(by=actor(who, DAY), assignment=row, text="已部署", on=DAY)


def test_two_who_report_at_once_lose_nothing(bureau: Bureau) -> None:
    task = bureau.measure(bureau.campaign(), bureau.office)
    mine, theirs = of(task, bureau.office), of(task, bureau.office)
    reported(bureau, mine, "我的")
    with pytest.raises(ConflictError):
        reported(bureau, theirs, "别人的")
    assert of(task, bureau.office).measures_taken == "我的"
