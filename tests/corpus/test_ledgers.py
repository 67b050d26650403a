"""Every head and every defect of a ledger is found, nothing else is, and no value is wrong."""

from pathlib import Path

import pytest

from dangwu.records.kinds import load_activity_kinds
from dangwu.records.sheets import read_ledgers
from tests.corpus.cases import assert_found
from tests.corpus.ledgers import ATTRIBUTES, CORPUS, Ledger
from tests.corpus.people import ON

KINDS = load_activity_kinds(Path(__file__).parents[2] / "rulebook" / "activities")


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_every_head_and_defect_is_found_and_nothing_else(case: Ledger, tmp_path: Path) -> None:
    path, keys = case.write(tmp_path)
    for ledger, key in zip(read_ledgers(path, on=ON, kinds=KINDS), keys, strict=True):
        found = {
            row.number: {name: getattr(row, ATTRIBUTES.get(name, name)) for name in key.rows.get(row.number, ())}
            for row in ledger.rows
        }
        assert_found(ledger.reading, found, key)
