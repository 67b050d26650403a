"""What somebody asks to be corrected about himself, and what is answered."""

from datetime import date
from typing import Any

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import Dated
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.sealing.sealed import seal
from dangwu.members.correctable import Correctable, correctable, row_of_request
from dangwu.members.models import Admission, CorrectionRequest, Person
from dangwu.members.policies import is_own, may_keep_request
from dangwu.members.queries import rows_of
from dangwu.members.services.admitting import describe_admission
from dangwu.members.services.lines import correct_row
from dangwu.members.services.registering import describe_person, identity_number

LABEL = "members.correctionrequest.sealed"
State = CorrectionRequest.State


@action("correction.ask", allow=is_own)
def ask_correction(
    *, by: Actor, person: Person, column: str, on: date, wanted: str, row: int | None = None, note: str = ""
) -> CorrectionRequest:
    """Ask that what is held about oneself is put right. `column` is a label of the registry, `row` the dated row it is
    in; `wanted` is written as the column keeps it (2001-07-01, a choice by its key). Raises ObjectionError.
    """
    target = correctable(column)
    if target is None:
        raise ObjectionError("这一项由系统生成，随其他内容一起更新，不需要单独更正。")
    open_ones = rows_of(person, CorrectionRequest).filter(state=State.ASKED)
    if open_ones.filter(column=column, row=row).exists():
        raise ObjectionError("这一项您已经提出过更正，正在办理。", field="wanted")
    request = CorrectionRequest(unit_id=person.unit_id, person=person, column=column, row=row, note=note.strip())
    request.asked_by, request.asked_on = _account_of(by), on
    _keep(request, target, wanted.strip())
    request.save()
    open_deed().about(person)
    return request


@action("correction.accept", allow=may_keep_request)
def accept_correction(
    *, by: Actor, request: CorrectionRequest, version: int, on: date, answer: str = ""
) -> CorrectionRequest:
    """Agree, and change what is kept in the same action. What only a change of its own can put right (where somebody
    belongs, his posts) has been done by whoever agrees. Raises ObjectionError, ConflictError.
    """
    target = correctable(request.column)
    if target is not None and target.is_applied:
        _apply(by, request, target, on)
    return _answered(by, request, version, State.ACCEPTED, answer, on)


@action("correction.decline", allow=may_keep_request)
def decline_correction(
    *, by: Actor, request: CorrectionRequest, version: int, on: date, answer: str
) -> CorrectionRequest:
    """Leave it as it is, and tell him why. Raises ObjectionError, ConflictError."""
    if not answer.strip():
        raise ObjectionError("请写明不更正的理由，本人可以看到。", field="answer")
    return _answered(by, request, version, State.DECLINED, answer, on)


def _keep(request: CorrectionRequest, target: Correctable, wanted: str) -> None:
    """Put what is wanted into the request, where it is something that the column can hold."""
    if target.is_sealed:
        if not wanted:
            raise ObjectionError(f"请填写正确的{target.title}。", field="wanted")
        plain = _checked_identity(wanted) if target.name == "identity" else wanted
        request.sealed = seal(plain, owner=request.uid, field=LABEL)
        return
    if target.is_applied:
        target.value_of(wanted)
    request.wanted = wanted


def _checked_identity(wanted: str) -> str:
    try:
        return identity_number(wanted)
    except ObjectionError as objection:
        raise ObjectionError(objection.message, field="wanted") from objection


def _apply(by: Actor, request: CorrectionRequest, target: Correctable, on: date) -> None:
    reason = f"本人申请更正{target.title}" + (f"：{request.note}" if request.note else "")
    told: dict[str, Any] = {target.name: _wanted(request, target)}
    row = row_of_request(request)
    if isinstance(row, Admission):
        describe_admission(by=by, person=row.person, version=row.version, on=on, reason=reason, told=told)
    elif isinstance(row, Dated):
        correct_row(by=by, row=row, version=row.version, reason=reason, on=on, told=told)
    else:
        describe_person(by=by, person=row, version=row.version, on=on, reason=reason, told=told)


def _wanted(request: CorrectionRequest, target: Correctable) -> object:
    if target.is_sealed:
        assert request.sealed is not None
        return request.sealed.open("办理本人提出的更正")
    return target.value_of(request.wanted)


def _answered(
    by: Actor, request: CorrectionRequest, version: int, state: str, answer: str, on: date
) -> CorrectionRequest:
    if request.state != State.ASKED:
        raise ObjectionError("这项申请已经办结。")
    request.version = version
    request.state, request.answer, request.answered_on = state, answer.strip(), on
    request.answered_by = by.account if isinstance(by, AccountActor) else None
    request.save()
    open_deed().about(request.person)
    return request


def _account_of(by: Actor) -> Account:
    assert isinstance(by, AccountActor), "the policy lets only an account ask for itself"
    return by.account
