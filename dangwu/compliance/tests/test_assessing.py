"""From facts to obligations on the cast's bureau, by the real rulebook."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from dangwu.compliance.assessing import Assessment, assess
from dangwu.kernel.periods import Period
from dangwu.rules.loading import load_rulebook
from dangwu.rules.shapes import Outcome
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = pytest.mark.django_db
BOOK = load_rulebook(Path(__file__).parents[3] / "rulebook", packs=["tianjin"])
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def place() -> Bureau:
    return bureau()


def judged(place: Bureau, on: str, *, told: bool = True) -> Assessment:
    day = date.fromisoformat(on)
    return assess(unit_id=place.unit.pk, on=day, since=NEW_YEAR, rulebook=BOOK, activities_told=told)


def outcomes(assessment: Assessment, rule: str, where: Bureau, name: str) -> dict[str, Outcome]:
    """The outcomes of one organisation by one rule, by period."""
    subject = where.place(name)
    every = assessment.obligations(Outcome.MET, Outcome.LATE, Outcome.UNMET, Outcome.PENDING)
    return {
        o.period.code if o.period else "": o.verdict.outcome
        for o in every
        if o.rule.id == rule and o.subject == subject and o.subject_kind != "member"
    }


def test_quarters_are_met_unmet_and_pending(place: Bureau) -> None:
    place.held(OFFICE, "general_assembly", "2026-02-10")
    found = outcomes(judged(place, "2026-08-15"), "general-assembly-each-quarter", place, OFFICE)
    assert found == {"2026Q1": Outcome.MET, "2026Q2": Outcome.UNMET, "2026Q3": Outcome.PENDING}


def test_committee_meetings_are_due_only_where_there_is_a_committee(place: Bureau) -> None:
    assessment = judged(place, "2026-03-31")
    assert len(outcomes(assessment, "committee-meeting-each-month", place, OFFICE)) == 3
    assert outcomes(assessment, "committee-meeting-each-month", place, PERSONNEL) == {}


def test_group_meetings_are_due_only_where_there_are_groups(place: Bureau) -> None:
    place.held(OFFICE, "group_meeting", "2026-01-08", group="第一党小组")
    place.held(OFFICE, "group_meeting", "2026-02-05", group="第一党小组")
    place.held(OFFICE, "group_meeting", "2026-02-06", group="第二党小组")
    place.held(OFFICE, "group_meeting", "2026-03-05")
    assessment = judged(place, "2026-04-01")
    found = outcomes(assessment, "group-meeting-each-month", place, OFFICE)
    assert [found[f"2026-0{month}"] for month in (1, 2, 3)] == [Outcome.UNMET, Outcome.MET, Outcome.MET]
    assert outcomes(assessment, "group-meeting-each-month", place, PERSONNEL) == {}


def test_a_branch_owes_nothing_before_it_was_set_up(place: Bureau) -> None:
    found = outcomes(judged(place, "2026-10-01"), "theme-day-each-month", place, CENTRE)
    assert sorted(found) == ["2026-07", "2026-08", "2026-09", "2026-10"]


def test_without_a_ledger_nobody_is_accused_of_what_was_held(place: Bureau) -> None:
    assessment = judged(place, "2026-10-01", told=False)
    assert outcomes(assessment, "theme-day-each-month", place, OFFICE) == {}
    assert {o.rule.id for o in assessment.unknown()} >= {"theme-day-each-month"}


def test_a_branch_with_two_full_members_is_too_small(place: Bureau) -> None:
    assessment = judged(place, "2026-10-01")
    assert outcomes(assessment, "branch-needs-three-full-members", place, CENTRE) == {"": Outcome.UNMET}
    assert outcomes(assessment, "branch-needs-three-full-members", place, PERSONNEL) == {"": Outcome.MET}


def test_a_term_is_counted_from_its_election_or_to_its_told_end(place: Bureau) -> None:
    assessment = judged(place, "2026-10-01")
    assert outcomes(assessment, "branch-term", place, PERSONNEL) == {"": Outcome.UNMET}
    assert outcomes(assessment, "branch-term", place, OFFICE) == {"": Outcome.PENDING}


def test_quorum_and_majority_are_judged_meeting_by_meeting(place: Bureau) -> None:
    place.held(OFFICE, "general_assembly", "2026-02-10", expected=8, present=3)
    place.held(OFFICE, "general_assembly", "2026-05-10", expected=8, present=6, in_favour=4)
    unmet = list(judged(place, "2026-06-01").obligations(Outcome.UNMET))
    found = {(o.rule.id, o.activity["held_on"].month) for o in unmet if o.activity}
    assert found == {("general-assembly-quorum", 2), ("general-assembly-majority", 5)}


def test_hours_are_those_of_the_branch_less_those_missed(place: Bureau) -> None:
    place.held(PERSONNEL, "training", "2026-03-01", hours=20)
    place.held(PERSONNEL, "training", "2026-04-01", hours=12, absent=["江河"])
    hours = judged(place, "2026-12-31").gathered.by_member
    column = dict(zip(hours.ids, hours.column("study_hours", Period.parse("2026")), strict=True))
    assert [column[place.people[name].pk] for name in ("方圆", "江河")] == [32, 20]


def test_hours_are_not_known_where_the_ledger_tells_none(place: Bureau) -> None:
    place.held(PERSONNEL, "training", "2026-03-01", hours=20)
    place.held(OFFICE, "training", "2026-03-01")
    hours = judged(place, "2026-12-31").gathered.by_member
    column = dict(zip(hours.ids, hours.column("study_hours", Period.parse("2026")), strict=True))
    assert [column[place.people[name].pk] for name in ("方圆", "钟正")] == [20, None]


def test_a_community_counts_the_days_of_those_who_took_part(place: Bureau) -> None:
    place.held(PERSONNEL, "community_rotation", "2026-03-02", days=5, took_part=["方圆"])
    unmet = [o for o in judged(place, "2027-01-05").obligations(Outcome.UNMET) if o.rule.id.startswith("community")]
    met = [o for o in judged(place, "2027-01-05").obligations(Outcome.MET) if o.rule.id.startswith("community")]
    assert [o.subject for o in met] == [place.people["方圆"].pk]
    assert len(unmet) == len(place.people) - 1


def test_a_lecture_by_the_secretary_counts_wherever_it_was_given(place: Bureau) -> None:
    place.held(PERSONNEL, "party_lecture", "2026-06-30", lecturer="钟正")
    found = outcomes(judged(place, "2026-12-31"), "party-lecture-by-secretary-each-year", place, COMMITTEE)
    assert found == {"2026": Outcome.MET}


def test_the_number_of_queries_does_not_grow(place: Bureau, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for month in range(1, 10):
        for name in (OFFICE, PERSONNEL):
            place.held(name, "theme_day", f"2026-0{month}-05", expected=8, present=8)
    with django_assert_num_queries(20):
        judged(place, "2026-10-01")
