"""A check from the workbooks handed in to its result, and back to nothing where it fails."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from dangwu.compliance.models import Check, Finding, Workbook
from dangwu.compliance.services import HandedIn, discard_check, open_check, perform_check, take_up_interrupted
from dangwu.members.models import Person
from dangwu.organisations.models import Organisation, Unit

pytestmark = pytest.mark.django_db
ON, NEW_YEAR = date(2026, 10, 15), date(2026, 1, 1)

ROSTER = """姓名,性别,人员类别,所在党支部,党内职务,入党日期,转正日期
钟正,男,正式党员,办公室党支部,党支部书记,1998.07,1999.07
白露,女,正式党员,办公室支部,,2012年7月1日,2013年7月1日
谷雨,女,正式党员,办公室党支部,,20150701,20160701
"""
LEDGER = """党组织,活动类型,主题,日期,应到,实到
办公室党支部,主题党日,学习,2026-03-05,3,3
办公室党支部,三会一课-党课,廉政,2026-04-08,3,2
不知名支部,主题党日,学习,2026-03-05,3,3
"""
Open = Callable[..., Check]


@pytest.fixture
def opened(tmp_path: Path, settings: Settings) -> Open:
    settings.HOME = tmp_path / "home"

    def open_with(roster: str = ROSTER, ledger: str = LEDGER) -> Check:
        handed_in = []
        for role, name, text in (
            (Workbook.Role.ROSTER, "名册.csv", roster),
            (Workbook.Role.LEDGER, "台账.csv", ledger),
        ):
            path = tmp_path / name
            path.write_text(text, encoding="gb18030")
            handed_in.append(HandedIn(role, path, name))
        return open_check(workbooks=handed_in, on=ON, since=NEW_YEAR, packs=[])

    return open_with


def test_a_check_stores_people_activities_and_findings(opened: Open) -> None:
    check = perform_check(check=opened())
    assert check.state == Check.State.DONE
    assert Person.objects.filter(unit=check.unit_id).count() == 3
    missed = Finding.objects.filter(check_run=check, rule="theme-day-each-month").values_list("period", flat=True)
    assert sorted(missed) == [f"2026-0{month}" for month in (1, 2, 4, 5, 6, 7, 8, 9)]


def test_short_names_mean_the_same_branch(opened: Open) -> None:
    check = perform_check(check=opened())
    assert list(Organisation.objects.filter(unit=check.unit_id).values_list("name", flat=True)) == ["办公室党支部"]


def test_an_unknown_branch_is_told_with_its_row(opened: Open) -> None:
    problem = perform_check(check=opened()).problems.get(code="organisation.unknown")
    assert (problem.file, problem.row, problem.column) == ("台账.csv", 4, "A")
    assert problem.remedy


def test_progress_rises_to_the_end(opened: Open) -> None:
    seen: list[int] = []
    perform_check(check=opened(), progress=lambda _step, percent: seen.append(percent))
    assert seen == sorted(seen)
    assert seen[-1] >= 85


def test_an_unreadable_workbook_refuses_the_check_and_stores_nothing(opened: Open) -> None:
    check = perform_check(check=opened(ledger="\x00\x01"))
    assert check.state == Check.State.REFUSED
    assert "台账.csv" in check.message
    assert not Person.objects.filter(unit=check.unit_id).exists()


def test_the_files_are_gone_when_the_check_is_done(opened: Open, tmp_path: Path) -> None:
    perform_check(check=opened())
    assert [path for path in (tmp_path / "home").rglob("*") if path.is_file()] == []


def test_a_check_cut_short_waits_again_with_nothing_stored(opened: Open) -> None:
    check = opened()
    Organisation.objects.create(unit=check.unit, path="0001", name="办公室党支部", kind="branch")
    Check.objects.filter(pk=check.pk).update(state=Check.State.RUNNING)
    assert take_up_interrupted() == [check]
    assert not Organisation.objects.filter(unit=check.unit_id).exists()
    assert perform_check(check=Check.objects.get(pk=check.pk)).state == Check.State.DONE


def test_discarding_a_check_leaves_nothing(opened: Open) -> None:
    check = perform_check(check=opened())
    discard_check(check=check)
    assert not Unit.objects.exists()
    assert not Finding.objects.exists()
