"""What is exported reads back as it is registered, whatever that is."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.scope import Scope
from dangwu.organisations.imports.exporting import OrganisationsExport
from dangwu.organisations.imports.organisations import Organisations
from dangwu.organisations.queries import standings
from tests.importing import BY, Clinic, codes, states, workbook

pytestmark = pytest.mark.django_db

ON = date(2026, 6, 30)
TOP = {"党组织名称": "中共青禾市财政局机关委员会", "类别": "机关党委", "成立时间": "2015-03-01"}
NAMES = ("办公室", "人事处", "国库中心", "预算处")
DAYS = st.dates(date(2015, 4, 1), date(2026, 6, 1)).map(str)
PEOPLE = st.lists(st.sampled_from(["甲乙", "丙丁", "欧阳戊己"]), min_size=1, max_size=2, unique=True).map("、".join)
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "简称": st.none(),
    "成立时间": DAYS,
    "书记": st.sampled_from(["甲乙", "丙丁"]),
    "副书记": PEOPLE,
    "纪检委员": st.just("庚辛"),
    "是否设支委会": st.sampled_from(["是", "否"]),
    "委员人数": st.integers(0, 9),
    "涵盖单位数": st.integers(1, 9),
    "编制人数": st.integers(0, 900),
    "党小组数": st.integers(0, 9),
    "书记是否本单位负责人": st.sampled_from(["是", "否"]),
    "本届选举日期": DAYS,
    "批准延期至": st.just("2027-05-05"),
}
ROWS = st.lists(st.fixed_dictionaries({}, optional=FACTS), min_size=len(NAMES), max_size=len(NAMES))


def taken(path: Path, place: str = "") -> Path:
    OrganisationsExport().take(by=BY, out_of=OutOf(place, ON), file=path, today=ON)
    return path


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.integers(0, 4))
def test_what_is_exported_changes_nothing_when_it_comes_in(
    tmp_path: Path, rows: list[dict[str, Any]], deep: int
) -> None:
    clinic = Clinic(Organisations(), ON)
    told = [
        {**row, "党组织名称": f"{name}党支部" if place >= deep else f"{name}党总支", "上级党组织": TOP["党组织名称"]}
        for place, (name, row) in enumerate(zip(NAMES, rows, strict=True))
    ]
    below = [
        {"党组织名称": "第一党支部", "上级党组织": row["党组织名称"]} for row in told if "总支" in row["党组织名称"]
    ]
    batch = clinic.write(workbook(tmp_path / "in.xlsx", [TOP, *told, *below]))
    again = clinic.stage(taken(tmp_path / "out.xlsx"))
    clinic.undo(batch)
    assert (set(states(again)), codes(again)) == ({"same"}, [])


def test_only_a_part_of_the_tree_is_taken_and_the_audit_tells_of_it(tmp_path: Path) -> None:
    clinic = Clinic(Organisations(), ON)
    rows = [TOP, {"党组织名称": "办公室党总支", "上级党组织": TOP["党组织名称"]}]
    clinic.write(workbook(tmp_path / "in.xlsx", [*rows, {"党组织名称": "第一党支部", "上级党组织": "办公室党总支"}]))
    place = standings(Scope.everything(ON)).get(name="办公室党总支").path
    again = clinic.stage(taken(tmp_path / "out.xlsx", place))
    assert states(again) == ["same", "same"]
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.place) == ("organisation.export", place)
    assert '"rows":2' in entry.body
