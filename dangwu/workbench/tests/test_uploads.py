from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from dangwu.compliance.models import Workbook
from dangwu.foundation.files.names import LONGEST_NAME, shown_name
from dangwu.workbench.uploads import put_aside, told_apart


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def sent(*names: str) -> list[tuple[Workbook.Role, SimpleUploadedFile]]:
    return [(Workbook.Role.LEDGER, SimpleUploadedFile(name, name.encode())) for name in names]


def test_uploads_are_files_with_their_ending_while_the_block_runs(home: Path) -> None:
    with put_aside(sent("名册.XLSX")) as (handed,):
        assert handed.path.read_bytes() == "名册.XLSX".encode()
        assert handed.path.suffix == ".xlsx"
        assert handed.name == "名册.XLSX"
    assert not list((home / "uploads").iterdir())


def test_nothing_stays_when_the_block_fails(home: Path) -> None:
    with pytest.raises(RuntimeError), put_aside(sent("a.csv")):
        raise RuntimeError
    assert not list((home / "uploads").iterdir())


def test_two_files_of_one_name_are_told_apart() -> None:
    with put_aside(sent("台账.xls", "台账.xls", "台账.xls")) as handed:
        assert [one.name for one in handed] == ["台账.xls", "台账（2）.xls", "台账（3）.xls"]


def test_nobody_else_may_look_into_the_folder(home: Path) -> None:
    with put_aside(sent("a.csv")):
        assert (home / "uploads").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("名\u202e册.xlsx", "名册.xlsx"),
        ("../../a.csv", "....a.csv"),
        ("a\r\nb.csv", "ab.csv"),
        ("长" * 300 + ".xls", "长" * 96 + ".xls"),
    ],
)
def test_names_are_freed_of_what_misleads(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text())
def test_a_shown_name_never_reaches_another_folder(name: str) -> None:
    shown = shown_name(name)
    assert "/" not in shown
    assert "\\" not in shown
    assert shown.isprintable() or not shown.isascii()


@given(st.text(max_size=400))
def test_a_shown_name_fits(name: str) -> None:
    assert len(shown_name(f"{name}.xlsx")) <= LONGEST_NAME


def test_a_free_name_stays() -> None:
    assert told_apart("a.csv", {"b.csv"}) == "a.csv"
