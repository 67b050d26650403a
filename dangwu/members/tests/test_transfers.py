"""A transfer that was registered wrongly is put right in one step: both rows, and what ended with it."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.foundation.objections import ConflictError, ObjectionError, RefusedError
from dangwu.kernel.span import FAR
from dangwu.members.models import Affiliation, Amendment, Person, Post
from dangwu.members.services.lines import correct_row, transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.services.transfers import correct_transfer
from dangwu.members.tests.accounts import linked, signed_in, somebody
from dangwu.members.tests.conftest import BY, FOUNDED, House
from tests.accounts import actor

EARLIER, DAY, LATER, DONE = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
WHY = "介绍信上的日期不同"


@pytest.fixture
def zhong(house: House) -> Person:
    """Secretary of one branch, transferred to the other on DAY."""
    person = house.register("钟正", house.office)
    linked(person, somebody("zhong"))
    take_post(by=BY, person=person, organisation=house.office, kind="secretary", on=FOUNDED)
    transfer_person(by=BY, person=person, organisation=house.personnel, on=DAY)
    return person


def arrival(person: Person) -> Affiliation:
    return person.affiliations.unscoped("a test").latest("valid_from")


def post_of(person: Person) -> Post:
    return person.posts.unscoped("a test").select_related("person__account").get()


def put_right(person: Person, day: date | None, *, with_post: bool = True) -> None:
    row, posts = arrival(person), [post_of(person).pk] if with_post else []
    correct_transfer(by=BY, row=row, version=row.version, day=day, posts=posts, reason=WHY, on=DONE)


@pytest.mark.parametrize("day", [EARLIER, LATER])
def test_the_real_day_holds_on_both_sides_and_for_the_post(house: House, zhong: Person, day: date) -> None:
    put_right(zhong, day)
    rows = zhong.affiliations.unscoped("a test").order_by("valid_from")
    assert [(row.valid_from, row.valid_until) for row in rows] == [(FOUNDED, day), (day, FAR)]
    assert post_of(zhong).valid_until == day
    assert house.roster(day) == {"人事处党支部": ["钟正"]}


def test_what_never_took_place_is_gone_and_the_secretary_is_secretary_again(house: House, zhong: Person) -> None:
    put_right(zhong, None)
    assert house.roster(DONE) == {"办公室党支部": ["钟正"]}
    assert post_of(zhong).is_open
    account = zhong.account
    assert account is not None
    assert not actor(account, DONE).scope("member.keep", DONE).is_nothing


def test_a_post_that_is_not_ticked_stays_ended(zhong: Person) -> None:
    put_right(zhong, None, with_post=False)
    assert post_of(zhong).valid_until == DAY


def test_a_post_that_somebody_else_holds_meanwhile_is_not_given_back(house: House, zhong: Person) -> None:
    other = house.register("方圆", house.office)
    take_post(by=BY, person=other, organisation=house.office, kind="secretary", on=DAY)
    with pytest.raises(ObjectionError, match="方圆正在担任"):
        put_right(zhong, None)
    assert house.roster(DONE) == {"办公室党支部": ["方圆"], "人事处党支部": ["钟正"]}


@pytest.mark.parametrize("day", [date(2024, 12, 31), FOUNDED])
def test_nobody_leaves_before_he_came(zhong: Person, day: date) -> None:
    with pytest.raises(ObjectionError, match="日期应当在"):
        put_right(zhong, day)


@pytest.mark.parametrize("day", [None, LATER])
def test_whoever_was_slower_is_told(zhong: Person, day: date | None) -> None:
    row, stale = arrival(zhong), arrival(zhong)
    correct_row(by=BY, row=row, version=row.version, reason=WHY, on=DONE, told={"valid_until": date(2027, 1, 1)})
    with pytest.raises(ConflictError):
        correct_transfer(by=BY, row=stale, version=stale.version, day=day, posts=(), reason=WHY, on=DONE)


def test_whoever_keeps_only_one_side_is_refused(house: House, zhong: Person) -> None:
    clerk, row = actor(somebody("one", house.personnel), DONE), arrival(zhong)
    with pytest.raises(RefusedError):
        correct_transfer(by=clerk, row=row, version=row.version, day=LATER, posts=(), reason=WHY, on=DONE)


def test_both_rows_and_the_post_are_told_in_the_history(zhong: Person) -> None:
    put_right(zhong, LATER)
    told = {row.what.partition("（")[0]: row.told for row in Amendment.objects.unscoped("a test")}
    assert told == {
        "更正组织关系“办公室党支部”": f"截止日期由“{DAY}”改为“{LATER}”",
        "更正组织关系“人事处党支部”": f"起始日期由“{DAY}”改为“{LATER}”",
        "更正党内职务“办公室党支部 · 书记”": f"截止日期由“{DAY}”改为“{LATER}”",
    }


# --- the page


def sent(client: Client, person: Person, **given: object) -> int:
    row = arrival(person)
    url = reverse("member-correct-transfer", args=[person.pk, row.pk])
    told = {"idempotency_key": uuid4(), "version": row.version, "reason": WHY, **given}
    return client.post(url, told).status_code


def test_the_page_offers_the_posts_ticked_and_does_it(house: House, zhong: Person) -> None:
    clerk = signed_in(somebody("clerk", house.committee))
    page = clerk.get(reverse("member", args=[zhong.pk])).content.decode()
    url = reverse("member-correct-transfer", args=[zhong.pk, arrival(zhong).pk])
    assert page.count("/arrivals/") == 1
    assert url in page
    assert clerk.get(url).context["form"].initial["posts"] == [post_of(zhong).pk]
    assert sent(clerk, zhong, day=str(DAY), never="on", posts=[post_of(zhong).pk]) == 302
    assert house.roster(DONE) == {"办公室党支部": ["钟正"]}


def test_a_day_and_never_are_not_both_said_nor_neither(house: House, zhong: Person) -> None:
    clerk = signed_in(somebody("clerk", house.committee))
    assert sent(clerk, zhong, day=str(LATER), never="on") == 422
    assert sent(clerk, zhong) == 422
    assert sent(clerk, zhong, day=str(DAY)) == 422


def test_whoever_keeps_one_side_is_told_who_puts_it_right(house: House, zhong: Person) -> None:
    clerk = signed_in(somebody("one", house.personnel))
    answer = clerk.get(reverse("member-correct-transfer", args=[zhong.pk, arrival(zhong).pk]), follow=True)
    assert "请由上级党组织更正" in answer.content.decode()
