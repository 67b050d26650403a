"""Organisations over the days: founded, renamed, moved, changed in kind, dissolved; every past day stays right."""

from datetime import date

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.objections import ConflictError, ObjectionError
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Organisation, Standing, Unit
from dangwu.organisations.queries import ancestors, chapters, found, standing_of, standings
from dangwu.organisations.services.reorganising import (
    change_kind,
    found_organisation,
    move_organisation,
    rename_organisation,
)
from dangwu.organisations.services.units import register_unit

pytestmark = pytest.mark.django_db

BY = CommandLine("test")
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def unit() -> Unit:
    return register_unit(by=BY, name="示例局", kind="organ", on=SPRING)


def set_up(unit: Unit, name: str, parent: Standing | None = None, kind: str = "branch") -> Standing:
    above = parent.organisation if parent else None
    return found_organisation(by=BY, unit=unit, parent=above, name=name, kind=kind, on=SPRING)


def tree(day: date) -> list[str]:
    """The names of a day, indented by their depth."""
    return ["  " * (len(row.path) // 4 - 1) + row.name for row in standings(Scope.everything(day))]


def test_the_tree_of_a_day_is_what_was_founded_by_then(unit: Unit) -> None:
    committee = set_up(unit, "机关党委", kind="committee")
    set_up(unit, "办公室党支部", committee)
    later = found_organisation(
        by=BY, unit=unit, parent=committee.organisation, name="人事处党支部", kind="branch", on=SUMMER
    )
    assert tree(SPRING) == ["机关党委", "  办公室党支部"]
    assert tree(SUMMER) == ["机关党委", "  办公室党支部", "  人事处党支部"]
    assert [row.name for row in ancestors(later, SUMMER)] == ["机关党委"]


def test_a_renamed_organisation_keeps_its_old_name_on_old_days(unit: Unit) -> None:
    branch = set_up(unit, "人事处党支部")
    rename_organisation(by=BY, organisation=branch.organisation, name="组织人事处党支部", on=SUMMER)
    assert tree(date(2026, 5, 31)) == ["人事处党支部"]
    assert tree(SUMMER) == ["组织人事处党支部"]
    assert [(c.name, c.valid_from) for c in chapters(branch.organisation)] == [
        ("人事处党支部", SPRING),
        ("组织人事处党支部", SUMMER),
    ]


def test_a_subtree_moves_with_everything_below_it(unit: Unit) -> None:
    old, new = set_up(unit, "第一党委", kind="committee"), set_up(unit, "第二党委", kind="committee")
    general = set_up(unit, "后勤党总支", old, "general_branch")
    set_up(unit, "车队党支部", general)
    move_organisation(by=BY, organisation=general.organisation, under=new.organisation, on=SUMMER)
    assert tree(SPRING) == ["第一党委", "  后勤党总支", "    车队党支部", "第二党委"]
    assert tree(SUMMER) == ["第一党委", "第二党委", "  后勤党总支", "    车队党支部"]


def test_nothing_moves_below_itself(unit: Unit) -> None:
    committee = set_up(unit, "机关党委", kind="committee")
    branch = set_up(unit, "办公室党支部", committee)
    with pytest.raises(ObjectionError, match="不能移到它自己或者它的下级之下"):
        move_organisation(by=BY, organisation=committee.organisation, under=branch.organisation, on=SUMMER)


def test_a_branch_becomes_a_general_branch(unit: Unit) -> None:
    branch = set_up(unit, "信息中心党支部")
    change_kind(by=BY, organisation=branch.organisation, kind="general_branch", name="信息中心党总支", on=SUMMER)
    before, after = (standing_of(branch.organisation, day) for day in (SPRING, SUMMER))
    assert (before.kind, after.kind, after.name) == ("branch", "general_branch", "信息中心党总支")


def test_what_was_built_on_later_is_not_changed_beneath_it(unit: Unit) -> None:
    branch = set_up(unit, "人事处党支部")
    rename_organisation(by=BY, organisation=branch.organisation, name="组织人事处党支部", on=AUTUMN)
    with pytest.raises(ObjectionError, match="2026-09-01 已有变动"):
        rename_organisation(by=BY, organisation=branch.organisation, name="人事教育处党支部", on=SUMMER)


def test_two_of_one_name_under_one_parent_are_refused(unit: Unit) -> None:
    one, other = set_up(unit, "第一党委", kind="committee"), set_up(unit, "第二党委", kind="committee")
    set_up(unit, "第一党支部", one)
    set_up(unit, "第一党支部", other)
    with pytest.raises(ObjectionError, match="同一上级之下已有“第一党支部”"):
        set_up(unit, "第一党支部", one)


def test_a_rename_on_what_somebody_else_has_renamed_shows_both(unit: Unit) -> None:
    branch = set_up(unit, "人事处党支部")
    rename_organisation(by=BY, organisation=branch.organisation, name="组织人事处党支部", on=SPRING, version=1)
    with pytest.raises(ConflictError) as conflict:
        rename_organisation(by=BY, organisation=branch.organisation, name="人事教育处党支部", on=SPRING, version=1)
    assert (conflict.value.yours["name"], conflict.value.theirs["name"]) == ("人事教育处党支部", "组织人事处党支部")


@pytest.mark.parametrize("typed", ["办公", "bgs", "bangongshi", "jgdw bgs", "示例局办"])
def test_an_organisation_is_found_by_name_short_name_or_initials(unit: Unit, typed: str) -> None:
    found_organisation(
        by=BY,
        unit=unit,
        parent=None,
        name="机关党委办公室党支部",
        short_name="示例局办公室支部",
        kind="branch",
        on=SPRING,
    )
    set_up(unit, "人事处党支部")
    assert [row.called for row in found(Scope.everything(SPRING), typed)] == ["示例局办公室支部"]


def test_a_number_under_a_parent_is_never_given_twice(unit: Unit) -> None:
    one, other = set_up(unit, "第一党委", kind="committee"), set_up(unit, "第二党委", kind="committee")
    first = set_up(unit, "甲党支部", one)
    move_organisation(by=BY, organisation=first.organisation, under=other.organisation, on=SUMMER)
    second = found_organisation(by=BY, unit=unit, parent=one.organisation, name="乙党支部", kind="branch", on=SUMMER)
    assert first.path[-4:] != second.path[-4:]
    assert Organisation.objects.unscoped("all are counted").count() == 4
