"""Those on their way into the Party brought in: who they are, how far they are, and taken back exactly."""

from datetime import date
from pathlib import Path

import pytest

from dangwu.foundation.imports.decisions import Decisions
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.kinds import OutdatedError
from dangwu.members.imports.admission_exporting import AdmissionsExport
from dangwu.members.imports.admissions import Admissions
from dangwu.members.imports.tests.clinic import DAY, OFFICE, Clinic, number
from dangwu.members.models import Admission, Membership, Person
from dangwu.members.services.admitting import describe_admission
from dangwu.members.services.registering import register_person
from dangwu.members.tests.conftest import House
from tests.importing import BY

EVERYTHING = "a test"


@pytest.fixture
def clinic(house: House, tmp_path: Path) -> Clinic:  # noqa: ARG001 - the organisations stand in the database
    return Clinic(Admissions(), folder=tmp_path)


def someone(name: str, applied: str = "2024-05-06", **more: str) -> dict[str, str]:
    return {"姓名": name, "所在党支部": OFFICE, "申请入党时间": applied, **more}


def stage_of(name: str) -> str:
    return str(Membership.objects.unscoped(EVERYTHING).get(person__name=name).kind)


def told_of(name: str) -> Admission:
    return Admission.objects.unscoped(EVERYTHING).get(person__name=name)


def test_whoever_is_new_is_registered_at_the_stage_of_his_furthest_step(clinic: Clinic) -> None:
    rows = (
        someone("甲一"),
        someone("甲二", 确定积极分子时间="2025-01", 培养联系人="钟正、严明"),
        someone("甲三", 确定积极分子时间="2024-07-01", 确定为发展对象时间="2025-08-01", 政审时间="2025-09"),
        someone("甲四", 支部大会时间="2026-03-18", 批准时间="2026-05-20"),
    )
    clinic.writes(*rows)
    stages = ["applicant", "activist", "candidate", "probationary"]
    assert [stage_of(row["姓名"]) for row in rows] == stages
    assert (told_of("甲二").activist_since, told_of("甲二").contacts) == ("2025-01", "钟正、严明")
    joined = Membership.objects.unscoped(EVERYTHING).get(person__name="甲四")
    assert joined.joined_on == date(2026, 3, 18)
    assert clinic.states(*rows) == ["same"] * 4


def test_somebody_known_stays_where_he_belongs_and_keeps_his_day_of_joining(clinic: Clinic, house: House) -> None:
    row = {"name": "白露", "kind": "probationary", "joined_on": date(2026, 3, 18), "told": {"birth": "1995-03-01"}}
    register_person(by=BY, organisation=house.personnel, on=DAY, **row)  # type: ignore[arg-type] # what is registered
    clinic.writes(someone("白露", 支部大会时间="2026-03", 出生日期="1995-03-01"))
    assert house.roster(DAY) == {"人事处党支部": ["白露"]}
    assert Membership.objects.unscoped(EVERYTHING).get().joined_on == date(2026, 3, 18)
    assert told_of("白露").accepted == "2026-03"


def test_a_later_step_brings_the_stage_on_and_an_earlier_one_takes_nothing_back(clinic: Clinic, house: House) -> None:
    birth = {"出生日期": "1995-03-01"}
    clinic.writes(someone("白露", 确定积极分子时间="2024-09-01", **birth))
    clinic.writes(someone("白露", 确定为发展对象时间="2025-10-09", **birth))
    now = Membership.objects.unscoped(EVERYTHING).filter(person__name="白露").latest("pk")
    assert now.kind == "candidate"
    assert clinic.states(someone("白露", **birth)) == ["same"]
    assert house.roster(DAY)[OFFICE] == ["白露"]


def test_it_is_taken_back_exactly(clinic: Clinic) -> None:
    birth = {"出生日期": "1995-03-01"}
    clinic.writes(someone("白露", **birth))
    batch = clinic.writes(someone("白露", 谈话日期="2024-05-20", 入党介绍人="钟正", **birth), someone("谷雨"))
    assert told_of("白露").talked == "2024-05-20"
    clinic.undo(batch)
    assert (told_of("白露").talked, told_of("白露").introducers) == ("", "")
    assert [row.name for row in Person.objects.unscoped(EVERYTHING)] == ["白露"]


def test_steps_in_the_wrong_order_are_doubted(clinic: Clinic) -> None:
    assert clinic.codes(someone("白露", 确定积极分子时间="2023-01-01")) == ["steps.order"]
    months = someone("白露", "2024-05", 谈话日期="2024-05-02")
    assert clinic.codes(months, someone("谷雨", 培训时间="2025-05-01", 政审时间="2025-06-01")) == []


def test_one_person_on_two_rows_is_registered_once(clinic: Clinic) -> None:
    rows = [someone("白露", 身份证号=number()), someone("白露", 身份证号=number(), 谈话日期="2024-06-01")]
    assert clinic.states(*rows)[1] == "error"


def test_what_becomes_of_each_step_is_decided(clinic: Clinic) -> None:
    birth = {"出生日期": "1995-03-01"}
    clinic.writes(someone("白露", **birth))
    clinic.decisions = Decisions(fields={"applied": "fill", "talked": "keep"})
    assert clinic.states(someone("白露", "2024-06-06", 谈话日期="2024-07-01", **birth)) == ["same"]


def test_nobody_writes_over_what_was_told_meanwhile(clinic: Clinic) -> None:
    birth = {"出生日期": "1995-03-01"}
    clinic.writes(someone("白露", **birth))
    waiting = clinic.opens(someone("白露", "2024-06-06", **birth))
    person = Person.objects.unscoped(EVERYTHING).get()
    told = {"applied": "2024-05-07"}
    describe_admission(by=BY, person=person, version=1, on=DAY, reason="按申请书更正", told=told)
    with pytest.raises(OutdatedError):
        clinic.written(waiting)
    assert told_of("白露").applied == "2024-05-07"


def test_what_is_exported_changes_nothing_when_it_comes_in(clinic: Clinic, house: House, tmp_path: Path) -> None:
    clinic.writes(
        someone("白露", 确定积极分子时间="2025-01", 培养联系人="钟正", 身份证号=number()),
        someone("谷雨", 支部大会时间="2026-03-18", 出生日期="1995-03", 宣誓时间="2026-07-01"),
    )
    house.register("夏至", house.office, kind="full")
    rows = AdmissionsExport().take(by=BY, out_of=OutOf("", DAY), file=tmp_path / "out.xlsx", today=DAY)
    staging = clinic.stage(tmp_path / "out.xlsx")
    assert rows == 2
    assert [row.state.value for row in staging.rows] == ["same"] * 2
