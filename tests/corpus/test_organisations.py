"""Every head and every defect of a list of organisations is found, nothing else is, and no value is wrong."""

from pathlib import Path

import pytest

from dangwu.organisations.sheets import read_organisations
from tests.corpus.cases import assert_found
from tests.corpus.organisations import ATTRIBUTES, CORPUS, Organisations
from tests.corpus.people import ON


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_every_head_and_defect_is_found_and_nothing_else(case: Organisations, tmp_path: Path) -> None:
    path, keys = case.write(tmp_path)
    for listed, key in zip(read_organisations(path, on=ON), keys, strict=True):
        found = {
            row.number: {name: getattr(row, ATTRIBUTES.get(name, name)) for name in key.rows.get(row.number, ())}
            for row in listed.rows
        }
        assert_found(listed.reading, found, key)
