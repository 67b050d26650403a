"""Many organisations at a glance."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from dangwu.compliance.living.catching_up import advance
from dangwu.compliance.living.matrix import Figures, Line, Matrix, Wanted, glance, matrix
from dangwu.compliance.living.months import months
from dangwu.compliance.living.tests.living import TODAY, living
from dangwu.compliance.report import Status
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.periods import Every
from dangwu.kernel.tree_path import TreePath
from tests.cast import CENTRE, COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
BOOK = rulebook_of(())
THEME_DAY = "theme-day-each-month"
EVERYTHING = Scope.everything(TODAY)


@pytest.fixture
def place() -> Bureau:
    return living()


def shown(**more: object) -> Matrix:
    return matrix(EVERYTHING, 2026, today=TODAY, rulebook=BOOK, **more)  # type: ignore[arg-type]


def line(found: Matrix, name: str) -> Line:
    return next(line for line in (*found.lines, *found.bodies) if line.place.name == name)


@pytest.mark.usefixtures("place")
def test_branches_come_worst_first_beneath_one_sentence() -> None:
    found = shown()
    assert {line.place.name for line in found.lines} == {OFFICE, PERSONNEL, CENTRE}
    assert found.sentence == "3 个支部：3 逾期"
    assert [body.place.name for body in found.bodies] == [COMMITTEE]


@pytest.mark.usefixtures("place")
def test_a_glance_tells_what_the_matrix_comes_to() -> None:
    told, whole = glance(EVERYTHING, 2026, today=TODAY, most=2), shown()
    assert (told.sentence, told.figures) == (whole.sentence, whole.figures)
    assert [line.place for line in told.worst] == [line.place for line in whole.lines[:2]]
    assert [line.figures for line in told.worst] == [line.figures for line in whole.lines[:2]]


@pytest.mark.usefixtures("place")
def test_a_cell_counts_what_is_due_by_now() -> None:
    found = shown(wanted=Wanted(rules={THEME_DAY}))
    (cell,) = line(found, OFFICE).cells
    assert (cell.status, cell.due, cell.done, cell.on_time) == (Status.OVERDUE, 7, 1, 1)
    assert cell.next_deadline == date(2026, 8, 31)


@pytest.mark.usefixtures("place")
def test_a_committee_sums_up_what_is_below_it() -> None:
    found = shown(wanted=Wanted(rules={THEME_DAY}))
    assert line(found, COMMITTEE).figures == found.figures == Figures(15, 1, 1)
    assert round(found.figures.rate or 0, 3) == 0.067


@pytest.mark.usefixtures("place")
def test_what_is_near_depends_on_the_day_of_reading() -> None:
    wanted = Wanted(rules={"organisational-life-meeting-each-year"})
    assert line(shown(wanted=wanted), OFFICE).status is Status.GOOD
    late = matrix(EVERYTHING, 2026, today=date(2026, 12, 20), rulebook=BOOK, wanted=wanted)
    assert line(late, OFFICE).status is Status.SOON


def test_nobody_sees_what_is_outside_his_scope(place: Bureau) -> None:
    own = Scope((TreePath(place.standings[OFFICE].path),), TODAY)
    found = matrix(own, 2026, today=TODAY, rulebook=BOOK)
    assert [line.place.name for line in found.lines] == [OFFICE]
    assert found.bodies == ()


@pytest.mark.usefixtures("place")
def test_one_duty_is_shown_month_by_month() -> None:
    duty = next(duty for duty in shown().duties if duty.rule == THEME_DAY)
    found = months(EVERYTHING, 2026, duty, Every.MONTH, today=TODAY)
    office = next(line for line in found.lines if line.place.name == OFFICE)
    assert [cell.status for cell in office.cells][:8] == [Status.GOOD, *[Status.OVERDUE] * 6, Status.OPEN]
    assert office.cells[8].status is Status.NOT_ASKED


def test_a_new_year_begins_with_an_empty_matrix(place: Bureau) -> None:
    advance(place.unit.pk, date(2027, 1, 1))
    found = matrix(EVERYTHING, 2027, today=date(2027, 1, 1), rulebook=BOOK, wanted=Wanted(rules={THEME_DAY}))
    assert [line.cells[0].status for line in found.lines] == [Status.OPEN] * 3


@pytest.mark.usefixtures("place")
def test_few_queries_do(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        shown()
