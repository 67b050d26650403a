"""Every head and every defect of a roster is found, nothing else is, and no value is wrong."""

from pathlib import Path

import pytest

from dangwu.members.sheets import RosterReading, read_rosters
from tests.corpus.cases import Case, assert_found
from tests.corpus.people import ON
from tests.corpus.rosters import CORPUS
from tests.corpus.shapes import Key


def read(case: Case, folder: Path) -> list[tuple[RosterReading, Key]]:
    path, keys = case.write(folder)
    return list(zip(read_rosters(path, on=ON), keys, strict=True))


def assert_read(roster: RosterReading, key: Key) -> None:
    found = {row.number: {name: getattr(row, name) for name in key.rows.get(row.number, ())} for row in roster.rows}
    assert_found(roster.reading, found, key)


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_every_head_and_defect_is_found_and_nothing_else(case: Case, tmp_path: Path) -> None:
    for roster, key in read(case, tmp_path):
        assert_read(roster, key)


def test_the_corpus_is_large_and_plants_every_defect() -> None:
    assert len({case.name for case in CORPUS}) == len(CORPUS) >= 60
    for case in CORPUS:
        if case.name.startswith("a defect: "):
            assert any(not code.endswith(".region") for key in case.pages()[1] for _, _, code in key.problems)
