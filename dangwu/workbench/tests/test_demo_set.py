from pathlib import Path

import pytest
from pytest_django import Settings

from dangwu.compliance.models import Workbook
from dangwu.workbench.demo_set import demo_workbooks


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_the_messy_set_is_made_where_it_is_missing(home: Path) -> None:
    workbooks = demo_workbooks()
    assert {workbook.role for workbook in workbooks} == set(Workbook.Role)
    assert all(workbook.path.parent == home / "demo" / "messy" for workbook in workbooks)


def test_a_set_that_is_there_is_taken_as_it_is(home: Path) -> None:
    folder = home / "demo" / "messy"
    folder.mkdir(parents=True)
    (folder / "党员名册.csv").write_text("姓名\n")
    (folder / "answers.json").write_text("{}")
    assert [workbook.name for workbook in demo_workbooks()] == ["党员名册.csv"]
