"""Accounts to try a demonstration site with. Their password is new at every start and printed; nothing lies ready."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from dangwu.access import codes
from dangwu.access.actors import Visitor
from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.services.accounts import issue_reset_code, open_account
from dangwu.access.services.administrators import begin, issue_first_codes
from dangwu.access.services.appointing import appoint
from dangwu.access.services.passwords import set_password_with_code
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import FAR
from dangwu.members.models import Person, Post
from dangwu.members.queries import people
from dangwu.members.services.accounts import link_account
from dangwu.organisations.models import OrganisationKind
from dangwu.organisations.queries import standings

BY = CommandLine("demo")
CLERK, SECRETARY, MEMBER = "clerk", "shuji", "dangyuan"
OFFICE = "办公室党支部"
ADMINISTRATORS = {"system": ("xitong", "严明"), "security": ("anquan", "方圆"), "audit": ("shenji", "江河")}
REASON = "演示用"


class DemoAccounts(NamedTuple):
    """Who can sign in, by what they are; all with the same password."""

    usernames: Mapping[str, str]
    password: str


def demo_accounts(*, now: datetime, on: date) -> DemoAccounts:
    """Make the accounts where they are missing, and give all of them a new password."""
    password = _fresh_password()
    for duty, code in issue_first_codes(by=BY, now=now, on=on).items():
        username, name = ADMINISTRATORS[duty]
        begin(by=Visitor(), code=code, username=username, name=name, password=password, now=now, on=on)
    told = {"党务工作人员（机关党委）": CLERK, **_people(now, on)}
    told |= {str(Administration.Duty(duty).label): username for duty, (username, _) in ADMINISTRATORS.items()}
    _appoint_clerk(now, on)
    for account in Account.objects.filter(username__in=told.values()):
        code = issue_reset_code(by=BY, account=account, now=now, on=on)
        set_password_with_code(by=Visitor(), code=code, password=password, now=now)
    return DemoAccounts(told, password)


def _fresh_password() -> str:
    """A password by chance; one that happens to look easy is not taken."""
    while True:
        password = f"{codes.fresh_half()}-{codes.fresh_half()}".lower()
        with suppress(ValidationError):
            validate_password(password)
            return password


def _people(now: datetime, on: date) -> dict[str, str]:
    """The secretary of a branch, and a member of it without a post, each with an account."""
    here = standings(Scope.everything(on)).filter(short_name=OFFICE).first()
    if here is None:
        return {}
    posts = Post.objects.within(Scope.everything(on)).filter(as_of(on))
    leader = posts.filter(organisation=here.organisation_id, kind=Post.Kind.SECRETARY).select_related("person").first()
    staying = {"affiliations__organisation": here.organisation_id, "affiliations__valid_until": FAR}
    ordinary = people(Scope.everything(on)).filter(**staying, posts=None)
    chosen = {SECRETARY: leader.person if leader else None, MEMBER: ordinary.order_by("pk").first()}
    for username, person in chosen.items():
        if person is not None:
            _link(person, _account(username, person.name, now, on), on)
    words = {SECRETARY: f"{OFFICE}书记", MEMBER: f"{OFFICE}党员"}
    return {f"{words[username]}{person.name}": username for username, person in chosen.items() if person}


def _link(person: Person, account: Account, on: date) -> None:
    if person.account_id is None:
        link_account(by=BY, person=person, version=person.version, account=account, on=on)


def _account(username: str, name: str, now: datetime, on: date) -> Account:
    """The account of this name, made where it is missing."""
    known: Account | None = Account.objects.filter(username=username).first()
    told = {"username": username, "name": name, "kind": Account.Kind.PERSON, "email": ""}
    return known or open_account(by=BY, now=now, on=on, **told).account


def _appoint_clerk(now: datetime, on: date) -> None:
    """Let the clerk work for the committee, if there is one."""
    account = _account(CLERK, "文清", now, on)
    committees = standings(Scope.everything(on)).filter(kind=OrganisationKind.COMMITTEE)
    committee = committees.first()
    if committee and not Appointment.objects.unscoped("the demonstration's own").filter(account=account).exists():
        place, role = committee.organisation, Appointment.Role.CLERK
        appoint(by=BY, account=account, organisation=place, role=role, since=on, reason=REASON)
