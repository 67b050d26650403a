"""What a stored check says: the sentence, the matrix worst first, findings with all that explains them."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from dangwu.compliance.assessing import assess
from dangwu.compliance.freezing import freeze
from dangwu.compliance.models import Check
from dangwu.compliance.report import Report, Status
from dangwu.compliance.reporting import report_of
from dangwu.rules.loading import load_rulebook
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = pytest.mark.django_db
BOOK = load_rulebook(Path(__file__).parents[3] / "rulebook")
ON = date(2026, 8, 20)


@pytest.fixture
def place() -> Bureau:
    place = bureau()
    for month in range(1, 9):
        for name in (OFFICE, PERSONNEL):
            place.held(name, "theme_day", f"2026-0{month}-05", topic="学习", row=month)
    return place


def checked(place: Bureau) -> Check:
    check = Check.objects.create(unit=place.unit, opened_by="command:test", on=ON, since=date(2026, 1, 1))
    assessment = assess(unit_id=place.unit.pk, on=ON, since=check.since, rulebook=BOOK)
    with transaction.atomic():
        freeze(check=check, assessment=assessment, rulebook=BOOK)
        check.save()
    return check


def report(place: Bureau) -> Report:
    return report_of(checked(place), BOOK)


def test_the_sentence_counts_branches_by_how_they_stand(place: Bureau) -> None:
    assert report(place).sentence == "3 个党支部：1 个提醒，2 个逾期"


def test_the_worst_comes_first(place: Bureau) -> None:
    lines = report(place).lines
    assert lines[0].status is Status.OVERDUE
    assert [line.organisation for line in lines if line.status is Status.OVERDUE][-1] in {
        CENTRE,
        PERSONNEL,
        COMMITTEE,
    }


def test_a_cell_tells_how_many_of_how_many(place: Bureau) -> None:
    told = report(place)
    column = [duty.rule for duty in told.duties].index("theme-day-each-month")
    cells = {line.organisation: line.cells[column] for line in told.lines}
    assert (cells[OFFICE].due, cells[OFFICE].done, cells[OFFICE].status) == (8, 8, Status.GOOD)
    assert (cells[CENTRE].due, cells[CENTRE].done, cells[CENTRE].status) == (1, 0, Status.OVERDUE)
    assert cells[COMMITTEE].status is Status.NOT_ASKED


def test_a_finding_cites_explains_and_helps(place: Bureau) -> None:
    finding = next(f for f in report(place).findings if f.rule == "theme-day-each-month")
    assert (finding.subject, finding.period, finding.deadline) == (CENTRE, "2026-07", date(2026, 7, 31))
    assert (finding.level, finding.outcome) == ("failure", "unmet")
    assert "主题党日" in finding.text
    assert finding.remedy
    assert finding.document.startswith("中国共产党")


def test_evidence_names_the_lines_of_the_ledger(place: Bureau) -> None:
    place.held(OFFICE, "committee_meeting", "2026-01-08", topic="研究年度计划", row=3)
    place.held(OFFICE, "group_meeting", "2026-01-09", group="第一党小组", row=4)
    finding = next(f for f in report(place).findings if f.rule == "group-meeting-each-month" and f.period == "2026-01")
    assert finding.evidence[0] == "党小组数：2"


def test_the_numbers_of_the_report_agree(place: Bureau) -> None:
    told = report(place)
    assert told.outcomes["unmet"] == len(told.findings)
    assert sum(cell.due - cell.done for line in told.lines for cell in line.cells) == len(told.findings)
    assert (told.organisations, told.members) == (4, 13)


def test_what_could_not_be_judged_names_the_missing_facts(place: Bureau) -> None:
    missing = {entry.rule: entry.facts for entry in report(place).not_judged}
    assert missing["full-time-staff-share"]


def test_a_report_takes_the_same_queries_whatever_its_size(
    place: Bureau, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    check = checked(place)
    with django_assert_num_queries(5):
        report_of(check, BOOK)
