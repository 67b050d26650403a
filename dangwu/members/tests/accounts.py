"""Accounts of the cast, and the people whose accounts they are."""

from django.test import Client

from dangwu.access.models import Account
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor
from dangwu.members.models import Person
from dangwu.members.tests.conftest import BY
from dangwu.organisations.models import Organisation
from tests.accounts import account, appointed, sign_in


def somebody(username: str, organisation: Organisation | None = None, role: str = "clerk") -> Account:
    """An account, appointed in an organisation where one is named."""
    return appointed(organisation, role=role, username=username) if organisation else account(username)


def signed_in(who: Account) -> Client:
    return sign_in(Client(), who)


def linked(person: Person, who: Account) -> Account:
    """The account, made that of a person without what follows from it."""
    _link(by=BY, person=person, who=who)
    return who


@action("test.link", allow=anybody)
def _link(*, by: Actor, person: Person, who: Account) -> None:  # noqa: ARG001 - every action has it
    person.account = who
    person.save()
