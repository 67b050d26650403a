"""The account with which somebody signs in: with it come the rights that go with his posts, and his own page."""

from datetime import date

from dangwu.access.models import Account
from dangwu.access.services.appointing import end_following
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.members.models import Person, Post
from dangwu.members.policies import may_link
from dangwu.members.queries import rows_of
from dangwu.members.services.posts import follow, key_of


@action("member.link_account", allow=may_link)
def link_account(*, by: Actor, person: Person, version: int, account: Account, on: date) -> Person:
    """Let somebody sign in with an account; the roles that go with his posts begin on that day.
    Raises ObjectionError, ConflictError.
    """
    _refuse(by, person, account)
    person.version = version
    person.account = account
    person.save()
    for post in _posts(person, on):
        follow(post, on)
    open_deed().about(person)
    return person


@action("member.unlink_account", allow=may_link)
def unlink_account(*, by: Actor, person: Person, version: int, on: date, reason: str) -> Person:
    """Part somebody from his account; the roles that came with his posts end on that day.
    Raises ObjectionError, ConflictError.
    """
    if not reason.strip():
        raise ObjectionError("请写明理由，例如“关联错了人”。", field="reason")
    open_deed().reason = reason.strip()
    for post in _posts(person, on):
        end_following(key_of(post), on)
    person.version = version
    person.account = None
    person.save()
    open_deed().about(person)
    return person


def _posts(person: Person, on: date) -> list[Post]:
    """The posts that somebody holds on a day or will hold."""
    rows = rows_of(person, Post).filter(valid_until__gt=on)
    return list(rows.select_related("organisation", "person__account"))


def _refuse(by: Actor, person: Person, account: Account) -> None:
    if by.key == f"account:{account.pk}":
        raise ObjectionError("不能关联您自己的账号，请由上级党组织或者另一名党务工作人员办理。", field="account")
    if person.account_id is not None:
        raise ObjectionError("这名人员已经关联了账号，请先解除。", field="account")
    if not account.is_active or account.kind != Account.Kind.PERSON:
        raise ObjectionError("请选择一个启用中的个人账号；岗位账号不属于某一个人。", field="account")
    holders = Person.objects.unscoped("an account is one person's")
    if holder := holders.filter(account=account).first():
        raise ObjectionError(f"这个账号已经关联给{holder.name}，请核对账号。", field="account")
