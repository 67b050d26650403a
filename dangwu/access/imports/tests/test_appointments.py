"""Appointments brought in: by the security administrator alone, by account or name, and taken back exactly."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dangwu.access.imports.appointments import Appointments
from dangwu.access.imports.exporting import AppointmentsExport
from dangwu.access.models import Account, Administration, Appointment
from dangwu.access.services.appointing import end_appointment, follow_post
from dangwu.access.tests.conftest import TODAY
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.history import open_line
from dangwu.foundation.imports.decisions import Decisions
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.kinds import OutdatedError
from dangwu.foundation.objections import RefusedError
from dangwu.kernel.span import FAR
from dangwu.organisations.models import Organisation
from tests.accounts import Cast, account, actor, appointed, rewrite
from tests.importing import BY, Clinic, codes, states, workbook

Places = dict[str, Organisation]
SINCE = date(2026, 9, 1)


@action("cast.follow", allow=anybody)
def follow(*, by: Actor, account: Account, organisation: Organisation) -> None:  # noqa: ARG001 - every action has it
    follow_post(account, organisation, "secretary", "post:1", SINCE)


@action("cast.administrator", allow=anybody)
def administrator_since(*, by: Actor, account: Account, on: date) -> None:  # noqa: ARG001 - every action has it
    open_line(Administration(account=account, duty="audit", valid_from=on))


@pytest.fixture
def clinic(places: Places, cast: Cast) -> Clinic:  # noqa: ARG001 - it stands in the database
    account("zhong", name="钟正")
    account("yan", name="严明")
    return Clinic(Appointments(), TODAY, by=actor(cast.security, TODAY))


def row(name: str, role: str, where: str = "第一党支部", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - cells
    return {"姓名": name, "党组织": where, "角色": role, **more}


def put(path: Path, *rows: dict[str, Any]) -> Path:
    return workbook(path / "任用.xlsx", rows)


def held() -> Sequence[tuple[str, str, date, date]]:
    rows = Appointment.objects.unscoped("a test").select_related("account").order_by("account__username", "role")
    return [(its.account.username, its.role, its.valid_from, its.valid_until) for its in rows]


def test_appointments_come_in_by_account_or_name_and_a_second_time_nothing(clinic: Clinic, tmp_path: Path) -> None:
    path = put(
        tmp_path,
        row("钟正", "支部书记", 起始日期="2026-09-01", 任用依据="示例〔2026〕3 号"),
        row("", "督导人员", "机关党委", 账号="YAN", 最后一天="2026-12-31"),
    )
    clinic.write(path)
    assert held() == [("yan", "supervisor", TODAY, date(2027, 1, 1)), ("zhong", "secretary", SINCE, FAR)]
    assert "示例〔2026〕3 号" in AuditEntry.objects.get(verb="import.write").reason
    assert (states(clinic.stage(path)), codes(clinic.stage(path))) == (["same"] * 2, [])


def test_it_is_taken_back_exactly_with_what_was_delegated(clinic: Clinic, places: Places, tmp_path: Path) -> None:
    appointed(places["第一党支部"], role="secretary", who=Account.objects.get(username="zhong"))
    before = held()
    batch = clinic.write(put(tmp_path, row("钟正", "书记", 最后一天="2026-11-30"), row("严明", "委员")))
    assert held()[1][3] == date(2026, 12, 1)
    clinic.undo(batch)
    assert held() == before


def test_an_end_is_brought_forward_or_put_off(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, row("钟正", "书记", 起始日期="2026-09-01", 最后一天="2026-11-30")))
    clinic.write(put(tmp_path, row("钟正", "书记", 最后一天="2026-12-31")))
    assert held() == [("zhong", "secretary", SINCE, date(2027, 1, 1))]
    clinic.write(put(tmp_path, row("钟正", "书记", 最后一天="2026-09-30")))
    assert held() == [("zhong", "secretary", SINCE, date(2026, 10, 1))]


def test_whoever_cannot_be_appointed_is_an_error(clinic: Clinic, cast: Cast, tmp_path: Path) -> None:
    rewrite(cast.nobody, is_active=False)
    path = put(
        tmp_path,
        row("audit", "书记"),
        row("security", "书记"),
        row("", "书记", 账号="nobody"),
        row("无人", "书记"),
        row("钟正", "大总管"),
        row("", "委员"),
    )
    staging = clinic.stage(path)
    assert states(staging) == ["error"] * 6
    wanted = {"account.administrator", "account.own", "account.closed", "account.unknown", "role.unknown"}
    assert set(codes(staging)) == {*wanted, "account.missing"}


def test_of_two_accounts_of_one_name_none_is_taken(clinic: Clinic, tmp_path: Path) -> None:
    second = account("zhong2", name="钟正")
    path = put(tmp_path, row("钟正", "书记"))
    assert (states(clinic.stage(path)), codes(clinic.stage(path))) == (["doubtful"], ["account.ambiguous"])
    clinic.decisions = Decisions(rows={'["Sheet",2]': str(second.pk)})
    clinic.write(path)
    assert [line[0] for line in held()] == ["zhong2"]


def test_what_follows_from_a_post_is_there_already_and_is_not_cut_short(
    clinic: Clinic, places: Places, tmp_path: Path
) -> None:
    follow(by=BY, account=Account.objects.get(username="zhong"), organisation=places["第一党支部"])
    assert states(clinic.stage(put(tmp_path, row("钟正", "书记")))) == ["same"]
    staging = clinic.stage(put(tmp_path, row("钟正", "书记", 最后一天="2026-11-30")))
    assert codes(staging) == ["last.follows"]


def test_one_line_told_twice_is_an_error(clinic: Clinic, tmp_path: Path) -> None:
    staging = clinic.stage(put(tmp_path, row("钟正", "书记"), row("钟正", "党支部书记", 账号="zhong")))
    assert (states(staging), codes(staging)) == (["new", "error"], ["appointment.twice"])


def test_nobody_else_brings_them_in(clinic: Clinic, places: Places, cast: Cast, tmp_path: Path) -> None:
    clerk = appointed(places["机关党委"], who=account("wenqing"))
    path = put(tmp_path, row("钟正", "书记"))
    staging = clinic.stage(path)
    for who in (clerk, cast.system, cast.audit, cast.nobody):
        with pytest.raises(RefusedError):
            Clinic(Appointments(), TODAY, by=actor(who, TODAY)).open(path, staging)
    assert [line[0] for line in held()] == ["wenqing"]


def test_whoever_became_an_administrator_meanwhile_gets_and_gets_back_nothing(
    clinic: Clinic, places: Places, tmp_path: Path
) -> None:
    zhong = Account.objects.get(username="zhong")
    appointed(places["第一党支部"], role="secretary", who=zhong)
    batch = clinic.write(put(tmp_path, row("钟正", "书记", 最后一天="2026-10-01"), row("严明", "委员")))
    waiting = clinic.open(path := put(tmp_path, row("钟正", "委员", "机关党委")), clinic.stage(path))
    administrator_since(by=BY, account=zhong, on=TODAY)
    with pytest.raises(OutdatedError):
        clinic.written(waiting)
    assert clinic.undo(batch).obstacles
    assert clinic.undo(batch, leaving=True).rows == 1
    assert [line[0] for line in held()] == ["zhong"]


def test_somebody_appointed_meanwhile_is_not_appointed_twice(clinic: Clinic, tmp_path: Path) -> None:
    path = put(tmp_path, row("钟正", "书记"))
    waiting = clinic.open(path, clinic.stage(path))
    clinic.write(path)
    with pytest.raises(OutdatedError):
        clinic.written(waiting)
    end_appointment(by=clinic.by, appointment=Appointment.objects.unscoped("a test").get(), on=TODAY, reason="试")
    clinic.written(waiting)
    assert len(held()) == 1


def test_what_is_exported_changes_nothing_when_it_comes_in(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, row("钟正", "书记"), row("严明", "督导人员", "机关党委", 最后一天="2026-12-31")))
    AppointmentsExport().take(by=clinic.by, out_of=OutOf("", TODAY), file=tmp_path / "out.xlsx", today=TODAY)
    again = clinic.stage(tmp_path / "out.xlsx")
    assert (states(again), codes(again)) == (["same"] * 2, [])
