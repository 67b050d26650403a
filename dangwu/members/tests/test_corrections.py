"""Whoever finds something wrong about himself says so, and is answered."""

from datetime import date

import pytest

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.members.models import CorrectionRequest, Membership, Person
from dangwu.members.services.correcting import accept_correction, ask_correction, decline_correction
from dangwu.members.tests.accounts import linked, somebody
from dangwu.members.tests.conftest import House
from tests.accounts import actor

DAY = date(2026, 6, 1)
WRONG = "990101196807010018"


@pytest.fixture
def zhong(house: House) -> Person:
    person = house.register("钟正", house.office)
    linked(person, somebody("zhong"))
    return person


def ask(person: Person, column: str, wanted: str, row: int | None = None) -> CorrectionRequest:
    account = person.account
    assert account is not None
    return ask_correction(by=actor(account, DAY), person=person, column=column, on=DAY, wanted=wanted, row=row)


def accept(request: CorrectionRequest, house: House) -> CorrectionRequest:
    clerk = actor(somebody("clerk", house.committee), DAY)
    return accept_correction(by=clerk, request=request, version=request.version, on=DAY)


def test_what_is_accepted_is_changed_in_the_same_action(house: House, zhong: Person) -> None:
    accept(ask(zhong, "members.person.education", "研究生"), house)
    zhong.refresh_from_db()
    assert zhong.education == "研究生"
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.subject) == ("correction.accept", f"members.person:{zhong.pk}")
    assert entry.reason == "本人申请更正学历"


def test_a_day_in_a_dated_row_is_put_right(house: House, zhong: Person) -> None:
    row = zhong.memberships.unscoped("a test").get()
    accept(ask(zhong, "members.membership.joined_on", "2001-07-01", row.pk), house)
    assert Membership.objects.unscoped("a test").get(pk=row.pk).joined_on == date(2001, 7, 1)


def test_a_number_is_asked_for_sealed(house: House, zhong: Person) -> None:
    request = ask(zhong, "members.person.phone", "13900002222")
    assert request.wanted == ""
    assert request.sealed is not None
    assert request.sealed.masked == "139****2222"
    accept(request, house)
    zhong.refresh_from_db()
    assert zhong.phone is not None
    assert zhong.phone.masked == "139****2222"


def test_nothing_is_applied_to_where_somebody_belongs(house: House, zhong: Person) -> None:
    row = zhong.affiliations.unscoped("a test").get()
    answered = accept(ask(zhong, "members.affiliation.organisation_id", "人事处党支部", row.pk), house)
    assert answered.state == "accepted"
    assert house.roster(DAY) == {"办公室党支部": ["钟正"]}


def test_what_is_declined_stays_and_says_why(house: House, zhong: Person) -> None:
    request = ask(zhong, "members.person.education", "研究生")
    clerk = actor(somebody("clerk", house.committee), DAY)
    with pytest.raises(ObjectionError, match="理由"):
        decline_correction(by=clerk, request=request, version=request.version, on=DAY, answer=" ")
    decline_correction(by=clerk, request=request, version=request.version, on=DAY, answer="请先提供学历证明")
    assert (request.state, request.answer) == ("declined", "请先提供学历证明")


@pytest.mark.parametrize(
    ("column", "wanted"),
    [("identity", WRONG), ("birth", "1968.7"), ("working_since", "去年"), ("education", "长" * 31)],
)
def test_what_a_column_cannot_hold_is_said_at_once(zhong: Person, column: str, wanted: str) -> None:
    with pytest.raises(ObjectionError) as refused:
        ask(zhong, f"members.person.{column}", wanted)
    assert refused.value.field == "wanted"


def test_only_the_person_himself_asks(house: House, zhong: Person) -> None:
    clerk = actor(somebody("clerk", house.committee), DAY)
    with pytest.raises(RefusedError):
        ask_correction(by=clerk, person=zhong, column="members.person.education", on=DAY, wanted="研究生")


def test_nobody_answers_himself(house: House) -> None:
    person = house.register("严明", house.office)
    clerk = linked(person, somebody("yan", house.committee))
    request = ask_correction(
        by=actor(clerk, DAY), person=person, column="members.person.education", on=DAY, wanted="研究生"
    )
    with pytest.raises(RefusedError):
        accept_correction(by=actor(clerk, DAY), request=request, version=request.version, on=DAY)


def test_the_same_is_not_asked_twice(zhong: Person) -> None:
    ask(zhong, "members.person.education", "研究生")
    with pytest.raises(ObjectionError, match="正在办理"):
        ask(zhong, "members.person.education", "大学")


@pytest.mark.parametrize("column", ["members.person.pinyin", "access.account.password", "members.nothing.at_all"])
def test_what_the_system_makes_itself_is_not_asked_about(zhong: Person, column: str) -> None:
    with pytest.raises(ObjectionError, match="系统生成"):
        ask(zhong, column, "x")
