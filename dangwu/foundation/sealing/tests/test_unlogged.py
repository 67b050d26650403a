"""Every place that opens sealed values without an action is known here, with its number."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parents[3]
OWN = Path("foundation/sealing/sealed.py")
PERMITTED = {"foundation/files/storing.py": 1, "foundation/imports/queries.py": 1}


def test_nobody_opens_sealed_values_without_an_action_unknown_to_this_test() -> None:
    sources = (path for path in HOUSE.rglob("*.py") if "tests" not in path.parts and path != HOUSE / OWN)
    found = {str(path.relative_to(HOUSE)): path.read_text().count("unlogged(") for path in sources}
    assert {path: times for path, times in found.items() if times} == PERMITTED
