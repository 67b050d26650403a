"""Any layout with any defects, saved by any program: the same law as for the corpus."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.foundation.sheets.handing_back import hand_back
from dangwu.members.sheets import read_rosters
from tests.corpus import defects
from tests.corpus.files import FILES
from tests.corpus.hands import CODES, DAYS, UNTIDY
from tests.corpus.layouts import Layout
from tests.corpus.people import ON
from tests.corpus.rosters import (
    COVER,
    EXTRA,
    HEADS,
    HIDDEN,
    NOTES,
    NOTHING,
    OTHER_HEADS,
    THREE_LEVELS,
    TITLE,
    TWO_LEVELS,
    Roster,
    dated,
)
from tests.corpus.test_rosters import assert_read, read

STYLES = [style for style in DAYS if style not in {"day number since 1904", "remarked", "fraction"}]


def any_case(seed: int) -> Roster:
    """A workbook by its seed."""
    dice = Random(seed)  # noqa: S311 - the same workbook for the same seed
    file = dice.choice([name for name in FILES if "1904" not in name])
    flat = file == "xls" or FILES[file][0] != ".xlsx"
    heads = dice.choice([HEADS, HEADS, OTHER_HEADS, TWO_LEVELS, THREE_LEVELS])
    branch = dice.choice(
        ["column", "column", "first"] if flat else ["column", "column", "merged", "first", "banner", "sheet"]
    )
    layout = Layout(
        titles=dice.choice([(), TITLE, (*TITLE, ("填报单位：某局", None, "2026年11月"))]),
        title_merged=not flat,
        branch=branch,
        serial=dice.random() < 0.5,
        numbered_columns=dice.random() < 0.2,
        extra=dict(dice.sample(list(EXTRA.items()), dice.randint(0, 3))),
        indent=dice.choice([0, 0, 1]),
        blank_column=dice.choice([0, 0, 3]) if heads in (HEADS, OTHER_HEADS) else 0,
        blank_rows=dice.random() < 0.3,
        totals=dice.random() < 0.3,
        head_again=dice.random() < 0.2,
        closing=dice.choice([(), NOTES]),
        others=() if flat else dice.choice([(), (COVER,), (COVER, HIDDEN)]),
    )
    chosen = dice.sample(defects.ALONE if branch != "column" else list(defects.ALL), dice.randint(0, 6))
    planted = tuple(name for name in chosen if (file != "xls" and not flat) or name not in {"true", "a percentage"})
    hands: dict[str, Any] = {**dated(dice.choice(STYLES))}
    for more in (UNTIDY, CODES):
        if dice.random() < 0.5:
            hands.update(more)
    return Roster(
        f"random {seed}", layout, hands, planted, file, heads, dice.randint(8, 23), dice.choice([(None,), NOTHING])
    )


Folders = pytest.TempPathFactory
SEEDS = st.integers(0, 2**32).map(any_case)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_head_and_defect_is_found_and_nothing_else(tmp_path_factory: Folders, case: Roster) -> None:
    for roster, key in read(case, tmp_path_factory.mktemp("random")):
        assert_read(roster, key)


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_what_is_handed_back_reads_as_before(tmp_path_factory: Folders, case: Roster) -> None:
    folder = tmp_path_factory.mktemp("random")
    before = [roster for roster, _ in read(case, folder)]
    readings = [roster.reading for roster in before]
    problems = [problem for reading in readings for problem in reading.problems]
    (folder / "back.xlsx").write_bytes(hand_back(folder / f"名册{FILES[case.file][0]}", problems, readings=readings))
    after = read_rosters(folder / "back.xlsx", on=ON)
    assert [roster.rows for roster in after] == [roster.rows for roster in before]
    told = [[(p.row, p.column, p.code) for p in roster.problems] for roster in (*after, *before)]
    assert told[: len(after)] == told[len(after) :]


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_only_its_lines_with_problems_read_as_before(tmp_path_factory: Folders, case: Roster) -> None:
    folder = tmp_path_factory.mktemp("random")
    before = [roster for roster, _ in read(case, folder)]
    readings = [roster.reading for roster in before]
    problems = [
        p for reading in readings for p in reading.problems if p.row and p.code.startswith(("joined_on", "phone"))
    ]
    if not problems:
        return
    content = hand_back(folder / f"名册{FILES[case.file][0]}", problems, readings=readings, only_rows=True)
    (folder / "back.xlsx").write_bytes(content)
    wanted = {(p.sheet, p.row) for p in problems}
    expected = [row for roster in before for row in roster.rows if (row.sheet, row.number) in wanted]
    left = [row for roster in read_rosters(folder / "back.xlsx", on=ON) for row in roster.rows]
    assert [replace(row, number=0, sheet="") for row in left] == [replace(row, number=0, sheet="") for row in expected]
