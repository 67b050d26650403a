"""Reading columns: each different cell once, merged and blocked cells filled, problems where they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from dangwu.foundation.sheets.reading import read_table
from dangwu.foundation.sheets.shapes import Cell, Field, Flaw, Parsed, Reading, Severity, Sheet, Surroundings

UNKNOWN = Flaw("branch.unknown", Severity.ERROR, "没有这个党支部", "请核对名称")


def text(cell: Cell) -> Parsed:
    return Parsed(cell or None)


def branch(cell: Cell) -> Parsed:
    return Parsed(None, (UNKNOWN,)) if cell == "零支部" else text(cell)


def is_branch(cell: Cell) -> bool:
    return isinstance(cell, str) and "支部" in cell


NAME = Field("name", "姓名", (), text)
BRANCH = Field("branch", "党支部", (), branch, looks_like=is_branch, heads_blocks=True)
POST = Field("post", "职务", (), text)
PEOPLE = Sheet("人员名册", (NAME, BRANCH, POST), ("name",))


def read(tmp_path: Path, *lines: list[Cell], merged: tuple[str, ...] = ()) -> Reading:
    book = Book()
    for line in lines:
        book.active.append(line)
    for block in merged:
        book.active.merge_cells(block)
    book.save(tmp_path / "名册.xlsx")
    return read_table(tmp_path / "名册.xlsx", PEOPLE)


def branches(reading: Reading) -> list[str | None]:
    return [row.values["branch"] for row in reading.rows]


HEAD: list[Cell] = ["姓名", "党支部"]


def test_a_flaw_becomes_a_problem_at_every_cell_that_has_it(tmp_path: Path) -> None:
    reading = read(tmp_path, ["人员名册"], HEAD, ["甲", "零支部"], ["乙", "一支部"], ["丙", "零支部"])
    assert [(p.file, p.sheet, p.row, p.column, p.field, p.code) for p in reading.problems] == [
        ("名册.xlsx", "Sheet", 3, "B", "branch", "branch.unknown"),
        ("名册.xlsx", "Sheet", 5, "B", "branch", "branch.unknown"),
    ]
    assert branches(reading) == [None, "一支部", None]


def test_equal_cells_are_parsed_once(tmp_path: Path) -> None:
    seen: list[Cell] = []

    def parse(cell: Cell) -> Parsed:
        seen.append(cell)
        return Parsed(cell)

    read(tmp_path, HEAD, ["甲", "一支部"], ["乙", "一支部"], ["丙", "二支部"])
    counting = Sheet("人员名册", (NAME, Field("branch", "党支部", (), parse)), ("name",))
    read_table(tmp_path / "名册.xlsx", counting)
    assert sorted(map(str, seen)) == ["一支部", "二支部"]


def test_true_and_one_are_two_different_cells(tmp_path: Path) -> None:
    reading = read(tmp_path, ["姓名", "职务"], ["甲", 1], ["乙", True], ["丙", 1])
    assert [row.values["post"] for row in reading.rows] == [1, "是", 1]


def test_a_merged_cell_stands_for_all_its_lines_and_a_gap_beside_it_stays_one(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD, ["甲", "一支部"], ["乙"], ["丙"], ["丁", "二支部"], merged=("B2:B3",))
    assert branches(reading) == ["一支部", "一支部", None, "二支部"]


def test_a_column_that_names_each_block_once_is_filled_down(tmp_path: Path) -> None:
    reading = read(tmp_path, HEAD, ["甲", "一支部"], ["乙"], ["丙"], ["丁", "二支部"], ["戊"], ["己"])
    assert branches(reading) == ["一支部"] * 3 + ["二支部"] * 3


@pytest.mark.parametrize(
    "cells",
    [
        ["一支部", "一支部", None, "二支部", "二支部"],
        ["一支部", None, "二支部", "三支部", "四支部"],
        [None, "一支部", None, None, None],
    ],
)
def test_a_gap_in_a_column_that_names_every_line_stays_a_gap(tmp_path: Path, cells: list[Cell]) -> None:
    reading = read(tmp_path, HEAD, *([f"人{number}", cell] for number, cell in enumerate(cells)))
    assert branches(reading) == cells


def test_only_fields_that_head_blocks_are_filled_down(tmp_path: Path) -> None:
    reading = read(tmp_path, ["姓名", "职务"], ["甲", "书记"], ["乙"], ["丙"], ["丁"])
    assert [row.values["post"] for row in reading.rows] == ["书记", None, None, None]


def test_lines_of_their_own_may_name_the_blocks(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ["姓名", "职务"],
        ["一支部"],
        ["甲", "书记"],
        ["乙", "委员"],
        ["二支部"],
        ["丙", "书记"],
        merged=("A2:B2", "A5:B5"),
    )
    assert branches(reading) == ["一支部", "一支部", "二支部"]
    assert [(column.letter, column.field) for column in reading.columns][-1] == ("A", "branch")


def test_a_field_may_choose_its_parser_by_the_whole_column(tmp_path: Path) -> None:
    def within(around: Surroundings) -> Callable[[Cell], Parsed]:
        return lambda cell: Parsed((cell, len(around.cells)))

    read(tmp_path, HEAD, ["甲", "一支部"], ["乙", "二支部"])
    sheet = Sheet("人员名册", (NAME, Field("branch", "党支部", (), text, within=within)), ("name",))
    assert read_table(tmp_path / "名册.xlsx", sheet).rows[0].values["branch"] == ("一支部", 2)


def test_progress_ends_at_the_number_of_lines(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    read(tmp_path, HEAD, ["甲", "一支部"], ["乙", "二支部"])
    read_table(tmp_path / "名册.xlsx", PEOPLE, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from(["一支部", "二支部"])), min_size=1, max_size=8))
def test_what_was_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, people: list[tuple[str, str]]) -> None:
    folder = tmp_path_factory.mktemp("written")
    lines = "".join(f"{name},{place}\n" for name, place in people)
    (folder / "名册.csv").write_text(f"姓名,党支部\n{lines}", encoding="gb18030")
    reading = read_table(folder / "名册.csv", PEOPLE)
    assert [(row.values["name"], row.values["branch"]) for row in reading.rows] == people
