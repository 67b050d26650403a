"""Whose pages are whose: each opens for those who may, and is not there for anybody else."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.urls import reverse

from dangwu.members.models import Person
from dangwu.members.services.lines import change_circumstances, transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.tests.accounts import linked, signed_in, somebody
from dangwu.members.tests.conftest import BY, House

LATER = date(2025, 6, 1)


@pytest.fixture
def zhong(house: House) -> Person:
    person = house.register("钟正", house.office)
    change_circumstances(by=BY, person=person, on=LATER, employment="in_service")
    take_post(by=BY, person=person, organisation=house.office, kind="secretary", on=LATER)
    return person


def pages(person: Person) -> Mapping[str, str]:
    post = person.posts.unscoped("a test").get()
    row = person.affiliations.unscoped("a test").get()
    named = ("member", "member-describe", "member-advance", "member-transfer", "member-regroup", "member-leave")
    more = ("member-settle", "post-take", "member-join-group", "member-link")
    return {
        **{name: reverse(name, args=[person.pk]) for name in (*named, *more)},
        "post-leave": reverse("post-leave", args=[person.pk, post.pk]),
        "member-correct": reverse("member-correct", args=[person.pk, "affiliation", row.pk]),
        "member-reveal": reverse("member-reveal", args=[person.pk, "identity"]),
    }


def statuses(username: str, house: House, role: str, where: str, person: Person) -> dict[str, int]:
    client = signed_in(somebody(username, getattr(house, where) if where else None, role))
    return {name: client.get(url).status_code for name, url in pages(person).items()}


def test_the_clerk_above_opens_every_page_of_a_member(house: House, zhong: Person) -> None:
    assert set(statuses("clerk", house, "clerk", "committee", zhong).values()) == {200}


@pytest.mark.parametrize("where", ["personnel", ""])
def test_to_a_sibling_and_to_a_stranger_nobody_is_there(house: House, zhong: Person, where: str) -> None:
    assert set(statuses("other", house, "secretary", where, zhong).values()) == {404}


def test_a_committee_member_reads_and_changes_nothing(house: House, zhong: Person) -> None:
    found = statuses("member", house, "committee_member", "office", zhong)
    assert found.pop("member") == 200
    assert set(found.values()) == {404}


@pytest.mark.parametrize("name", ["members", "members-found", "corrections", "mine"])
def test_lists_and_my_page_open_for_whoever_is_signed_in(house: House, name: str) -> None:
    clerk = signed_in(somebody("clerk", house.committee))
    assert clerk.get(reverse(name), follow=True).status_code == 200


@pytest.mark.parametrize("name", ["merge", "split", "dissolve"])
def test_reorganising_is_decided_by_the_level_above(house: House, name: str) -> None:
    url = reverse(f"organisation-{name}", args=[house.office.pk])
    above, within = somebody("above", house.committee), somebody("within", house.office, "secretary")
    assert signed_in(above).get(url).status_code == 200
    assert signed_in(within).get(url).status_code == 404


def test_whoever_moved_away_is_seen_where_he_was_then(house: House, zhong: Person) -> None:
    transfer_person(by=BY, person=zhong, organisation=house.personnel, on=date(2026, 3, 1))
    office = signed_in(somebody("office", house.office, "secretary"))
    url = reverse("member", args=[zhong.pk])
    assert office.get(url).status_code == 404
    then = office.get(f"{url}?on=2026-02-28").content.decode()
    assert "办公室党支部" in then
    assert "人事处党支部" not in then


def test_a_person_is_not_let_into_the_pages_of_whoever_keeps_him(zhong: Person) -> None:
    client = signed_in(linked(zhong, somebody("self")))
    assert client.get(reverse("member", args=[zhong.pk])).status_code == 404
    assert client.get(reverse("mine")).status_code == 200
