"""A small bureau whose people have accounts: a clerk, a member, and the branch in which the member is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dangwu.access.models import Account
from dangwu.foundation.actors import CommandLine
from dangwu.members.models import Person
from dangwu.members.services.accounts import link_account
from dangwu.members.services.lines import change_circumstances
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.organisations.models import Organisation
from dangwu.organisations.services.keeping import form_group, open_term
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from tests.accounts import account, appointed

BY = CommandLine("test")
FOUNDED, ELECTED, JOINED, CONFIRMED = date(2020, 7, 1), date(2023, 6, 1), date(2009, 7, 1), date(2010, 7, 1)
PHONE = "13800138000"
TOLD = {
    "gender": "女",
    "ethnicity": "汉族",
    "birth": "1985-03-12",
    "native_place": "江苏苏州",
    "education": "大学",
    "unit_post": "二级主任科员",
    "identity": "990101198503120029",
    "phone": PHONE,
}


@dataclass
class Bureau:
    """机关党委 over 办公室党支部, where 白洁 is the secretary and 林月 a member with an account."""

    committee: Organisation
    branch: Organisation
    clerk: Account
    member: Account
    person: Person
    others: Mapping[str, Person]


def small_bureau() -> Bureau:
    """Set it up on the days on which its things happened."""
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)
    top = found_organisation(by=BY, unit=unit, parent=None, name="机关党委", kind="committee", on=FOUNDED).organisation
    branch, other = (
        found_organisation(by=BY, unit=unit, parent=top, name=name, kind="branch", on=FOUNDED).organisation
        for name in ("办公室党支部", "财务处党支部")
    )
    open_term(by=BY, organisation=branch, started_on=ELECTED, on=ELECTED, until=None)
    people = {name: _member(name, branch) for name in ("林月", "白洁")} | {"曹敏": _member("曹敏", other)}
    person = people["林月"]
    take_post(by=BY, person=people["白洁"], organisation=branch, kind="secretary", on=ELECTED)
    member = account("linyue", name="林月")
    link_account(by=BY, person=person, version=person.version, account=member, on=ELECTED)
    clerk = appointed(top, username="wenqing", who=account("wenqing", name="文清"))
    return Bureau(top, branch, clerk, member, person, people)


def _member(name: str, branch: Organisation) -> Person:
    told = dict(TOLD) if name == "林月" else {"phone": "13900139000"}
    group = form_group(by=BY, organisation=branch, name="第一党小组", on=FOUNDED) if name == "林月" else None
    person = register_person(
        by=BY,
        organisation=branch,
        name=name,
        kind="full",
        on=FOUNDED,
        group=group,
        joined_on=JOINED,
        confirmed_on=CONFIRMED,
        told=told,
    )
    change_circumstances(by=BY, person=person, on=FOUNDED, employment="in_service")
    return person
