"""Lists of organisations brought in: founded in any order, changed where they differ, taken back exactly."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dangwu.foundation.imports.decisions import NEW, Decisions, key_of
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.scope import Scope
from dangwu.organisations.imports.organisations import Organisations
from dangwu.organisations.models import Organisation, Standing, Term, Unit
from dangwu.organisations.queries import standings
from dangwu.organisations.services.reorganising import found_organisation, rename_organisation
from dangwu.organisations.services.units import register_unit
from tests.importing import BY, Clinic, codes, states, workbook

pytestmark = pytest.mark.django_db

ON = date(2026, 6, 30)
EVERYTHING = "a test"
COMMITTEE = {
    "党组织名称": "中共青禾市财政局机关委员会",
    "简称": "机关党委",
    "类别": "机关党委",
    "成立时间": "2015-03-01",
}
GENERAL = {"党组织名称": "国库中心党总支", "类别": "党总支", "上级党组织": "机关党委", "成立时间": "2016-05"}
OFFICE = {"党组织名称": "办公室党支部", "类别": "党支部", "上级党组织": "机关党委", "成立时间": "2010-01-01"}
FIRST = {"党组织名称": "国库中心第一党支部", "类别": "党支部", "上级党组织": "国库中心党总支"}


@pytest.fixture
def clinic() -> Clinic:
    return Clinic(Organisations(), ON)


def tree(day: date = ON) -> list[str]:
    return ["  " * (len(row.path) // 4 - 1) + row.name for row in standings(Scope.everything(day))]


def everything() -> list[dict[str, Any]]:
    """All rows, without their versions."""
    models = (Unit.objects.all(), *(m.objects.unscoped(EVERYTHING) for m in (Organisation, Standing, Term)))
    rows = [row for every in models for row in every.order_by("pk").values()]
    return [{name: value for name, value in row.items() if name != "version"} for row in rows]


def put(path: Path, *rows: dict[str, Any]) -> Path:
    return workbook(path / "党组织.xlsx", rows)


def test_on_an_empty_site_the_highest_is_founded_with_its_unit(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, FIRST, OFFICE, GENERAL, COMMITTEE))
    names = [row["党组织名称"] for row in (COMMITTEE, OFFICE, GENERAL, FIRST)]
    assert tree() == [names[0], f"  {names[1]}", f"  {names[2]}", f"    {names[3]}"]
    assert [unit.name for unit in Unit.objects.all()] == ["青禾市财政局"]


def test_nothing_stands_before_what_is_above_it_and_keeps_the_day_it_was_founded(
    clinic: Clinic, tmp_path: Path
) -> None:
    clinic.write(put(tmp_path, COMMITTEE, OFFICE))
    office = Standing.objects.unscoped(EVERYTHING).select_related("organisation").get(name="办公室党支部")
    assert office.valid_from == date(2015, 3, 1)
    assert office.organisation.founded_on == date(2010, 1, 1)


def test_the_same_list_again_changes_nothing(clinic: Clinic, tmp_path: Path) -> None:
    told = {**OFFICE, "书记": "甲乙", "本届选举日期": "2024.03", "届满日期": "2027-03", "编制人数": "12"}
    path = put(tmp_path, COMMITTEE, GENERAL, told)
    assert states(clinic.stage(path)) == ["new"] * 3
    clinic.write(path)
    again = clinic.stage(path)
    assert (states(again), codes(again)) == (["same"] * 3, [])


def test_what_was_founded_goes_away_when_it_is_taken_back(clinic: Clinic, tmp_path: Path) -> None:
    before = everything()
    batch = clinic.write(put(tmp_path, COMMITTEE, GENERAL, FIRST, {**OFFICE, "本届选举日期": "2024-03-05"}))
    assert everything() != before
    clinic.undo(batch)
    assert everything() == before


def test_facts_and_terms_are_changed_and_come_back(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE, {**OFFICE, "届满日期": "2026-03-04", "编制人数": "9"}))
    before = everything()
    told = {**OFFICE, "本届选举日期": "2026-03-04", "编制人数": "12", "简称": "办公室支部", "副书记": "甲乙、丙丁"}
    path = put(tmp_path, COMMITTEE, told)
    staging = clinic.stage(path)
    assert states(staging) == ["same", "changed"]
    labels = [difference[0] for difference in staging.rows[1].content["differences"]]
    assert labels == ["编制人数", "副书记", "简称", "本届选举日期"]
    batch = clinic.write(path)
    assert Organisation.objects.unscoped(EVERYTHING).get(staff_total=12).deputy_secretaries == "甲乙、丙丁"
    clinic.undo(batch)
    assert everything() == before


def test_namesakes_below_two_organisations_stay_two(clinic: Clinic, tmp_path: Path) -> None:
    second = {"党组织名称": "办公室党支部", "类别": "党支部", "上级党组织": "国库中心党总支"}
    clinic.write(put(tmp_path, COMMITTEE, GENERAL, second))
    path = put(tmp_path, OFFICE, second)
    assert states(clinic.stage(path)) == ["new", "same"]
    clinic.write(path)
    assert states(clinic.stage(path)) == ["same", "same"]


def test_what_stands_elsewhere_is_asked_about_and_never_moved(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE, GENERAL, OFFICE))
    path = put(tmp_path, {**OFFICE, "上级党组织": "国库中心党总支", "编制人数": "5"})
    staging = clinic.stage(path)
    assert (states(staging), codes(staging)) == (["doubtful"], ["parent.differs"])
    clinic.decisions = Decisions(rows={key_of("Sheet", 2): "accept"})
    was = tree()
    clinic.write(path)
    assert tree() == was
    assert Organisation.objects.unscoped(EVERYTHING).filter(staff_total=5).count() == 1


def test_one_may_say_that_a_namesake_is_another(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE, GENERAL, OFFICE))
    clinic.decisions = Decisions(rows={key_of("Sheet", 2): NEW})
    clinic.write(put(tmp_path, {**OFFICE, "上级党组织": "国库中心党总支"}))
    assert [row.strip() for row in tree()].count("办公室党支部") == 2


def test_of_several_that_may_be_meant_none_is_taken(clinic: Clinic, tmp_path: Path) -> None:
    second = {"党组织名称": "办公室党支部", "类别": "党支部", "上级党组织": "国库中心党总支"}
    clinic.write(put(tmp_path, COMMITTEE, GENERAL, OFFICE, second))
    staging = clinic.stage(put(tmp_path, {"党组织名称": "办公室党支部", "类别": "党支部"}))
    assert (states(staging), codes(staging)) == (["doubtful"], ["organisation.ambiguous"])
    (problem,) = staging.rows[0].content["problems"]
    names = [name for _, name in problem["choices"]]
    assert names == ["办公室党支部（机关党委）", "办公室党支部（国库中心党总支）"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"类别": "党总支"}, "kind.differs"),
        ({"撤销日期": "2026-01-31"}, "dissolved_on.open"),
    ],
)
def test_what_a_page_does_is_only_asked_about(clinic: Clinic, tmp_path: Path, told: dict[str, str], code: str) -> None:
    clinic.write(put(tmp_path, COMMITTEE, OFFICE))
    staging = clinic.stage(put(tmp_path, COMMITTEE, {**OFFICE, **told}))
    assert (states(staging), codes(staging)) == (["same", "doubtful"], [code])


def test_a_parent_that_is_nowhere_is_an_error(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE))
    staging = clinic.stage(put(tmp_path, {**OFFICE, "上级党组织": "税务分局党委"}))
    assert (states(staging), codes(staging)) == (["error"], ["parent.unknown"])


def test_a_circle_is_an_error(clinic: Clinic, tmp_path: Path) -> None:
    staging = clinic.stage(put(tmp_path, COMMITTEE, {**GENERAL, "上级党组织": FIRST["党组织名称"]}, FIRST))
    assert states(staging) == ["new", "error", "error"]
    assert set(codes(staging)) == {"parent.circle"}


def test_a_circle_does_not_hang_those_below_it(clinic: Clinic, tmp_path: Path) -> None:
    below = {"党组织名称": "国库中心第二党支部", "类别": "党支部", "上级党组织": FIRST["党组织名称"]}
    staging = clinic.stage(put(tmp_path, COMMITTEE, below, {**GENERAL, "上级党组织": FIRST["党组织名称"]}, FIRST))
    assert states(staging) == ["new", "new", "error", "error"]


def test_one_that_has_ended_is_founded_and_ended_once(clinic: Clinic, tmp_path: Path) -> None:
    path = put(tmp_path, COMMITTEE, {**OFFICE, "撤销日期": "2024-12-31"})
    clinic.write(path)
    assert [len(tree(day)) for day in (date(2024, 12, 30), date(2024, 12, 31))] == [2, 1]
    assert states(clinic.stage(path)) == ["same", "same"]


def test_below_one_chosen_organisation_nothing_else_is_touched(clinic: Clinic, tmp_path: Path) -> None:
    unit = register_unit(by=BY, name="青禾市", kind="organ", on=ON)
    top = found_organisation(by=BY, unit=unit, parent=None, name="市直机关工委", kind="working_committee", on=ON)
    for name in ("甲局机关党委", "乙局机关党委"):
        found_organisation(by=BY, unit=unit, parent=top.organisation, name=name, kind="committee", on=ON)
    head = Standing.objects.unscoped(EVERYTHING).get(name="甲局机关党委")
    clinic.under, clinic.place = head.organisation_id, head.path
    path = put(tmp_path, {"党组织名称": "办公室党支部"}, {"党组织名称": "人事处党支部", "上级党组织": "乙局机关党委"})
    staging = clinic.stage(path)
    assert states(staging) == ["new", "error"]
    clinic.write(put(tmp_path, {"党组织名称": "办公室党支部", "类别": "党支部"}))
    assert tree() == ["市直机关工委", "  甲局机关党委", "    办公室党支部", "  乙局机关党委"]


def test_a_list_that_was_read_before_somebody_founded_the_same_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE))
    path = put(tmp_path, COMMITTEE, OFFICE)
    staging = clinic.stage(path)
    top = standings(Scope.everything(ON)).get()
    found_organisation(by=BY, unit=top.unit, parent=top.organisation, name="办公室党支部", kind="branch", on=ON)
    with pytest.raises(ObjectionError, match="办公室党支部"):
        clinic.write(path, staging)


def test_a_renamed_parent_has_no_child_with_a_break(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE))
    top = standings(Scope.everything(ON)).get()
    rename_organisation(by=BY, organisation=top.organisation, name="中共青禾市财政局党委", on=date(2025, 1, 1))
    clinic.write(put(tmp_path, {**OFFICE, "上级党组织": "青禾市财政局党委"}))
    office = Standing.objects.unscoped(EVERYTHING).get(name="办公室党支部")
    assert office.valid_from == date(2015, 3, 1)


def place_of(name: str) -> tuple[int, str]:
    standing = Standing.objects.unscoped(EVERYTHING).get(name=name)
    return standing.organisation_id, standing.path


def test_a_list_of_another_bureau_is_asked_about(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE, OFFICE, GENERAL))
    clinic.under, clinic.place = place_of(COMMITTEE["党组织名称"])
    strange = put(tmp_path, *({"党组织名称": f"税务{name}党支部", "类别": "党支部"} for name in "甲乙"))
    assert (states(clinic.stage(strange)), codes(clinic.stage(strange))) == (["doubtful"] * 2, ["list.strange"] * 2)
    clinic.decisions = Decisions(groups={"list.strange:name": "accept"})
    assert states(clinic.stage(strange)) == ["new"] * 2
    clinic.decisions = Decisions()
    below = {"党组织名称": "国库中心第二党支部", "类别": "党支部", "上级党组织": "国库中心党总支"}
    assert states(clinic.stage(put(tmp_path, FIRST, below))) == ["new"] * 2


def test_a_leadership_group_is_not_put_below_the_committee(clinic: Clinic, tmp_path: Path) -> None:
    clinic.write(put(tmp_path, COMMITTEE, OFFICE))
    clinic.under, clinic.place = place_of(COMMITTEE["党组织名称"])
    staging = clinic.stage(put(tmp_path, {"党组织名称": "中共青禾市财政局党组", "类别": "党组"}, OFFICE))
    assert (states(staging), codes(staging)) == (["error", "same"], ["kind.not_below"])
