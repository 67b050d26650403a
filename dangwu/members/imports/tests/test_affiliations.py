"""Past affiliations brought in: what is registered goes back to where it began, and what was before comes before it."""

from datetime import date
from pathlib import Path

import pytest

from dangwu.kernel.span import FAR
from dangwu.members.imports.affiliations import Affiliations
from dangwu.members.models import Affiliation, Amendment, Membership
from dangwu.members.services.lines import correct_row, transfer_person
from dangwu.members.tests.conftest import House
from dangwu.organisations.services.reorganising import rename_organisation
from tests.importing import BY, Clinic, codes, states, workbook

ON = date(2026, 6, 30)
EVERYTHING = "a test"
Row = tuple[str, str, str | None, str | None]
NOW: Row = ("白露", "办公室党支部", "2026-06-01", None)


@pytest.fixture
def clinic(house: House) -> Clinic:
    house.register("白露", house.office, on=date(2026, 6, 1))
    return Clinic(Affiliations(), ON)


def put(path: Path, *rows: Row) -> Path:
    heads = ("姓名", "党组织", "起", "止")
    return workbook(path / "沿革.xlsx", [dict(zip(heads, row, strict=True)) for row in rows])


def line() -> list[tuple[int, date, date]]:
    rows = Affiliation.objects.unscoped(EVERYTHING).order_by("valid_from")
    return [(row.organisation_id, row.valid_from, row.valid_until) for row in rows]


def test_history_is_built_before_what_is_registered(clinic: Clinic, house: House, tmp_path: Path) -> None:
    path = put(
        tmp_path,
        ("白露", "办公室党支部", "2023-05-01", None),
        ("白露", "人事处党支部", "2020-03-01", None),
        ("白露", "机关党委", "2018.07", "2020.03"),
    )
    assert states(clinic.stage(path)) == ["changed", "new", "new"]
    clinic.write(path)
    assert line() == [
        (house.committee.pk, date(2018, 7, 1), date(2020, 3, 1)),
        (house.personnel.pk, date(2020, 3, 1), date(2023, 5, 1)),
        (house.office.pk, date(2023, 5, 1), FAR),
    ]
    again = clinic.stage(path)
    assert (states(again), codes(again)) == (["same"] * 3, [])


def stages() -> list[tuple[str, date, date]]:
    rows = Membership.objects.unscoped(EVERYTHING).order_by("valid_from")
    return [(row.kind, row.valid_from, row.valid_until) for row in rows]


def test_whoever_belonged_to_a_branch_was_a_member_of_the_party(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, ("白露", "办公室党支部", "2023-05-01", None)))
    assert stages() == [("full", date(2023, 5, 1), FAR)]


def test_nobody_was_a_full_member_before_he_was_confirmed(clinic: Clinic, house: House, tmp_path: Path) -> None:
    days = {"joined_on": date(2024, 3, 1), "confirmed_on": date(2025, 3, 1)}
    someone = house.register("云帆", house.office, on=date(2026, 6, 1))
    row = Membership.objects.unscoped(EVERYTHING).get(person=someone)
    correct_row(by=BY, row=row, version=row.version, reason="按档案", on=ON, told=days)
    clinic.write(put(tmp_path, ("云帆", "办公室党支部", "2023-05-01", None)))
    known = Membership.objects.unscoped(EVERYTHING).filter(person=someone).order_by("valid_from")
    assert [(row.kind, row.valid_from) for row in known] == [
        ("probationary", date(2024, 3, 1)),
        ("full", date(2025, 3, 1)),
    ]


def test_it_is_taken_back_exactly(clinic: Clinic, tmp_path: Path) -> None:
    before = line(), stages()
    batch = clinic.write(
        put(tmp_path, ("白露", "办公室党支部", "2023-05-01", None), ("白露", "人事处党支部", "2020-03-01", None))
    )
    amended = Amendment.objects.unscoped(EVERYTHING)
    assert {row.reason for row in amended} == {"导入组织关系沿革表"}
    clinic.undo(batch)
    assert ((line(), stages()), amended.all().count()) == (before, 0)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("白露", "人事处党支部", "2020-03-01", "2026-06-15")], "since.overlap"),
        ([("白露", "人事处党支部", "2026-06-15", None)], "since.not_past"),
        ([("白露", "人事处党支部", "2020-03-01", "2020-01-01")], "until.before_since"),
        ([("白露", "税务局党支部", "2020-03-01", "2021-01-01")], "organisation.unknown"),
        ([("无人", "人事处党支部", "2020-03-01", "2021-01-01")], "person.unknown"),
    ],
)
def test_what_cannot_have_been_is_told(clinic: Clinic, tmp_path: Path, rows: list[Row], code: str) -> None:
    staging = clinic.stage(put(tmp_path, NOW, *rows))
    assert (states(staging)[0], states(staging)[1] in {"error", "doubtful"}) == ("same", True)
    assert codes(staging) == [code]


def test_two_stretches_of_the_file_do_not_overlap(clinic: Clinic, tmp_path: Path) -> None:
    rows: list[Row] = [
        ("白露", "人事处党支部", "2020-03-01", "2022-01-01"),
        ("白露", "机关党委", "2021-03-01", "2023-01-01"),
    ]
    staging = clinic.stage(put(tmp_path, *rows))
    assert (states(staging), codes(staging)) == (["new", "error"], ["since.overlap"])


def test_whoever_came_back_has_two_stretches_in_one_branch(clinic: Clinic, house: House, tmp_path: Path) -> None:
    person = house.register("谷雨", house.office, on=date(2025, 2, 1))
    transfer_person(by=BY, person=person, organisation=house.personnel, on=date(2025, 9, 1))
    path = put(
        tmp_path, ("谷雨", "人事处党支部", "2021-03-01", "2024-02-01"), ("谷雨", "办公室党支部", "2024-02-01", None)
    )
    assert states(clinic.stage(path)) == ["new", "changed"]
    clinic.write(path)
    assert [row[1:] for row in line() if row[1] < date(2026, 1, 1)] == [
        (date(2021, 3, 1), date(2024, 2, 1)),
        (date(2024, 2, 1), date(2025, 9, 1)),
        (date(2025, 9, 1), FAR),
    ]


def test_an_organisation_is_known_by_the_name_that_it_bore_then(clinic: Clinic, house: House, tmp_path: Path) -> None:
    rename_organisation(by=BY, organisation=house.personnel, name="干部处党支部", on=date(2026, 3, 1))
    clinic.write(put(tmp_path, NOW, ("白露", "人事处党支部", "2025-03-01", "2026-02-01")))
    assert line()[0][0] == house.personnel.pk
