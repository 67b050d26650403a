"""One box finds people, organisations and rules, for whoever may see them."""

from datetime import date

import pytest
from django.test import Client

from dangwu.foundation.actors import CommandLine
from dangwu.members.services.registering import register_person
from dangwu.organisations.models import Organisation
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from tests.accounts import appointed, sign_in

pytestmark = pytest.mark.django_db

BY, ON = CommandLine("test"), date(2024, 1, 1)


@pytest.fixture
def clerk() -> Client:
    unit = register_unit(by=BY, name="示例局", kind="organ", on=ON)

    def branch(name: str) -> Organisation:
        return found_organisation(by=BY, unit=unit, parent=None, name=name, kind="branch", on=ON).organisation

    mine, other = branch("办公室党支部"), branch("别局办公室党支部")
    told = {"phone": "13800001234"}
    register_person(by=BY, organisation=mine, name="谷雨", kind="full", on=ON, told=told)
    register_person(by=BY, organisation=other, name="谷风", kind="full", on=ON, told=told)
    return sign_in(Client(), appointed(mine))


@pytest.mark.parametrize("typed", ["谷", "gy", "guyu", "1234", "13800001234"])
def test_a_person_is_found_by_name_initials_or_number(clerk: Client, typed: str) -> None:
    page = clerk.get("/search/", {"q": typed}).content.decode()
    assert "谷雨" in page
    assert "谷风" not in page


def test_organisations_and_rules_are_found_beside(clerk: Client) -> None:
    page = clerk.get("/search/", {"q": "办公室"}).content.decode()
    assert "办公室党支部" in page
    assert "别局" not in page
    assert "党课" in clerk.get("/search/", {"q": "党课", "as": "found"}).content.decode()


def test_nothing_found_says_what_may_be_typed(clerk: Client) -> None:
    assert "拼音首字母" in clerk.get("/search/", {"q": "查无此人"}).content.decode()
