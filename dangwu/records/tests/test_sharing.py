"""What several held together counts for each once it has said so, and nobody is asked twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.objections import ConflictError, ObjectionError, RefusedError
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation
from dangwu.records.gathered import records_by_organisation
from dangwu.records.models import Activity, Partner, Service
from dangwu.records.queries import waiting_partners
from dangwu.records.services.minuting import conclude_activity, correct_activity, minute_activity
from dangwu.records.services.sharing import confirm_partner, decline_partner
from dangwu.records.tests.conftest import TODAY
from dangwu.records.told import Told
from tests.accounts import actor, appointed
from tests.cast import CENTRE, COMMITTEE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db

Assembly = Callable[..., Told]


@pytest.fixture
def secretary(office: Organisation) -> Actor:
    return actor(appointed(office, role="secretary", username="office"))


@pytest.fixture
def other(place: Bureau) -> Actor:
    """Who keeps the records of the partner."""
    return actor(appointed(place.standings[PERSONNEL].organisation, role="secretary", username="personnel"))


@pytest.fixture
def told(place: Bureau, assembly: Assembly) -> Told:
    return assembly(kind="theme_day", partners=(place.place(PERSONNEL),))


@pytest.fixture
def held(office: Organisation, secretary: Actor, told: Told) -> Activity:
    return conclude_activity(by=secretary, organisation=office, told=told, today=TODAY)


def partner(held: Activity) -> Partner:
    return Partner.objects.of(activity=held).get()


def counted(held: Activity) -> set[int]:
    return set(Service.objects.of(activity=held).values_list("organisation", flat=True))


def test_it_counts_for_the_partner_when_he_has_said_so(place: Bureau, held: Activity, other: Actor) -> None:
    assert counted(held) == {held.organisation_id}
    confirm_partner(by=other, partner=partner(held), today=TODAY)
    assert counted(held) == {held.organisation_id, place.place(PERSONNEL)}
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.place) == ("activity.confirm", place.standings[PERSONNEL].path)


def test_a_ledger_of_the_partner_tells_of_it_from_then_on(place: Bureau, held: Activity, other: Actor) -> None:
    scope, key = Scope.everything(TODAY), place.place(PERSONNEL)
    span = Span(held.held_on, TODAY)
    assert records_by_organisation(scope, [key], span) == {key: []}
    confirm_partner(by=other, partner=partner(held), today=TODAY)
    assert [record.activity for record in records_by_organisation(scope, [key], span)[key]] == [held]


def test_nobody_answers_for_another(place: Bureau, held: Activity, secretary: Actor) -> None:
    stranger = actor(appointed(place.standings[CENTRE].organisation, role="secretary", username="centre"))
    for by in (secretary, stranger):
        for answer in (confirm_partner, decline_partner):
            with pytest.raises(RefusedError):
                answer(by=by, partner=partner(held), today=TODAY)


def test_whoever_keeps_both_records_is_not_asked(place: Bureau, office: Organisation, told: Told) -> None:
    clerk = actor(appointed(place.standings[COMMITTEE].organisation, username="clerk"))
    held = conclude_activity(by=clerk, organisation=office, told=told, today=TODAY)
    assert (partner(held).confirmed_on, counted(held)) == (TODAY, {office.pk, place.place(PERSONNEL)})


def test_a_correction_does_not_ask_again(
    place: Bureau, held: Activity, secretary: Actor, other: Actor, told: Told
) -> None:
    confirm_partner(by=other, partner=partner(held), today=TODAY)
    more = replace(told, topic="改题目", partners=(*told.partners, place.place(CENTRE)))
    correct_activity(by=secretary, activity=held, told=more, reason="写漏一家", today=TODAY)
    rows = Partner.objects.of(activity=held).order_by("pk").values_list("organisation", "confirmed_on")
    assert list(rows) == [(place.place(PERSONNEL), TODAY), (place.place(CENTRE), None)]
    assert counted(held) == {held.organisation_id, place.place(PERSONNEL)}


def test_whoever_took_no_part_is_named_no_longer(held: Activity, other: Actor) -> None:
    decline_partner(by=other, partner=partner(held), today=TODAY)
    assert not Partner.objects.of(activity=held).exists()
    assert counted(held) == {held.organisation_id}


def test_what_is_settled_or_not_yet_concluded_is_not_asked(
    office: Organisation, held: Activity, secretary: Actor, other: Actor, told: Told
) -> None:
    confirm_partner(by=other, partner=partner(held), today=TODAY)
    for answer in (confirm_partner, decline_partner):
        with pytest.raises(ObjectionError, match="已经确认过了"):
            answer(by=other, partner=partner(held), today=TODAY)
    waiting = minute_activity(by=secretary, organisation=office, told=told, today=TODAY)
    with pytest.raises(ObjectionError, match="还没有办结"):
        confirm_partner(by=other, partner=partner(waiting), today=TODAY)


def test_of_two_who_answer_at_once_one_is_told(held: Activity, other: Actor) -> None:
    first, second = partner(held), partner(held)
    confirm_partner(by=other, partner=first, today=TODAY)
    with pytest.raises((ConflictError, ObjectionError)):
        confirm_partner(by=other, partner=second, today=TODAY)


def test_it_waits_where_it_is_to_be_answered_and_nowhere_else(place: Bureau, held: Activity) -> None:
    here, elsewhere = (Scope((TreePath(place.standings[name].path),), TODAY) for name in (PERSONNEL, CENTRE))
    assert [row.activity for row in waiting_partners(here)] == [held]
    assert list(waiting_partners(elsewhere)) == []
