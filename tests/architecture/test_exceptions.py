"""What goes past the fences is counted: whoever adds a place changes a figure here, and a reader asks why."""

import re

import pytest

from tests.architecture.sources import ROOT, python_files

UNSCOPED = re.compile(r"\.unscoped\(")
OF_SOMETHING = re.compile(r"\.of\(\w+=")
UNGUARDED = re.compile(r"\bunguarded\(\"")
EVERYBODY = re.compile(r"allow=anybody")

PLACES: dict[re.Pattern[str], dict[str, int]] = {
    UNSCOPED: {
        "access": 10,
        "compliance": 4,
        "duties": 5,
        "foundation": 2,
        "insights": 11,
        "members": 24,
        "notices": 7,
        "organisations": 22,
        "records": 34,
        "workbench": 22,
    },
    OF_SOMETHING: {
        "compliance": 9,
        "duties": 6,
        "insights": 1,
        "members": 8,
        "notices": 6,
        "organisations": 6,
        "records": 30,
        "workbench": 17,
    },
    UNGUARDED: {"foundation": 4},
    EVERYBODY: {"access": 9},
}


def places(pattern: re.Pattern[str]) -> dict[str, int]:
    """How often the source of each module has it, tests and benches left out."""
    counted: dict[str, int] = {}
    for path in python_files():
        parts = path.relative_to(ROOT).parts
        if parts[0] == "dangwu" and "tests" not in parts and "bench" not in parts:
            number = len(pattern.findall(path.read_text()))
            if number:
                counted[parts[1]] = counted.get(parts[1], 0) + number
    return counted


@pytest.mark.parametrize("pattern", PLACES, ids=lambda pattern: pattern.pattern)
def test_every_exception_is_known(pattern: re.Pattern[str]) -> None:
    assert places(pattern) == PLACES[pattern]
