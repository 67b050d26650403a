"""A check from the workbooks handed in to its result, and back to nothing where it fails."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from pytest_django.fixtures import Settings

from dangwu.access.models import Account, Appointment
from dangwu.access.scoping import AccountActor
from dangwu.compliance.intake import HandedIn
from dangwu.compliance.models import Check, Finding, Workbook
from dangwu.compliance.queries import checks_for
from dangwu.compliance.services.checking import discard_check, open_check, perform_check, take_up_interrupted
from dangwu.compliance.tasks import opener_of
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.objections import RefusedError
from dangwu.foundation.scope import Scope
from dangwu.members.models import Person
from dangwu.organisations.models import Unit
from dangwu.organisations.queries import standings, standings_of_unit
from dangwu.organisations.services.establishing import Draft, establish

pytestmark = pytest.mark.django_db
ON, NEW_YEAR = date(2026, 10, 15), date(2026, 1, 1)
CLERK, NEIGHBOUR, SITE = CommandLine("clerk"), CommandLine("neighbour"), CommandLine("run")

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
        return open_check(by=CLERK, workbooks=handed_in, on=ON, since=NEW_YEAR, packs=[], today=ON)

    return open_with


@pytest.fixture
def appointed() -> AccountActor:
    """A clerk with an account and an office."""
    with doing(Deed("appoint", SITE)):
        unit = Unit.objects.create(name="示例局")
        organisation = establish(unit=unit, drafts=[Draft("机关党委", "committee")])["机关党委"].organisation
        account = Account.objects.create(username="clerk", name="文书")
        Appointment.objects.create(unit=unit, account=account, organisation=organisation, role="clerk")
    return AccountActor(account, ON)


def people_of(check: Check) -> int:
    return Person.objects.unscoped("whatever was read for the check").filter(unit=check.unit_id).count()


def told(check: Check) -> list[str]:
    """What the audit has of a check."""
    entries = AuditEntry.objects.filter(subject=f"compliance.check:{check.pk}").order_by("sequence")
    return list(entries.values_list("verb", flat=True))


@dataclass(frozen=True)
class Outsider:
    """Somebody without any right."""

    key: str = "account:404"
    name: str = "外人"

    def scope(self, _right: str, on: date) -> Scope:
        return Scope.nothing(on)

    def holds(self, _duty: str) -> bool:
        return False


def test_a_check_stores_people_activities_and_findings(opened: Open) -> None:
    check = perform_check(by=CLERK, check=opened())
    assert check.state == Check.State.DONE
    assert people_of(check) == 3
    missed = Finding.objects.filter(check_run=check, rule="theme-day-each-month").values_list("period", flat=True)
    assert sorted(missed) == [f"2026-0{month}" for month in (1, 2, 4, 5, 6, 7, 8, 9)]


def test_short_names_mean_the_same_branch(opened: Open) -> None:
    check = perform_check(by=CLERK, check=opened())
    assert [standing.name for standing in standings_of_unit(check.unit_id, ON)] == ["办公室党支部"]


def test_an_unknown_branch_is_told_with_its_row(opened: Open) -> None:
    problem = perform_check(by=CLERK, check=opened()).problems.get(code="organisation.unknown")
    assert (problem.file, problem.row, problem.column) == ("台账.csv", 4, "A")
    assert problem.remedy


def test_progress_rises_to_the_end(opened: Open) -> None:
    seen: list[int] = []
    perform_check(by=CLERK, check=opened(), progress=lambda _step, percent: seen.append(percent))
    assert seen == sorted(seen)
    assert seen[-1] >= 85


def test_an_unreadable_workbook_refuses_the_check_and_stores_nothing(opened: Open) -> None:
    check = perform_check(by=CLERK, check=opened(ledger="\x00\x01"))
    assert check.state == Check.State.REFUSED
    assert "台账.csv" in check.message
    assert people_of(check) == 0


def test_the_files_are_gone_when_the_check_is_done(opened: Open, tmp_path: Path) -> None:
    perform_check(by=CLERK, check=opened())
    assert [path for path in (tmp_path / "home").rglob("*") if path.is_file()] == []


def test_a_check_cut_short_waits_again_with_nothing_stored(opened: Open) -> None:
    check = opened()
    with doing(Deed("half.way", CLERK, trial=True)):
        establish(unit=check.unit, drafts=[Draft("办公室党支部", "branch")], under=check.root)
    Check.objects.filter(pk=check.pk).update(state=Check.State.RUNNING)
    assert take_up_interrupted(by=SITE) == [check]
    assert not standings_of_unit(check.unit_id, ON).exists()
    assert perform_check(by=CLERK, check=Check.objects.get(pk=check.pk)).state == Check.State.DONE


def test_discarding_a_check_leaves_nothing(opened: Open) -> None:
    check = perform_check(by=CLERK, check=opened())
    discard_check(by=CLERK, check=check)
    tables = [model._base_manager for model in apps.get_models() if model.__module__.startswith("dangwu.")]  # noqa: SLF001 - Django's own way
    assert {rows.model.__name__ for rows in tables if rows.exists()} == {"AuditEntry", "AuditSalt", "ChainHead"}


def test_a_check_is_its_openers_alone(opened: Open) -> None:
    check = opened()
    assert [list(checks_for(by)) for by in (CLERK, NEIGHBOUR)] == [[check], []]
    with pytest.raises(RefusedError):
        perform_check(by=NEIGHBOUR, check=check)
    with pytest.raises(RefusedError):
        discard_check(by=NEIGHBOUR, check=check)


def test_who_has_no_right_opens_none() -> None:
    with pytest.raises(RefusedError):
        open_check(by=Outsider(), workbooks=[], on=ON, since=NEW_YEAR, packs=[], today=ON)
    assert not Check.objects.exists()


def test_an_account_opens_its_own(appointed: AccountActor) -> None:
    check = open_check(by=appointed, workbooks=[], on=ON, since=NEW_YEAR, packs=[], today=ON)
    assert (check.account, check.opened_by) == (appointed.account, appointed.key)
    assert opener_of(check, ON).key == appointed.key


def test_the_audit_tells_of_a_check_by_numbers(opened: Open) -> None:
    check = perform_check(by=CLERK, check=opened())
    stored = AuditEntry.objects.get(verb="check.store")
    assert told(check) == ["check.open", "check.store", "check.conclude"]
    changes = json.loads(stored.body)["changes"]
    assert {"after": {"rows": 1}, "model": "organisations.unit", "pk": 0} in changes
    assert changes[-1] == {"after": {"rows": 2}, "model": "records.service", "pk": 0}
    assert "白露" not in stored.body


def test_nobody_has_the_organisations_of_a_check_in_his_scope(opened: Open) -> None:
    check = perform_check(by=CLERK, check=opened())
    assert all(standing.path.startswith(str(check.root)) for standing in standings_of_unit(check.unit_id, ON))
    assert not standings(Scope.everything(ON)).exists()
