"""One writer of dated rows: a change closes and opens, a correction edits with a reason, nothing overlaps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.history import change, close, correct, open_line
from dangwu.foundation.objections import ObjectionError
from dangwu.kernel.span import DAWN, FAR, Span
from dangwu.organisations.models import Group
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit

BY = CommandLine("test")
MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@action("test.history", allow=anybody)
def do(*, by: Actor, what: object) -> object:  # noqa: ARG001 - as an action takes them
    assert callable(what)
    return what()


@pytest.fixture
def group(db: None) -> Group:  # noqa: ARG001 - it stands in the database
    unit = register_unit(by=BY, name="示例局", kind="organ", on=MARCH)
    branch = found_organisation(by=BY, unit=unit, parent=None, name="办公室党支部", kind="branch", on=MARCH)
    row = Group(unit=unit, organisation=branch.organisation, name="第一党小组", valid_from=MARCH)
    do(by=BY, what=lambda: open_line(row))
    return row


def lines(group: Group) -> list[tuple[date, date, bool]]:
    rows = Group.objects.unscoped("a test").filter(organisation=group.organisation).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_until", "duty_group"))


def test_a_change_closes_one_row_and_opens_another(group: Group) -> None:
    do(by=BY, what=lambda: change(group, on=JUNE, duty_group=True))
    assert lines(group) == [(MARCH, JUNE, False), (JUNE, FAR, True)]


def test_a_change_between_two_leaves_the_later_one_alone(group: Group) -> None:
    do(by=BY, what=lambda: change(group, on=SEPTEMBER, duty_group=True))
    earlier = Group.objects.unscoped("a test").get(valid_from=MARCH)
    do(by=BY, what=lambda: change(earlier, on=JUNE, mutual_help_group=True))
    assert lines(group) == [(MARCH, JUNE, False), (JUNE, SEPTEMBER, False), (SEPTEMBER, FAR, True)]


def test_a_change_on_the_first_day_replaces_what_never_held(group: Group) -> None:
    do(by=BY, what=lambda: change(group, on=MARCH, duty_group=True))
    assert lines(group) == [(MARCH, FAR, True)]


def test_a_change_outside_the_row_is_refused(group: Group) -> None:
    with pytest.raises(ObjectionError, match="不在这一段"):
        do(by=BY, what=lambda: change(group, on=MARCH - timedelta(days=1), duty_group=True))


def test_two_rows_of_a_line_never_overlap(group: Group) -> None:
    again = Group(unit=group.unit, organisation=group.organisation, name="第一党小组", valid_from=JUNE)
    with pytest.raises(ObjectionError, match="重叠"):
        do(by=BY, what=lambda: open_line(again))
    do(by=BY, what=lambda: close(group, on=JUNE))
    do(by=BY, what=lambda: open_line(again))
    assert lines(group) == [(MARCH, JUNE, False), (JUNE, FAR, False)]


def test_a_correction_needs_a_reason_and_may_move_the_days(group: Group) -> None:
    with pytest.raises(ObjectionError, match="更正须写明理由"):
        do(by=BY, what=lambda: correct(group, reason=" ", valid_from=JUNE))
    do(by=BY, what=lambda: correct(group, reason="按会议记录更正", valid_from=JUNE))
    assert lines(group) == [(JUNE, FAR, False)]


def test_a_row_does_not_end_before_it_begins(group: Group) -> None:
    with pytest.raises(ObjectionError, match="应当晚于起始日期"):
        do(by=BY, what=lambda: close(group, on=MARCH))


@given(st.dates(DAWN, date(2200, 1, 1)), st.dates(DAWN, date(2200, 1, 1)))
def test_a_row_is_in_force_on_the_days_of_its_span(start: date, day: date) -> None:
    row = Group(valid_from=start, valid_until=start + timedelta(days=30))
    assert row.in_force(day) == (day in Span(start, start + timedelta(days=30)))
