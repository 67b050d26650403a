"""Whom a row means, and what of it differs from what is registered."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dangwu.foundation.imports.decisions import Decisions, key_of
from dangwu.members.imports.tests.clinic import Clinic, differences, number, person
from dangwu.members.models import Person
from dangwu.members.services.lines import change_membership
from dangwu.members.tests.conftest import BY, House
from dangwu.organisations.services.reorganising import rename_organisation

pytestmark = pytest.mark.django_db
BORN = {"出生日期": "1980-01"}


def test_somebody_unknown_is_new(clinic: Clinic) -> None:
    assert clinic.states(person("文清")) == ["new"]


def test_the_same_file_again_changes_nothing(clinic: Clinic) -> None:
    rows = [
        person("文清", 身份证号=number(), 手机="16400000001", 学历="本科", 党内职务="书记", 党小组="第一党小组"),
        person("白露", **BORN, 入党时间="2005.07", 党费基数="6000", 在职情况="在职"),
    ]
    clinic.writes(*rows)
    assert clinic.states(*rows) == ["same", "same"]


def test_somebody_is_found_by_his_number_whatever_he_is_called(clinic: Clinic) -> None:
    clinic.writes(person("文清", 身份证号=number()))
    staging = clinic.stages(person("文青", 身份证号=number()))
    assert [row.state for row in staging.rows] == ["changed"]
    assert ["姓名", "文清", "文青"] in differences(staging)


def test_somebody_is_found_by_name_and_birth(clinic: Clinic) -> None:
    clinic.writes(person("文清", 出生日期="1980-01-23"))
    assert clinic.states(person("文清", 出生日期="1980年1月", 学历="本科")) == ["changed"]


def test_a_namesake_without_a_birth_is_asked_for(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN))
    assert clinic.codes(person("文清")) == ["person.ambiguous"]


def test_of_two_namesakes_none_is_taken_unasked(clinic: Clinic) -> None:
    clinic.writes(person("文清", 身份证号=number()), person("文清", 身份证号=number(sequence="125")))
    row = clinic.stages(person("文清", **BORN)).rows[0]
    assert (row.state, row.content["target"]) == ("doubtful", None)
    assert len(row.problems[0]["choices"]) == 2


def test_whoever_imports_says_who_is_meant(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN))
    known = Person.objects.unscoped("a test").get()
    row = key_of("Sheet", 2)
    clinic.decisions = Decisions(rows={row: str(known.pk)})
    assert clinic.stages(person("文清")).rows[0].content["target"] == known.pk
    clinic.decisions = Decisions(rows={row: "new"})
    assert clinic.states(person("文清")) == ["new"]


def test_two_rows_never_mean_the_same_person(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN))
    assert "person.twice" in clinic.codes(person("文清", **BORN, 学历="本科"), person("文清", 出生日期="1980-01-05"))


def test_an_unknown_branch_is_an_error_that_offers_those_alike(clinic: Clinic) -> None:
    row = clinic.stages(person("文清", "办公司党支部")).rows[0]
    assert (row.state, row.problems[0]["code"]) == ("error", "organisation.unknown")
    assert row.problems[0]["choices"][0][1] == "办公室党支部（机关党委）"


def test_a_text_may_be_said_to_mean_a_branch(clinic: Clinic, house: House) -> None:
    clinic.decisions = Decisions(meant={key_of("organisation", "老办"): house.office.pk})
    assert clinic.states(person("文清", "老办")) == ["new"]


def test_a_former_name_is_told_and_agreed_to(clinic: Clinic, house: House) -> None:
    rename_organisation(by=BY, organisation=house.office, name="综合处党支部", on=date(2026, 5, 1))
    assert clinic.codes(person("文清")) == ["organisation.former"]
    clinic.decisions = Decisions(groups={"organisation.former:organisation": "accept"})
    assert clinic.states(person("文清")) == ["new"]


def test_a_name_that_was_typed_by_sound_is_offered(clinic: Clinic) -> None:
    row = clinic.stages(person("文清", "班公室党支部")).rows[0]
    assert row.problems[0]["choices"][0][1] == "办公室党支部（机关党委）"


def test_another_branch_is_a_transfer(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN))
    later = replace(clinic, on=date(2026, 11, 9))
    staging = later.stages(person("文清", "人事处党支部", **BORN))
    assert ["所在党支部", "办公室党支部", "人事处党支部"] in differences(staging)


def test_an_empty_cell_takes_nothing_away(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN, 学历="本科", 党内职务="书记"))
    assert clinic.states(person("文清", **BORN, 学历=None, 党内职务=None)) == ["same"]


@pytest.mark.parametrize(
    ("policy", "registered", "state"),
    [("keep", "本科", "same"), ("fill", "本科", "same"), ("fill", None, "changed"), ("replace", "本科", "changed")],
)
def test_each_field_is_kept_filled_or_replaced(clinic: Clinic, policy: str, registered: str, state: str) -> None:
    clinic.writes(person("文清", **BORN, 学历=registered))
    clinic.decisions = Decisions(fields={"education": policy})
    assert clinic.states(person("文清", **BORN, 学历="研究生")) == [state]


def test_a_full_member_does_not_become_probationary_again(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN))
    assert clinic.codes({**person("文清", **BORN), "人员类别": "预备党员"}) == ["member_kind.backward"]


def test_what_happened_after_the_day_is_not_overwritten(clinic: Clinic, house: House) -> None:
    someone = house.register("文清", house.office, on=date(2026, 11, 20))
    change_membership(by=BY, person=someone, kind="ended", ending="died", on=date(2026, 11, 25))
    clinic.decisions = Decisions(rows={key_of("Sheet", 2): str(someone.pk)})
    assert "person.later" in clinic.codes(person("文清"))


def test_who_takes_over_a_single_post_is_asked_about(clinic: Clinic) -> None:
    clinic.writes(person("文清", **BORN, 党内职务="书记"))
    newcomer = person("白露", 出生日期="1985-01", 党内职务="书记")
    assert clinic.codes(newcomer) == ["post.held"]
    clinic.decisions = Decisions(groups={"post.held:post": "accept"})
    assert clinic.states(newcomer) == ["new"]


def test_numbers_are_never_shown_whole(clinic: Clinic) -> None:
    shown = [new for _, _, new in differences(clinic.stages(person("文清", 身份证号=number(), 手机="16400000001")))]
    assert not {number(), "16400000001"} & set(shown)


def test_where_no_branch_stands_yet_it_says_so(house: House, tmp_path: Path) -> None:
    clinic = Clinic(folder=tmp_path, on=date(2024, 1, 1))
    (row,) = clinic.stages(person("文清")).rows
    told = row.problems[0]
    assert (told["code"], "请先导入党组织信息表" in told["remedy"]) == ("organisation.none", True)
    assert house.office


def test_a_name_alone_is_known_where_nothing_changes_and_there_is_no_other(clinic: Clinic) -> None:
    clinic.writes(person("文清"), person("白露"))
    assert clinic.states(person("文清"), person("白露", 籍贯="山东")) == ["same", "doubtful"]
    assert clinic.states(person("文清"), person("文清")) != ["same", "same"]
