"""What an organisation does with what it was handed: passes it on, says how far it is, reports; and what the level that
set the task says to that.
"""

from datetime import date

from dangwu.duties.models import Assignment, Note, Proof, Task
from dangwu.duties.policies import may_fulfil, may_judge
from dangwu.duties.proving import Record, records
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.checks import freely

State = Assignment.State


@action("duty.study", allow=may_fulfil, undo=freely)
def study(
    *,
    by: Actor,
    assignment: Assignment,
    version: int,
    on: date,
    record: int | None = None,
    studied_on: date | None = None,
) -> Assignment:
    """Say that a directive was passed on and studied: at an activity that is recorded, or on a day that is told.

    ObjectionError where the day cannot be, the record is not one of the organisation's, or it is settled already.
    """
    _refuse_settled(assignment)
    named = _named(by, assignment, record, on) if record else None
    day = named.held_on if named else studied_on
    if day is None:
        raise ObjectionError("请选择一次活动，或者填写传达学习的日期。", field="studied_on")
    _refuse_day(day, assignment.task, on)
    assignment.version = version
    assignment.studied_on, assignment.noted_on = min(day, assignment.studied_on or day), on
    if assignment.state == State.HANDED:
        assignment.state = State.STUDIED
    if not assignment.task.reports:
        assignment.done_on = assignment.studied_on
    _keep(assignment)
    if named:
        _prove(assignment, named)
    return assignment


@action("duty.report", allow=may_fulfil, undo=freely)
def report(
    *, by: Actor, assignment: Assignment, version: int, on: date, measures_taken: str, record: int | None = None
) -> Assignment:
    """Report what was done. A directive is settled with that; a measure waits to be confirmed. ObjectionError where a
    directive has not been studied, or it is settled already.
    """
    _refuse_settled(assignment)
    if assignment.task.kind == Task.Kind.DIRECTIVE and assignment.studied_on is None:
        raise ObjectionError("请先登记传达学习，再报告贯彻落实情况。")
    named = _named(by, assignment, record, on) if record else None
    assignment.version = version
    assignment.measures_taken, assignment.reported_on, assignment.state = measures_taken.strip(), on, State.REPORTED
    assignment.return_reason = ""
    if assignment.task.kind == Task.Kind.DIRECTIVE:
        assignment.done_on = on
    _keep(assignment)
    if named:
        _prove(assignment, named)
    return assignment


@action("duty.note", allow=may_fulfil, undo=freely)
def note_progress(*, by: Actor, assignment: Assignment, text: str, on: date) -> Note:
    """Say how far it is."""
    row = Note(unit_id=assignment.unit_id, assignment=assignment, on=on, text=text.strip(), noted_by=by.name)
    row.save()
    open_deed().about(assignment)
    return row


@action("duty.confirm", allow=may_judge, undo=freely)
def confirm(*, by: Actor, assignment: Assignment, version: int, on: date) -> Assignment:
    """Agree that a measure is done; it counts from the day on which it was reported. ObjectionError where nothing was
    reported.
    """
    _refuse_unreported(assignment)
    assignment.version = version
    assignment.state, assignment.confirmed_on, assignment.done_on = State.CONFIRMED, on, assignment.reported_on
    _keep(assignment)
    return assignment


@action("duty.return", allow=may_judge, undo=freely)
def send_back(*, by: Actor, assignment: Assignment, version: int, on: date, reason: str) -> Assignment:
    """Return what was reported, and say why. ObjectionError where nothing was reported."""
    _refuse_unreported(assignment)
    assignment.version = version
    assignment.state, assignment.return_reason = State.RETURNED, reason.strip()
    assignment.confirmed_on = assignment.done_on = None
    _keep(assignment)
    open_deed().reason = reason.strip()
    return assignment


def _keep(assignment: Assignment) -> None:
    assignment.save()
    open_deed().about(assignment)


def _refuse_settled(assignment: Assignment) -> None:
    if assignment.done_on is not None:
        raise ObjectionError("这件事已经办结，不需要再登记。")


def _refuse_unreported(assignment: Assignment) -> None:
    if assignment.state != State.REPORTED:
        raise ObjectionError("承办党组织还没有报告，或者已经处理过了。")


def _refuse_day(day: date, task: Task, on: date) -> None:
    if day > on:
        raise ObjectionError("传达学习的日期不能晚于今天。", field="studied_on")
    if day < task.received_on:
        raise ObjectionError(f"传达学习不能早于收到来文的日期（{task.received_on}），请核对。", field="studied_on")


def _named(by: Actor, assignment: Assignment, record: int, on: date) -> Record:
    """The record that is meant, if it is one of the organisation's own. Raises ObjectionError."""
    recent = records().recent(by.scope("duty.keep", on), assignment.organisation_id)
    found = next((each for each in recent if each.key == record), None)
    if found is None:
        raise ObjectionError("没有找到这次活动，请从列出的活动中选择。", field="record")
    return found


def _prove(assignment: Assignment, named: Record) -> None:
    if Proof.objects.of(assignment=assignment).filter(record=named.key).exists():
        return
    told = {"record": named.key, "held_on": named.held_on, "title": named.title[:300]}
    Proof(unit_id=assignment.unit_id, assignment=assignment, **told).save()
