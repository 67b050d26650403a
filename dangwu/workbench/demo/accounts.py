"""Accounts to try a demonstration site with. Their password is new at every start and printed; nothing lies ready."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from dangwu.access import codes
from dangwu.access.actors import Visitor
from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.services.accounts import issue_reset_code, open_account
from dangwu.access.services.administrators import begin, issue_first_codes
from dangwu.access.services.appointing import appoint
from dangwu.access.services.passwords import set_password_with_code
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Standing

BY = CommandLine("demo")
CLERK = "wenqing"
ADMINISTRATORS = {"system": ("xitong", "严明"), "security": ("anquan", "方圆"), "audit": ("shenji", "江河")}
REASON = "演示用"


class DemoAccounts(NamedTuple):
    """Who can sign in, by what they are; all with the same password."""

    usernames: Mapping[str, str]
    password: str


def demo_accounts(*, now: datetime, on: date) -> DemoAccounts:
    """Make the accounts where they are missing, and give all of them a new password."""
    password = codes.fresh_half().lower()
    for duty, code in issue_first_codes(by=BY, now=now, on=on).items():
        username, name = ADMINISTRATORS[duty]
        begin(by=Visitor(), code=code, username=username, name=name, password=password, now=now, on=on)
    _appoint_clerk(now, on)
    told = {"党务工作人员": CLERK} | {Administration.Duty(duty).label: who for duty, (who, _) in ADMINISTRATORS.items()}
    for account in Account.objects.filter(username__in=told.values()):
        code = issue_reset_code(by=BY, account=account, now=now, on=on)
        set_password_with_code(by=Visitor(), code=code, password=password, now=now)
    return DemoAccounts(told, password)


def _appoint_clerk(now: datetime, on: date) -> None:
    """Let the clerk work for the highest organisation, if there is one."""
    account: Account | None = Account.objects.filter(username=CLERK).first()
    if account is None:
        told = {"username": CLERK, "name": "文清", "kind": Account.Kind.PERSON, "email": ""}
        account = open_account(by=BY, now=now, on=on, **told).account
    highest = Standing.objects.within(Scope.everything(on)).order_by("path").select_related("organisation").first()
    if highest and not Appointment.objects.unscoped("the demonstration's own").filter(account=account).exists():
        role = Appointment.Role.CLERK
        appoint(by=BY, account=account, organisation=highest.organisation, role=role, since=on, reason=REASON)
