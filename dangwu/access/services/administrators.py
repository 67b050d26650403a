"""The three administrators: how each comes and goes. See docs/adr/0006-three-administrators.md.

A new one is proposed by one of the other two and agreed to by the other; each gets half a code and hands it over. Only
whoever has both halves can open the account, and it is always a new one.
"""

from datetime import date, datetime
from typing import NamedTuple

from dangwu.access import codes
from dangwu.access.models import Account, Administration, OneTimeCode, Proposal
from dangwu.access.policies import is_at_the_machine, is_self
from dangwu.access.services.accounts import new_account
from dangwu.access.services.passwords import SPENT, keep_password, valid_code
from dangwu.access.sessions import end_sessions
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import as_of, close, open_line
from dangwu.foundation.objections import ObjectionError

DUTIES = Administration.Duty


class Proposed(NamedTuple):
    """A proposal, and the half of the code that its proposer keeps; empty where an administrator is to go."""

    proposal: Proposal
    half: str


def may_propose(*, by: Actor, duty: str, **_: object) -> bool:
    """Whether the actor is an administrator of another duty."""
    return not by.holds(duty) and any(by.holds(other) for other in DUTIES)


def may_propose_end(*, by: Actor, administration: Administration, **_: object) -> bool:
    return may_propose(by=by, duty=administration.duty)


def may_agree(*, by: Actor, proposal: Proposal, **_: object) -> bool:
    """Whether the actor has the third duty: neither the one in question nor the proposer's."""
    return may_propose(by=by, duty=proposal.duty) and not is_self(by=by, account=proposal.proposed_by)


def may_withdraw(*, by: Actor, **_: object) -> bool:
    return any(by.holds(duty) for duty in DUTIES)


@action("administrator.first_codes", allow=is_at_the_machine)
def issue_first_codes(*, by: Actor, now: datetime, on: date) -> dict[str, str]:
    """A code for every duty that nobody has: whole, for whoever stands at the machine. Earlier codes are void."""
    open_duties = [duty for duty in DUTIES.values if not holders(duty, on)]
    OneTimeCode.objects.filter(duty__in=open_duties, used=False).update(used=True)
    return {duty: _whole_code(duty, now) for duty in open_duties}


@action("administrator.propose", allow=may_propose)
def propose(*, by: Actor, duty: str, proposer: Account, reason: str, on: date) -> Proposed:
    """Propose one more administrator of a duty."""
    half = codes.fresh_half()
    return Proposed(_proposal(by, proposer, on, duty=duty, reason=reason, first=codes.digest(half)), half)


@action("administrator.propose_end", allow=may_propose_end)
def propose_end(*, by: Actor, administration: Administration, proposer: Account, reason: str, on: date) -> Proposed:
    """Propose that an administrator goes. ObjectionError where nobody else has the duty."""
    _refuse_last(administration, on)
    return Proposed(_proposal(by, proposer, on, duty=administration.duty, ends=administration, reason=reason), "")


@action("administrator.agree", allow=may_agree)
def agree(*, by: Actor, proposal: Proposal, decider: Account, now: datetime, on: date) -> str:
    """Agree: the other half of the code, or the end of the administrator and an empty text.

    ObjectionError where the proposal is not open any more, or its proposer no longer the administrator he was.
    """
    assert is_self(by=by, account=decider)
    _refuse_stale(by, proposal, on)
    _decide(proposal, Proposal.State.AGREED, decider, on)
    if proposal.ends is not None:
        _end(proposal.ends, on)
        return ""
    half = codes.fresh_half()
    OneTimeCode(duty=proposal.duty, first=proposal.first, second=codes.digest(half), until=now + codes.LIFE).save()
    return half


@action("administrator.withdraw", allow=may_withdraw)
def withdraw(*, by: Actor, proposal: Proposal, decider: Account, on: date) -> Proposal:
    """Take a proposal back, or refuse it. ObjectionError where it was decided."""
    assert is_self(by=by, account=decider)
    if proposal.state != Proposal.State.OPEN:
        raise ObjectionError("这项变动已经办结。")
    _decide(proposal, Proposal.State.WITHDRAWN, decider, on)
    return proposal


@action("administrator.begin", allow=anybody)
def begin(*, by: Actor, code: str, username: str, name: str, password: str, now: datetime, on: date) -> Account:
    """Open the account of a new administrator with a code. ObjectionError where the code is not good."""
    row = valid_code(code, now)
    if row is None or not row.duty:
        raise ObjectionError(SPENT, field="code")
    row.used = True
    row.save()
    account = new_account(username=username, name=name, on=on)
    keep_password(account, password)
    open_line(Administration(account=account, duty=row.duty, valid_from=on))
    return account


def holders(duty: str, on: date) -> list[Administration]:
    """The administrators of a duty on a day, locked until the transaction ends."""
    rows = Administration.objects.filter(as_of(on), duty=duty, account__is_active=True)
    return list(rows.select_for_update().order_by("pk"))


def _whole_code(duty: str, now: datetime) -> str:
    first, second = codes.fresh_half(), codes.fresh_half()
    OneTimeCode(duty=duty, first=codes.digest(first), second=codes.digest(second), until=now + codes.LIFE).save()
    return f"{first}-{second}"


def _proposal(by: Actor, proposer: Account, on: date, **told: object) -> Proposal:
    assert is_self(by=by, account=proposer)
    proposal = Proposal(proposed_by=proposer, proposed_on=on, **told)
    proposal.save()
    open_deed().about(proposal)
    open_deed().reason = proposal.reason
    return proposal


def _refuse_stale(by: Actor, proposal: Proposal, on: date) -> None:
    if proposal.state != Proposal.State.OPEN:
        raise ObjectionError("这项变动已经办结。")
    duties = [row.duty for row in Administration.objects.filter(as_of(on), account=proposal.proposed_by)]
    if not proposal.proposed_by.is_active or not duties or by.holds(duties[0]) or proposal.duty in duties:
        raise ObjectionError("提出人与您职责相同，或者已不是管理员。须由另外两类管理员各一人办理，请重新提出。")


def _decide(proposal: Proposal, state: str, decider: Account, on: date) -> None:
    proposal.state, proposal.decided_by, proposal.decided_on = state, decider, on
    proposal.save()
    open_deed().about(proposal)


def _refuse_last(administration: Administration, on: date) -> None:
    if not administration.in_force(on):
        raise ObjectionError("这名管理员已经免去。")
    if all(row.pk == administration.pk for row in holders(administration.duty, on)):
        raise ObjectionError("每类管理员至少保留一人。请先增设接替的人，再免去这一名。")


def _end(administration: Administration, on: date) -> None:
    _refuse_last(administration, on)
    close(administration, on=on)
    end_sessions(administration.account)
