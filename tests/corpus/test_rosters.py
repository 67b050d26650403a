"""Every head and every defect of a roster is found, nothing else is, and no value is wrong."""

from pathlib import Path

import pytest

from dangwu.members.sheets import RosterReading, read_rosters
from tests.corpus.files import FILES
from tests.corpus.people import ON
from tests.corpus.rosters import CORPUS, Case
from tests.corpus.shapes import Key


def read(case: Case, folder: Path) -> list[tuple[RosterReading, Key]]:
    pages, keys = case.pages()
    path = folder / f"名册{case.suffix}"
    FILES[case.file][1](path, pages)
    return list(zip(read_rosters(path, on=ON), keys, strict=True))


def assert_found(roster: RosterReading, key: Key) -> None:
    reading = roster.reading
    assert (reading.sheet, reading.head_rows) == (key.sheet, key.head_rows)
    assert {c.field: c.letter for c in reading.columns if c.field and c.field in key.columns} == key.columns
    found = {row.number: {name: getattr(row, name) for name in key.rows.get(row.number, ())} for row in roster.rows}
    assert found == key.rows
    order = [sorted((p.row or 0, p.column or "", p.code) for p in reading.problems)]
    assert order == [sorted((row or 0, column or "", code) for row, column, code in key.problems)]


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_every_head_and_defect_is_found_and_nothing_else(case: Case, tmp_path: Path) -> None:
    for roster, key in read(case, tmp_path):
        assert_found(roster, key)


def test_the_corpus_is_large_and_plants_every_defect() -> None:
    assert len({case.name for case in CORPUS}) == len(CORPUS) >= 60
    for case in CORPUS:
        if case.name.startswith("a defect: "):
            assert any(not code.endswith(".region") for key in case.pages()[1] for _, _, code in key.problems)
