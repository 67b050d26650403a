"""People who can sign in: accounts in every position that matters, and clients that are signed in as them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.scoping import AccountActor
from dangwu.access.services.accounts import new_account
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.history import open_line
from dangwu.organisations.models import Organisation

PASSWORD = "院里那棵槐树今年开了两回花"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STAGE = CommandLine("cast")
DUTIES = tuple(Administration.Duty.values)


@cache
def hashed_password() -> str:
    """The hash takes its time on purpose, so it is made once."""
    return make_password(PASSWORD)


def account(username: str, name: str = "", duty: str = "") -> Account:
    """An account with a password and, where a duty is told, an administrator's since ever."""
    return _account(by=STAGE, username=username, name=name or username, duty=duty)


def appointed(
    to: Organisation, *, role: str = Appointment.Role.CLERK, username: str = "clerk", who: Account | None = None
) -> Account:
    """An account with a role in an organisation since ever; a new one, or the one that is told."""
    row = who or account(username)
    _appoint(by=STAGE, account=row, to=to, role=role)
    return row


def rewrite(row: Account, **columns: object) -> Account:
    """The account with other columns."""
    return _rewrite(by=STAGE, row=row, columns=columns)


@action("cast.account", allow=anybody)
def _account(*, by: Actor, username: str, name: str, duty: str) -> Account:  # noqa: ARG001 - every action has it
    row = new_account(username=username, name=name, on=date(2026, 1, 1))
    row.password = hashed_password()
    row.save()
    if duty:
        open_line(Administration(account=row, duty=duty))
    return row


@action("cast.appoint", allow=anybody)
def _appoint(*, by: Actor, account: Account, to: Organisation, role: str) -> None:  # noqa: ARG001 - every action has it
    open_line(Appointment(unit_id=to.unit_id, account=account, organisation=to, role=role))


@action("cast.rewrite", allow=anybody)
def _rewrite(*, by: Actor, row: Account, columns: Mapping[str, object]) -> Account:  # noqa: ARG001 - every action has it
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    return row


@dataclass
class Cast:
    """The three administrators, and somebody without any right."""

    system: Account
    security: Account
    audit: Account
    nobody: Account


def cast_of_accounts() -> Cast:
    """Three administrators and somebody who may only see himself."""
    system, security, audit = (account(duty, duty=duty) for duty in DUTIES)
    return Cast(system, security, audit, account("nobody", name="白丁"))


def actor(who: Account, on: date | None = None) -> AccountActor:
    """An account as it acts on a day, which is today where none is told."""
    return AccountActor(who, on or timezone.localdate())


def long_signed_in(client: Client) -> None:
    """Let the proofs of a client that is signed in be of long ago."""
    session = client.session
    session[METHODS] = [{**proof, "at": 0} for proof in session[METHODS]]
    session.save()


def sign_in(client: Client, who: Account, *, second_factor: bool = True) -> Client:
    """The client, signed in as an account that has just proved who it is, with its second factor where it needs one."""
    client.force_login(who, backend=BACKEND)
    session = client.session
    at = timezone.now().timestamp()
    proofs = [{"method": "password", "at": at, "reauthenticated": True}]
    session[METHODS] = [*proofs, {"method": "mfa", "at": at, "type": "totp"}] if second_factor else proofs
    session[WHOSE] = str(who.pk)
    session.save()
    UserSession.objects.get_or_create(
        session_key=session.session_key, defaults={"user": who, "ip": "127.0.0.1", "user_agent": "test"}
    )
    return client
