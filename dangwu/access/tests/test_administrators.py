from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from dangwu.access.actors import Visitor
from dangwu.access.models import Account, Administration, Proposal
from dangwu.access.scoping import AccountActor
from dangwu.access.services.accounts import disable_account, open_account
from dangwu.access.services.administrators import agree, begin, propose, propose_end, withdraw
from dangwu.access.tests.conftest import NOW, TODAY
from dangwu.foundation.objections import ObjectionError, RefusedError
from tests.accounts import PASSWORD, Cast, account, actor


def proposed(by: AccountActor, duty: str) -> tuple[Proposal, str]:
    return propose(by=by, duty=duty, proposer=by.account, reason="增设一名", on=TODAY)


def agreed(by: AccountActor, proposal: Proposal) -> str:
    return agree(by=by, proposal=proposal, decider=by.account, now=NOW, on=TODAY)


def begun(code: str) -> Account:
    told: dict[str, Any] = {
        "username": f"n{uuid4().hex[:6]}",
        "name": "新任",
        "password": PASSWORD,
        "now": NOW,
        "on": TODAY,
    }
    return begin(by=Visitor(), code=code, **told)


def end_of(by: AccountActor, who: Account) -> Proposal:
    row = Administration.objects.get(account=who)
    return propose_end(by=by, administration=row, proposer=by.account, reason="工作调整", on=TODAY).proposal


def test_two_of_the_others_make_a_new_administrator(security: AccountActor, audit: AccountActor) -> None:
    proposal, first = proposed(audit, "system")
    second = agreed(security, proposal)
    assert actor(begun(f"{first} {second}"), TODAY).holds("system")


def test_neither_half_is_enough(security: AccountActor, audit: AccountActor) -> None:
    proposal, first = proposed(audit, "system")
    second = agreed(security, proposal)
    for code in (first, second, f"{first}{first}", f"{second}{first}"):
        with pytest.raises(ObjectionError, match="一次性口令不对"):
            begun(code)


def test_nobody_makes_more_of_his_own_kind(security: AccountActor, audit: AccountActor) -> None:
    with pytest.raises(RefusedError):
        proposed(security, "security")
    proposal, _ = proposed(audit, "security")
    with pytest.raises(RefusedError):
        agreed(security, proposal)


def test_nobody_agrees_with_himself(audit: AccountActor) -> None:
    proposal, _ = proposed(audit, "system")
    with pytest.raises(RefusedError):
        agreed(audit, proposal)


def test_two_of_the_same_kind_are_not_two(security: AccountActor, system: AccountActor, audit: AccountActor) -> None:
    proposal, first = proposed(system, "audit")
    second_auditor = actor(begun(f"{first}{agreed(security, proposal)}"), TODAY)
    proposal, _ = proposed(audit, "system")
    with pytest.raises(ObjectionError, match="职责相同"):
        agreed(second_auditor, proposal)


def test_the_last_of_a_duty_stays(audit: AccountActor, cast: Cast) -> None:
    with pytest.raises(ObjectionError, match="至少保留一人"):
        end_of(audit, cast.system)


def test_an_administrator_goes_when_another_is_there(security: AccountActor, audit: AccountActor, cast: Cast) -> None:
    proposal, first = proposed(audit, "system")
    begun(f"{first}{agreed(security, proposal)}")
    agreed(security, end_of(audit, cast.system))
    assert not actor(cast.system, TODAY).holds("system")


def test_a_proposal_of_somebody_who_has_gone_is_void(
    system: AccountActor, security: AccountActor, audit: AccountActor, cast: Cast
) -> None:
    mine, _ = proposed(audit, "security")
    proposal, first = proposed(system, "audit")
    begun(f"{first}{agreed(security, proposal)}")
    agreed(security, end_of(system, cast.audit))
    with pytest.raises(ObjectionError, match="请重新提出"):
        agreed(system, mine)


def test_what_was_withdrawn_is_not_agreed_to(system: AccountActor, security: AccountActor) -> None:
    proposal, _ = proposed(system, "audit")
    withdraw(by=security, proposal=proposal, decider=security.account, on=TODAY)
    with pytest.raises(ObjectionError, match="已经办结"):
        agreed(security, proposal)


def test_the_half_of_a_proposal_dies_after_a_day(security: AccountActor, audit: AccountActor) -> None:
    proposal, first = proposed(audit, "system")
    code = f"{first}{agreed(security, proposal)}"
    told: dict[str, Any] = {"username": "late", "name": "迟到", "password": PASSWORD, "on": TODAY}
    with pytest.raises(ObjectionError):
        begin(by=Visitor(), code=code, now=NOW + timedelta(hours=24), **told)


def test_whoever_opens_accounts_closes_none_of_an_administrator(system: AccountActor, cast: Cast) -> None:
    for who in (cast.security, cast.audit, cast.system):
        with pytest.raises(RefusedError):
            disable_account(by=system, account=who, reason="不再需要", on=TODAY)


def test_nobody_else_opens_accounts(security: AccountActor, audit: AccountActor) -> None:
    for by in (security, audit, actor(account("clerk"), TODAY)):
        with pytest.raises(RefusedError):
            open_account(by=by, username="new", name="新", kind="person", email="", now=NOW, on=TODAY)
