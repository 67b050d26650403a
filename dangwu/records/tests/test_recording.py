"""Activities are told to the audit like everything else; what a check reads, by its number alone."""

import json
from datetime import date

import pytest

from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import OutsideActionError
from dangwu.records.models import Absence, Activity
from dangwu.records.services.ledgers import Entry, Somebody, record_entries
from tests.cast import OFFICE, Bureau, bureau

pytestmark = pytest.mark.django_db

BY = CommandLine("test")


@action("test.record", allow=anybody)
def record(*, by: Actor, place: Bureau) -> None:  # noqa: ARG001 - as an action takes them
    record_entries(unit=place.unit, entries=[entry(place)])


@action("test.record_trial", allow=anybody, trial=True)
def record_trial(*, by: Actor, place: Bureau) -> None:  # noqa: ARG001 - as an action takes them
    record_entries(unit=place.unit, entries=[entry(place)])


def entry(place: Bureau) -> Entry:
    away = Somebody("谷雨", place.people["谷雨"].pk, "出差")
    return Entry(place.place(OFFICE), ("theme_day", "party_lecture"), date(2026, 5, 9), chair="钟正", absent=(away,))


def test_an_activity_is_told_row_by_row_and_its_people_as_commitments() -> None:
    record(by=BY, place=bureau())
    body = AuditEntry.objects.latest("sequence").body
    told = {change["model"]: change for change in json.loads(body)["changes"]}
    assert set(told) == {"records.activity", "records.service", "records.absence"}
    assert told["records.activity"]["after"]["held_on"] == "2026-05-09"
    assert not [word for word in ("钟正", "谷雨", "出差") if word in body]


def test_of_a_trial_only_the_numbers_are_told() -> None:
    record_trial(by=BY, place=bureau())
    changes = json.loads(AuditEntry.objects.latest("sequence").body)["changes"]
    numbers = {change["model"]: change["after"]["rows"] for change in changes}
    assert numbers == {"records.activity": 1, "records.service": 2, "records.absence": 1}


def test_nothing_is_recorded_outside_an_action() -> None:
    place = bureau()
    with pytest.raises(OutsideActionError):
        record_entries(unit=place.unit, entries=[entry(place)])
    assert not Activity.objects.unscoped("a test").exists()
    with pytest.raises(OutsideActionError):
        Absence.objects.unscoped("a test").filter(pk=0).update(reason="病假")
