"""Names with rare characters and of several parts go in and out again whole, whatever the file and the writer."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.foundation.sheets.handing_back import hand_back
from dangwu.foundation.sheets.writing import write_table
from dangwu.members.columns import roster_sheet
from dangwu.members.sheets import read_rosters
from tests.corpus.files import FILES
from tests.corpus.people import ON
from tests.corpus.shapes import Page

RARE = st.characters(min_codepoint=0x20000, max_codepoint=0x323AF)
PARTS = st.lists(st.text(RARE, min_size=1, max_size=3), min_size=1, max_size=3)
NAMES = st.lists(PARTS.map("·".join), min_size=1, max_size=4, unique=True)


def names_in(path: Path) -> list[str]:
    (roster,) = read_rosters(path, on=ON)
    return [row.name for row in roster.rows]


@pytest.mark.parametrize("file", FILES)
@settings(max_examples=10, deadline=None)
@given(NAMES)
def test_out_of_every_file_and_back_into_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, file: str, names: list[str]
) -> None:
    suffix, write = FILES[file]
    path = tmp_path_factory.mktemp("rare") / f"名册{suffix}"
    page = Page("名册")
    for row, cells in enumerate([("姓名", "所在党支部"), *((name, "一支部") for name in names)]):
        for place, cell in enumerate(cells):
            page.put(row, place, cell)
    write(path, [page])
    assert names_in(path) == names
    back = path.with_name("back.xlsx")
    back.write_bytes(hand_back(path, []))
    assert names_in(back) == names


@settings(max_examples=20, deadline=None)
@given(NAMES)
def test_out_of_an_export(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    file = BytesIO()
    write_table(roster_sheet(ON), [{"name": name, "organisation": "一支部"} for name in names], file)
    path = tmp_path_factory.mktemp("rare") / "名册.xlsx"
    path.write_bytes(file.getvalue())
    assert names_in(path) == names
