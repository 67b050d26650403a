"""The workbooks hold what was planted, where the answers say, and nothing else that is wrong."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dangwu.foundation.sheets.shapes import Problem
from dangwu.members.sheets import read_rosters
from dangwu.organisations.sheets import read_organisations
from dangwu.records.kinds import load_activity_kinds
from dangwu.records.sheets import read_ledgers
from dangwu.workbench.demo import workbooks as demo
from dangwu.workbench.demo.defects import LEDGER_DEFECTS, ROSTER_DEFECTS, VOTING_DEFECTS
from dangwu.workbench.demo.workbooks import write_demo_workbooks

ON = date(2026, 10, 15)
KINDS = load_activity_kinds(Path(__file__).parents[4] / "rulebook" / "activities")
LEDGERS = (demo.FIRST_HALF_FILE, demo.THIRD_QUARTER_FILE)
ONLY_AMONG_ALL_FILES = {
    "organisation.unknown",
    "organisation.ambiguous",
}  # one file alone does not tell which there are
OF_EVERY_NUMBER = "identity_number.region"

Place = tuple[int | None, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo_workbooks(folder)
    return folder


def answers(folder: Path) -> list[dict[str, str | int]]:
    planted: list[dict[str, str | int]] = json.loads((folder / demo.MESSY / demo.ANSWERS).read_text(encoding="utf-8"))
    return planted


def planted_in(folder: Path, file: str) -> Counter[Place]:
    told = [answer for answer in answers(folder) if answer["file"] == file]
    return Counter((int(a["row"]), str(a["code"])) for a in told if a["code"] not in ONLY_AMONG_ALL_FILES)


def found_among(problems: list[Problem]) -> Counter[Place]:
    return Counter((problem.row, problem.code) for problem in problems if problem.code != OF_EVERY_NUMBER)


def rows_of(path: Path) -> dict[int, list[str]]:
    """The rows of a table by their number, as text."""
    if path.suffix == ".csv":
        lines = path.read_text(encoding="gb18030").splitlines()
        return {number: line.split(",") for number, line in enumerate(lines, start=1)}
    sheet = load_workbook(path)["汇总表"]
    return {number: [str(cell or "") for cell in row] for number, row in enumerate(sheet.values, start=1)}


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_demo_workbooks(tmp_path)
    for path in again:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()
    assert answers(tmp_path) == answers(folder)


def test_the_tidy_set_comes_first(folder: Path) -> None:
    written = write_demo_workbooks(folder)
    assert [path.parent.name for path in written] == ["clean"] * 3 + ["messy"] * 4
    assert all(path.is_file() for path in written)


def test_every_defect_is_planted(folder: Path) -> None:
    codes = Counter(str(answer["code"]) for answer in answers(folder))
    of_people = {defect.code for defect in ROSTER_DEFECTS}
    of_meetings = {defect.code for defect in LEDGER_DEFECTS + VOTING_DEFECTS}
    others = {"row.duplicate", "person.ambiguous", "identity_number.duplicate", "organisation.ambiguous"}
    assert set(codes) == of_people | of_meetings | others
    assert codes["identity_number.damaged"] == 3


def test_the_tidy_set_has_no_defects(folder: Path) -> None:
    clean = folder / demo.CLEAN
    (roster,) = read_rosters(clean / demo.ROSTER_FILE, on=ON)
    assert not found_among(roster.problems)
    (ledger,) = read_ledgers(clean / demo.LEDGER_FILE, on=ON, kinds=KINDS)
    assert not ledger.problems
    (organisations,) = read_organisations(clean / demo.ORGANISATIONS_FILE, on=ON)
    assert not organisations.problems


def test_the_messy_roster_has_just_the_defects_of_the_answers(folder: Path) -> None:
    (roster,) = read_rosters(folder / demo.MESSY / demo.MESSY_ROSTER_FILE, on=ON)
    assert found_among(roster.problems) == planted_in(folder, demo.MESSY_ROSTER_FILE)


@pytest.mark.parametrize("file", LEDGERS)
def test_the_messy_ledgers_have_just_the_defects_of_the_answers(folder: Path, file: str) -> None:
    (ledger,) = read_ledgers(folder / demo.MESSY / file, on=ON, kinds=KINDS)
    assert found_among(ledger.problems) == planted_in(folder, file)


def test_the_messy_organisations_are_only_untidy(folder: Path) -> None:
    (organisations,) = read_organisations(folder / demo.MESSY / demo.ORGANISATIONS_FILE, on=ON)
    assert not organisations.problems


SHOWN: dict[str, Callable[[str], bool]] = {
    "name.missing": lambda cell: not cell,
    "identity_number.malformed": lambda cell: len(cell.strip("'").replace(" ", "")) == 17,
    "identity_number.damaged": lambda cell: cell.endswith("000") or "E+17" in cell.upper(),
    "birth_date.impossible": lambda cell: cell.endswith("2月30日"),
    "organisation.missing": lambda cell: not cell,
    "organisation.unknown": lambda cell: cell == "驻村工作队党支部",
    "organisation.ambiguous": lambda cell: cell == "窗口服务党支部",
    "phone.malformed": lambda cell: cell == "1640013",
    "activity.unknown_kind": lambda cell: cell == "团建拓展",
    "held_on.impossible": lambda cell: cell == "2026年2月30日",
}


def test_answers_name_the_cell(folder: Path) -> None:
    tables = {file: rows_of(folder / demo.MESSY / file) for file in (demo.MESSY_ROSTER_FILE, *LEDGERS)}
    told = [answer for answer in answers(folder) if answer["code"] in SHOWN]
    assert {answer["code"] for answer in told} == set(SHOWN)
    for answer in told:
        cell = tables[str(answer["file"])][int(answer["row"])]["ABCDEFGHIJKLMNOPQRST".index(str(answer["column"]))]
        assert SHOWN[str(answer["code"])](cell), answer


def test_the_messy_roster_has_a_head_of_two_levels(folder: Path) -> None:
    sheet = load_workbook(folder / demo.MESSY / demo.MESSY_ROSTER_FILE)["汇总表"]
    merged = {str(block) for block in sheet.merged_cells.ranges}
    assert {"A1:T1", "A3:A4", "D3:J3", "T3:T4"} <= merged
    assert sheet["D3"].value == "基本情况"
    assert sheet["D4"].value == "性别"


def test_dates_are_written_in_many_ways(folder: Path) -> None:
    rows = rows_of(folder / demo.MESSY / demo.MESSY_ROSTER_FILE)
    written = " ".join(row[column] for row in rows.values() for column in (5, 11, 12))
    assert all(mark in written for mark in ("年", ".", "/", "-", "．"))


def test_what_is_written_is_told(tmp_path: Path) -> None:
    news: list[str] = []
    write_demo_workbooks(tmp_path, branches=2, members=8, tell=news.append)
    assert "已写好 clean/党员名册.xlsx：8 行" in news
