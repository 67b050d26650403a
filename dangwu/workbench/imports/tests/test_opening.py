"""What a workbook is, nobody needs to say: every blank form is taken for what it is."""

from datetime import date
from pathlib import Path

import pytest

from dangwu.foundation.sheets.templates import template
from dangwu.workbench.imports.kinds import KINDS
from dangwu.workbench.imports.opening import look_into

ON = date(2026, 3, 1)


@pytest.mark.parametrize("name", KINDS)
def test_every_blank_form_is_recognised(tmp_path: Path, name: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(template(KINDS[name].sheet(ON)))
    assert look_into(path, ON).kind == KINDS[name]


def test_an_ugly_roster_and_its_list_of_organisations_are_told_apart(tmp_path: Path) -> None:
    for name, heads in (
        ("roster", "序号,姓  名,性别,出生年月,所在支部,党员类别,入党时间"),
        ("roster", "姓名,党支部"),
        ("organisations", "序号,党组织名称,组织类别,上级党组织"),
        ("posts", "姓名,党组织,党内职务,任职时间,免职时间"),
    ):
        path = tmp_path / "表.csv"
        path.write_text(f"{heads}\n{',甲' * heads.count(',')}\n", encoding="utf-8")
        kind = look_into(path, ON).kind
        assert (kind.name if kind else "", heads) == (name, heads)
