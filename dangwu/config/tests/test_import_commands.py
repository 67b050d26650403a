"""The commands that bring workbooks in and take them out, on a site of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dangwu.config.standing import BROUGHT_IN, TAKEN_OUT
from dangwu.workbench.imports.kinds import EXPORTS, KINDS
from tests.importing import workbook

pytestmark = pytest.mark.same_everywhere

ORGANISATIONS: list[dict[str, Any]] = [
    {"党组织名称": "中共青禾市财政局机关委员会", "类别": "机关党委", "上级党组织": None, "成立时间": "2015-03-01"},
    {"党组织名称": "办公室党支部", "类别": "党支部", "上级党组织": "机关党委", "成立时间": "2016-03-01"},
]
SETTINGS = "dangwu.config.settings"  # those of a site, not of tests
MEMBERS = [
    {"姓名": "白露", "出生日期": "1985-03-12", "人员类别": "正式党员", "所在党支部": "办公室党支部"},
    {"姓名": "谷雨", "出生日期": "1986-03-12", "人员类别": "正式党员", "所在党支部": "办公室党支部"},
]


class Site:
    """A site in a folder, spoken to by commands."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def __call__(self, *arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        told = {"DANGWU_HOME": str(self._home), "DANGWU_DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": SETTINGS}
        done = subprocess.run(
            [sys.executable, "-m", "dangwu", *map(str, arguments)],
            env={**os.environ, **told},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a site with tables and nothing in them."""
    home = tmp_path_factory.mktemp("home")
    Site(home)("manage", "migrate", "--verbosity=0")
    return home


@pytest.fixture
def site(tmp_path: Path, empty: Path) -> Site:
    shutil.copytree(empty, tmp_path / "home")
    return Site(tmp_path / "home")


def test_a_site_that_is_not_set_up_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    path = workbook(tmp_path / "in.xlsx", ORGANISATIONS)
    told = Site(tmp_path / "home")("import", "organisations", path, code=2).stderr
    assert "请先运行 dangwu setup" in told


def test_from_an_empty_site_to_a_tree_and_a_roster_and_back(site: Site, tmp_path: Path) -> None:
    organisations = workbook(tmp_path / "党组织.xlsx", ORGANISATIONS)
    members = workbook(tmp_path / "名册.xlsx", MEMBERS)
    told = json.loads(site("import", "organisations", organisations, "--json").stdout)
    assert (told["counts"]["rows"], told["counts"]["new"], told["head_rows"]) == (2, 2, [1, 1])
    site("import", "roster", members, "--under", "机关党委")
    for name in ("organisations", "roster"):
        out = tmp_path / f"{name}.xlsx"
        site("export", name, "-o", out)
        counts = json.loads(site("import", name, out, "--json").stdout)["counts"]
        assert counts["same"] == counts["rows"] == 2
    site("import", "undo", "2")
    assert json.loads(site("import", "roster", members, "--preview", "--json").stdout)["counts"]["new"] == 2


def test_what_is_wrong_comes_back_in_the_workbook_and_nothing_is_written(site: Site, tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", [*ORGANISATIONS, {"党组织名称": "人事处党支部", "上级党组织": "税务局党委"}])
    told = site("import", "organisations", path, "--errors", tmp_path / "out.xlsx", code=1)
    assert "没有写入任何内容" in told.stderr
    book = load_workbook(tmp_path / "out.xlsx")
    comments = [cell.comment.text for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
    assert any("税务局党委" in text for text in comments)
    assert json.loads(site("import", "organisations", path, "--json", code=1).stdout)["counts"]["new"] == 2


def test_what_cannot_be_read_or_written_ends_with_two(site: Site, tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_text("x")
    site("import", "roster", tmp_path / "in.xlsx", code=2)
    told = site("export", "roster", "-o", tmp_path / "away" / "out.xlsx", code=2).stderr
    assert "不存在，请先建立" in told


def test_a_blank_form_is_written(site: Site, tmp_path: Path) -> None:
    site("template", "organisations", "-o", tmp_path / "out.xlsx")
    assert "填写说明" in load_workbook(tmp_path / "out.xlsx").sheetnames


def test_every_kind_has_its_commands() -> None:
    assert {name: kind.title for name, kind in KINDS.items()} == BROUGHT_IN
    assert tuple(EXPORTS) == TAKEN_OUT
