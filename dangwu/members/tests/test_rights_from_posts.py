"""With a post come rights, for whoever has an account, and for as long as he holds the post."""

from datetime import date

import pytest

from dangwu.access.models import Account
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.foundation.scope import Scope
from dangwu.members.models import Person, Post
from dangwu.members.services.accounts import link_account, unlink_account
from dangwu.members.services.lines import correct_row, transfer_person
from dangwu.members.services.posts import leave_post, take_post
from dangwu.members.tests.accounts import linked, somebody
from dangwu.members.tests.conftest import BY, House
from tests.accounts import actor

DAY, EVE, LATER = date(2026, 6, 1), date(2026, 5, 31), date(2026, 9, 1)


@pytest.fixture
def zhong(house: House) -> Person:
    return house.register("钟正", house.office)


def keeps(account: Account, on: date) -> Scope:
    return actor(account, on).scope("member.keep", on)


def take(person: Person, house: House, kind: str = "secretary", on: date = DAY) -> Post:
    return take_post(by=BY, person=person, organisation=house.office, kind=kind, on=on)


def test_a_secretary_keeps_his_branch_from_his_day_to_his_last(house: House, zhong: Person) -> None:
    account = linked(zhong, somebody("zhong"))
    post = take(zhong, house)
    leave_post(by=BY, row=post, on=LATER)
    assert [keeps(account, day).is_nothing for day in (EVE, DAY, LATER)] == [True, False, True]


def test_linking_an_account_opens_what_goes_with_the_posts(house: House, zhong: Person) -> None:
    take(zhong, house)
    account = somebody("zhong")
    link_account(by=BY, person=zhong, version=zhong.version, account=account, on=LATER)
    assert not keeps(account, LATER).is_nothing
    assert keeps(account, DAY).is_nothing


def test_parting_from_the_account_ends_it(house: House, zhong: Person) -> None:
    account = linked(zhong, somebody("zhong"))
    take(zhong, house)
    unlink_account(by=BY, person=zhong, version=zhong.version, on=LATER, reason="关联错了人")
    assert keeps(account, LATER).is_nothing


def test_whoever_is_transferred_leaves_his_rights_behind(house: House, zhong: Person) -> None:
    account = linked(zhong, somebody("zhong"))
    take(zhong, house)
    transfer_person(by=BY, person=zhong, organisation=house.personnel, on=LATER)
    assert keeps(account, LATER).is_nothing


def test_a_corrected_post_takes_its_rights_along(house: House, zhong: Person) -> None:
    account = linked(zhong, somebody("zhong"))
    post = take(zhong, house)
    told = {"kind": "publicity_member"}
    correct_row(by=BY, row=post, version=post.version, reason="误登为书记", on=LATER, told=told)
    assert keeps(account, LATER).is_nothing
    assert not actor(account, LATER).scope("member.see", LATER).is_nothing


def test_a_group_leader_gets_no_rights(house: House, zhong: Person) -> None:
    account = linked(zhong, somebody("zhong"))
    take(zhong, house, "group_leader")
    assert actor(account, DAY).held() == ()


def test_a_post_gives_no_rights_that_its_giver_has_not(house: House, zhong: Person) -> None:
    account = linked(zhong, somebody("zhong"))
    secretary = actor(somebody("secretary", house.office, "secretary"), DAY)
    for kind in ("party_affairs_staff", "discipline_secretary"):
        take_post(by=secretary, person=zhong, organisation=house.office, kind=kind, on=DAY)
    assert actor(account, DAY).held() == ()


def test_nobody_links_his_own_account(house: House, zhong: Person) -> None:
    clerk = somebody("clerk", house.committee)
    with pytest.raises(ObjectionError, match="不能关联您自己的账号"):
        link_account(by=actor(clerk, DAY), person=zhong, version=zhong.version, account=clerk, on=DAY)


def test_an_account_is_one_persons(house: House, zhong: Person) -> None:
    account = linked(house.register("方圆", house.office), somebody("fang"))
    with pytest.raises(ObjectionError, match="已经关联给方圆"):
        link_account(by=BY, person=zhong, version=zhong.version, account=account, on=DAY)


def test_linking_needs_every_place_where_rights_would_come(house: House, zhong: Person) -> None:
    take_post(by=BY, person=zhong, organisation=house.committee, kind="secretary", on=DAY)
    branch = actor(somebody("branch", house.office), DAY)
    with pytest.raises(RefusedError):
        link_account(by=branch, person=zhong, version=zhong.version, account=somebody("zhong"), on=DAY)
