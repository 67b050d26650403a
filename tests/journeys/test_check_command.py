"""`dangwu check` as a clerk calls it: workbooks in, verdicts out, and an exit code that says which."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dangwu.workbench.demo.workbooks import write_demo_workbooks

ROSTER = "姓名,所在党支部\n钟正,办公室党支部\n白露,办公室党支部\n谷雨,办公室党支部\n"
LEDGER = "党组织,活动类型,日期\n办公室支部,主题党日,2026-01-08\n"
KEYS = {"on", "organisations", "members", "obligations", "findings", "problems"}
FINDING_KEYS = {
    "rule",
    "document",
    "article",
    "grade",
    "strength",
    "subject_kind",
    "subject",
    "period",
    "deadline",
    "outcome",
    "text",
    "evidence",
}


def check(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dangwu", "check", *words], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo_workbooks(folder)
    return folder


def told_of(folder: Path) -> dict[str, Any]:
    roster, ledgers = next(folder.glob("党员*")), sorted(folder.glob("组织生活台账*"))
    called = check(roster, *ledgers, "--organisations", folder / "党组织信息.xlsx", "--on", "2026-10-15", "--json")
    assert called.returncode == 1
    told: dict[str, Any] = json.loads(called.stdout)
    return told


def test_messy_workbooks_get_the_verdicts_of_clean_ones(demo: Path) -> None:
    clean, messy = told_of(demo / "clean"), told_of(demo / "messy")
    assert set(clean) >= KEYS
    assert set(clean["findings"][0]) >= FINDING_KEYS
    assert [(f["rule"], f["subject"], f["period"]) for f in clean["findings"]] == [
        (f["rule"], f["subject"], f["period"]) for f in messy["findings"]
    ]


def test_nothing_that_failed_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text(ROSTER)
    (tmp_path / "台账.csv").write_text(LEDGER)
    called = check(tmp_path / "名册.csv", tmp_path / "台账.csv", "--on", "2026-02-01")
    assert (called.returncode, called.stderr) == (0, "")
    assert "1 个党支部" in called.stdout


def test_what_failed_is_told_by_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text(ROSTER)
    (tmp_path / "台账.csv").write_text(LEDGER)
    called = check(tmp_path / "名册.csv", tmp_path / "台账.csv", "--on", "2026-03-01")
    assert called.returncode == 1
    assert "2026年2月应开展主题党日 1 次" in called.stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("空.csv", b"", "空"),
        ("乱.xlsx", b"\x00\x01\x02" * 400, "不是 Excel 工作簿"),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("无表头.csv", "甲,乙\n1,2\n".encode(), "表头"),
    ],
)
def test_an_unreadable_workbook_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    called = check(tmp_path / name, "--on", "2026-03-01")
    assert called.returncode == 2
    assert told in called.stderr
    assert "Traceback" not in called.stderr
