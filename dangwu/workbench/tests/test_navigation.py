"""The navigation leads where somebody may go."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dangwu.access.models import Account, Appointment
from dangwu.workbench.navigation import address, items
from tests.accounts import account, actor, appointed, cast_of_accounts, rewrite, sign_in
from tests.cast import OFFICE, bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def keys(who: Account) -> set[str]:
    return {item.key for item in items(actor(who, date(2026, 11, 23)))}


def test_a_clerk_comes_to_organisations_members_and_checks() -> None:
    clerk = appointed(to=bureau().standings[OFFICE].organisation)
    assert {"home", "organisations", "members", "checks", "rules"} <= keys(clerk)
    assert not keys(clerk) & {"accounts", "appointments", "audit", "system"}


def test_each_administrator_comes_to_his_own_pages() -> None:
    cast = cast_of_accounts()
    assert {"accounts", "system", "organisations"} <= keys(cast.system)
    assert {"accounts", "appointments"} <= keys(cast.security)
    assert "audit" in keys(cast.audit)
    assert not keys(cast.audit) & {"accounts", "appointments", "system", "members", "organisations"}


def test_whoever_is_only_a_member_comes_to_his_own_pages_and_an_office_to_its_notices() -> None:
    assert keys(account("member")) == {"calendar", "home", "mine", "notices", "rules", "talks"}
    office = rewrite(account("office"), kind=Account.Kind.OFFICE)
    assert keys(office) == {"home", "notices", "rules"}


def test_a_discipline_secretary_reads_the_roster_and_checks_nothing() -> None:
    role = Appointment.Role.DISCIPLINE_SECRETARY
    secretary = appointed(to=bureau().standings[OFFICE].organisation, role=role)
    assert ("checks" in keys(secretary), "members" in keys(secretary)) == (False, True)


def test_the_navigation_asks_what_the_actor_reads_anyway_and_for_unread_notices(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    clerk = actor(appointed(to=bureau().standings[OFFICE].organisation))
    with django_assert_num_queries(2):
        assert (len(clerk.held()), clerk.duties()) == (1, frozenset())
    with django_assert_num_queries(1):
        assert list(items(clerk))


def test_a_page_that_is_not_there_is_not_offered() -> None:
    assert (address("nowhere"), address("rules")) == ("", reverse("rules"))


def test_every_entry_can_be_opened(client: Client) -> None:
    cast = cast_of_accounts()
    clerk = appointed(to=bureau().standings[OFFICE].organisation)
    for who in (clerk, cast.system, cast.security, cast.audit, cast.nobody):
        sign_in(client, who)
        assert {client.get(item.url).status_code for item in items(actor(who))} == {200}


def test_strangers_see_no_navigation(client: Client) -> None:
    assert "navigation" not in (client.get(reverse("account_login")).context or {})
