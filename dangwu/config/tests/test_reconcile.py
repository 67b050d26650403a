"""`dangwu reconcile`, from a file to a workbook of differences."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from dangwu.config.cli import main
from tests.importing import workbook

pytestmark = pytest.mark.django_db


def reconciled(*options: object) -> Result:
    return CliRunner().invoke(main, ["reconcile", *map(str, options)], prog_name="dangwu")


def test_it_lists_what_differs_and_writes_it_down(tmp_path: Path) -> None:
    row = {"姓名": "赵一", "所在党支部": "办公室党支部", "人员类别": "正式党员"}
    file = workbook(tmp_path / "全国系统.xlsx", [row])
    done = reconciled(file, "--as-of", "2026-06-30", "-o", tmp_path / "差异.xlsx")
    assert done.exit_code == 1, done.output
    assert "党员 1 人、党组织 0 个，一致 0 条；全国系统有、本系统没有 1 处" in done.output
    assert "未核对 家庭住址：本系统不登记住址" in done.output
    rows = list(openpyxl.load_workbook(tmp_path / "差异.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[2][:3] == ("赵一", "办公室党支部", "全国系统有，本系统没有")


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("nothing", encoding="utf-8")
    done = reconciled(tmp_path / "x.xlsx", "--as-of", "2026-06-30")
    assert (done.exit_code, done.output[:3]) == (2, "错误：")
