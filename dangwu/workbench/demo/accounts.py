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
from dangwu.access.scoping import AccountActor
from dangwu.access.services.accounts import issue_reset_code, open_account
from dangwu.access.services.administrators import begin, issue_first_codes
from dangwu.access.services.appointing import appoint
from dangwu.access.services.passwords import set_password_with_code
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import FAR
from dangwu.members.models import Membership, Person, Post
from dangwu.members.queries import people
from dangwu.members.services.accounts import link_account
from dangwu.members.services.correcting import ask_correction
from dangwu.organisations.models import BRANCH_KINDS, OrganisationKind, Standing
from dangwu.organisations.queries import standings

BY = CommandLine("demo")
CLERK, HIGHER_CLERK, SECRETARY, MEMBER, CADRE = "clerk", "gongwei", "shuji", "dangyuan", "lingdao"
OFFICE = "办公室党支部"
DEPUTY = "党组成员"
CLERKS = {CLERK: "文清", HIGHER_CLERK: "石砚"}
ADMINISTRATORS = {"system": ("xitong", "严明"), "security": ("anquan", "方圆"), "audit": ("shenji", "江河")}
REASON = "演示用"
WRONG, RIGHT, WHY = "members.person.education", "研究生", "在职研究生毕业，证书已送组织人事处核验"
_COMMITTEES = (OrganisationKind.COMMITTEE, OrganisationKind.GENERAL_BRANCH, OrganisationKind.BRANCH)


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
    told = {**_clerks(now, on), **_people(now, on)}
    told |= {str(Administration.Duty(duty).label): username for duty, (username, _) in ADMINISTRATORS.items()}
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


def _clerks(now: datetime, on: date) -> dict[str, str]:
    """Those who work for the first committee below the working committee, and for that one itself."""
    chosen = {CLERK: _first(on, *_COMMITTEES), HIGHER_CLERK: _first(on, OrganisationKind.WORKING_COMMITTEE)}
    found = {username: standing for username, standing in chosen.items() if standing}
    for username, standing in found.items():
        _appoint(_account(username, CLERKS[username], now, on), standing, on)
    return {f"党务工作人员（{standing.called}）": username for username, standing in found.items()}


def _first(on: date, *kinds: OrganisationKind) -> Standing | None:
    """The first organisation of the first of these kinds of which there is any."""
    every = standings(Scope.everything(on))
    found = (every.filter(kind=kind).first() for kind in kinds)
    return next(filter(None, found), None)


def _appoint(account: Account, standing: Standing, on: date) -> None:
    """Let a clerk work for an organisation."""
    if not Appointment.objects.unscoped("the demonstration's own").filter(account=account).exists():
        place, role = standing.organisation, Appointment.Role.CLERK
        appoint(by=BY, account=account, organisation=place, role=role, since=on, reason=REASON)


def _people(now: datetime, on: date) -> dict[str, str]:
    """The secretary of a branch, a member of it without a post, and one who is among the heads of their unit, each with
    an account.
    """
    here = standings(Scope.everything(on)).filter(short_name__endswith=OFFICE).first() or _first(on, *BRANCH_KINDS)
    if here is None:
        return {}
    posts = Post.objects.within(Scope.everything(on)).filter(as_of(on))
    leader = posts.filter(organisation=here.organisation_id, kind=Post.Kind.SECRETARY).select_related("person").first()
    chosen = {SECRETARY: leader.person if leader else None, MEMBER: _ordinary(here, on), CADRE: _head(here, on)}
    for username, person in chosen.items():
        if person is not None:
            _link(person, _account(username, person.name, now, on), on)
    words = {SECRETARY: f"{here.called}书记", MEMBER: f"{here.called}党员", CADRE: "党员领导干部"}
    return {f"{words[username]}{person.name}": username for username, person in chosen.items() if person}


def _ordinary(here: Standing, on: date) -> Person | None:
    """A full member without a post; if there is one, somebody who came from another branch."""
    staying = {"affiliations__organisation": here.organisation_id, "affiliations__valid_until": FAR}
    full = {"memberships__kind": Membership.Kind.FULL, "memberships__valid_until": FAR}
    ordinary = people(Scope.everything(on)).filter(**staying, posts=None).filter(**full)
    return ordinary.order_by("-affiliations__valid_from", "pk").first()


def _head(here: Standing, on: date) -> Person | None:
    """One of the heads of the unit, not its first."""
    heads = people(Scope.everything(on)).filter(unit=here.unit_id, affiliations__valid_until=FAR)
    return heads.filter(unit_post__startswith=DEPUTY).order_by("pk").first()


def _link(person: Person, account: Account, on: date) -> None:
    """Let somebody sign in; the first thing that the member without a post does is to ask for a correction."""
    if person.account_id is not None:
        return
    link_account(by=BY, person=person, version=person.version, account=account, on=on)
    if account.username == MEMBER:
        person.refresh_from_db()
        by = AccountActor(account, on)
        ask_correction(by=by, person=person, column=WRONG, on=on, wanted=RIGHT, note=WHY)


def _account(username: str, name: str, now: datetime, on: date) -> Account:
    """The account of this name, made where it is missing."""
    known: Account | None = Account.objects.filter(username=username).first()
    told = {"username": username, "name": name, "kind": Account.Kind.PERSON, "email": ""}
    return known or open_account(by=BY, now=now, on=on, **told).account
