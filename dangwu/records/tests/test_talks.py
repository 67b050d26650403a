"""Of a talk others know that it took place; who talked and about what is for the two and their secretary."""

from datetime import date

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.objections import RefusedError
from dangwu.kernel.span import Span
from dangwu.members.models import Person
from dangwu.organisations.models import Organisation
from dangwu.records.facts import counts
from dangwu.records.models import Talk
from dangwu.records.queries import talks_for
from dangwu.records.services.talks import read_talk, record_talk
from dangwu.records.tests.conftest import TODAY
from tests.accounts import account, actor
from tests.cast import Bureau

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
SECRET = "家中老人病重，近来压力很大"


def talk(place: Bureau, office: Organisation) -> Talk:
    held = record_talk(
        by=BY,
        organisation=office,
        kind="heart_to_heart_talk",
        held_on=date(2026, 5, 9),
        talker=place.people["严明"],
        partner=place.people["谷雨"],
        content=SECRET,
        today=TODAY,
    )
    return Talk.objects.of(activity=held).get()


def account_of(person: Person) -> Person:
    person.account = account(f"member{person.pk}", name=person.name)
    with doing(Deed("test", BY)):
        person.save()
    return person


def test_it_counts_and_its_activity_says_nothing_of_it(place: Bureau, office: Organisation) -> None:
    held = talk(place, office).activity
    year = Span(date(2026, 1, 1), date(2027, 1, 1))
    assert counts(place.unit.pk, year, ["heart_to_heart_talk"])
    assert (held.topic, held.chair, held.minutes, held.expected) == ("", "", "", None)


def test_neither_row_nor_audit_holds_the_words_or_the_names(place: Bureau, office: Organisation) -> None:
    kept = talk(place, office)
    body = AuditEntry.objects.latest("sequence").body
    assert SECRET not in body
    assert SECRET not in str(kept.content)
    assert f'"partner_id":{kept.partner_id}' not in body.replace(" ", "")


@pytest.mark.parametrize(
    ("who", "knows"), [("严明", True), ("谷雨", True), ("钟正", True), ("文清", False), ("方圆", False)]
)
def test_it_is_read_by_the_two_and_their_secretary(
    place: Bureau, office: Organisation, who: str, *, knows: bool
) -> None:
    kept, person = talk(place, office), account_of(place.people[who])
    assert talks_for(person, TODAY).exists() == knows
    assert person.account
    if knows:
        assert read_talk(by=actor(person.account, TODAY), talk=kept, today=TODAY) == SECRET
        assert AuditEntry.objects.latest("sequence").verb == "talk.read"
    else:
        with pytest.raises(RefusedError):
            read_talk(by=actor(person.account, TODAY), talk=kept, today=TODAY)
