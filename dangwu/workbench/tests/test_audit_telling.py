"""An entry of the audit, read by people."""

import pytest

from dangwu.foundation.audit.changes import Change
from dangwu.foundation.audit.tests.logs import write
from dangwu.workbench.audit_telling import Told, Value, changes_of, subject_words

pytestmark = pytest.mark.django_db

PERSON = {"id": 17, "name": "林知夏", "gender": "female", "version": 1}
PRIVATE = frozenset({"name"})


def told(*changes: Change) -> list[Told]:
    return changes_of(write(changes=changes))


def test_a_changed_row_is_told_by_its_columns() -> None:
    before = {"id": 3, "name": "第三支部", "kind": "branch", "valid_from": "2024-03-01", "version": 1}
    after = before | {"name": "人事处党支部", "kind": "general_branch", "version": 2}
    (change,) = told(Change("organisations.standing", 3, before, after))
    assert (change.title, change.kind) == ("党组织沿革 3 号", "变更")
    assert change.values == (Value("名称", "第三支部", "人事处党支部"), Value("组织类别", "党支部", "党总支"))


def test_days_without_an_end_and_other_rows_are_said_in_words() -> None:
    row = {"id": 3, "valid_from": "1921-07-01", "valid_until": "9999-12-31", "parent_id": 2, "short_name": ""}
    (change,) = told(Change("organisations.standing", 3, None, row))
    shown = {value.title: value.after for value in change.values}
    assert sorted(shown.values()) == ["不详", "党组织 2 号", "至今"]
    assert ("简称" in shown, change.kind) == (False, "新增")


def test_of_personal_values_only_the_digest_is_there() -> None:
    (change,) = told(Change("members.person", 17, PERSON, PERSON | {"name": "林知秋"}, PRIVATE))
    assert change.values == (Value("姓名", "（只留摘要）", "（只留摘要）"),)
    (created,) = told(Change("members.person", 17, None, PERSON, PRIVATE))
    assert created.values[0] == Value("姓名", "—", "（只留摘要）")


def test_a_row_that_was_saved_as_it_was_is_told_in_a_sentence() -> None:
    (change,) = told(Change("members.person", 17, PERSON, PERSON | {"version": 2}, PRIVATE))
    assert (change.kind, change.values, change.sentence) == ("变更", (), "保存过一次，各项内容与原来相同。")


def test_many_rows_are_told_by_their_number() -> None:
    (mass,) = told(*(Change("members.person", key, None, {"uid": str(key)}) for key in range(501)))
    assert mass == Told("人员", "成批", sentence="新增 501 行，逐行内容只留摘要。")
    (counted,) = told(Change("members.person", 0, None, {"rows": 30}))
    assert counted.sentence == "共 30 行，供核对使用，不逐行记录。"
    (sealed,) = told(Change("members.person.phone:resealed", 0, None, {"rows": 7}))
    assert (sealed.title, sealed.sentence) == ("人员的“手机号码”", "7 项改用新密钥加密。")
    (exported,) = told(Change("members.person:exported", 0, None, {"rows": 9}))
    assert (exported.title, exported.sentence) == ("人员", "导出 9 行。")


def test_what_the_program_no_longer_knows_is_still_told() -> None:
    (change,) = told(Change("members.forgotten", 1, None, {"lost": "甲"}))
    assert change.values == (Value("旧版本的项目", "—", "甲"),)
    assert (change.title, subject_words("members.forgotten:1")) == ("旧版本的内容 1 号", "")
