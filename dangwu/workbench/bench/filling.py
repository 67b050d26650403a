"""A year of a large unit in the database: a committee with its branches, and what each of them held."""

from collections.abc import Iterator
from datetime import date, timedelta

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.models import Organisation, OrganisationKind, Standing, Unit
from dangwu.organisations.services.establishing import Draft, establish
from dangwu.records.models import Activity, Service

YEAR = 2026
GROUPS = 3
FOUNDED = date(2015, 3, 1)
COMMITTEE = "机关党委"
EACH_MONTH = ("committee_meeting", "theme_day", *["group_meeting"] * GROUPS)
EACH_QUARTER = ("general_assembly", "party_lecture")
EACH_YEAR = ("heart_to_heart_talk", "organisational_life_meeting", "members_appraisal")
OTHERWISE = "collective_study"
PER_BRANCH = 100
FORGOTTEN = 11  # every so manieth activity was another than the one that was due
POORLY_ATTENDED = 53
EXPECTED = 12

Plan = list[tuple[str, date, str]]


def fill_unit(branches: int) -> Unit:
    """A unit whose branches held 100 activities each in the year; some duties were forgotten, some quorums missed."""
    with doing(Deed("bench.fill", CommandLine("bench"), trial=True)):
        unit = Unit.objects.create(name="示例市")
        bodies = list(establish(unit=unit, drafts=[_draft(number) for number in range(branches + 1)]).values())[1:]
        for start in range(0, branches, 50):
            _record(unit, bodies[start : start + 50])
    return unit


def _draft(number: int) -> Draft:
    """The committee, and its branches from 1 on."""
    told = {"founded_on": FOUNDED, "has_committee": True, "committee_members": 5, "groups_told": GROUPS}
    told["secretary"] = f"书记{number}"
    if number:
        return Draft(f"第{number}党支部", OrganisationKind.BRANCH, COMMITTEE, parent_known=True, facts=told)
    return Draft(COMMITTEE, OrganisationKind.COMMITTEE, parent_known=True, facts=told)


def _record(unit: Unit, bodies: list[Standing]) -> None:
    activities, kinds = [], []
    for body in (standing.organisation for standing in bodies):
        for place, (kind, held_on, group) in enumerate(plan_of_year(body.pk)):
            activities.append(_activity(unit, body, held_on, group, body.pk + place))
            kinds.append(kind)
    stored = Activity.objects.bulk_create(activities, batch_size=1000)
    Service.objects.bulk_create(
        [
            Service(unit=unit, activity=activity, organisation_id=activity.organisation_id, kind=kind, held_on=day)
            for activity, kind, day in zip(stored, kinds, (a.held_on for a in stored), strict=True)
        ],
        batch_size=2000,
    )


def _activity(unit: Unit, body: Organisation, held_on: date, group: str, number: int) -> Activity:
    present = EXPECTED // 2 - 1 if number % POORLY_ATTENDED == 0 else EXPECTED - number % 3
    return Activity(
        unit=unit,
        organisation=body,
        group=group,
        held_on=held_on,
        topic="学习贯彻上级部署",
        chair=body.secretary,
        expected=EXPECTED,
        present=present,
        in_favour=present if number % 7 else EXPECTED // 2,
    )


def plan_of_year(branch: int) -> Plan:
    """What a branch held in the year: kind, day and group of 100 activities."""
    due = list(_due())
    held = [
        (OTHERWISE if (branch + place) % FORGOTTEN == 0 else kind, day, group)
        for place, (kind, day, group) in enumerate(due)
    ]
    start = date(YEAR, 1, 1)
    return held + [(OTHERWISE, start + timedelta(days=12 * place), "") for place in range(PER_BRANCH - len(due))]


def _due() -> Iterator[tuple[str, date, str]]:
    for month in range(1, 13):
        for place, kind in enumerate(EACH_MONTH):
            yield kind, date(YEAR, month, 5 + place), f"第{place - 1}党小组" if kind == "group_meeting" else ""
    for month in (2, 5, 8, 11):
        for kind in EACH_QUARTER:
            yield kind, date(YEAR, month, 20), ""
    for kind in EACH_YEAR:
        yield kind, date(YEAR, 1, 25), ""
