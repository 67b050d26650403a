from pathlib import Path

from dangwu.workbench.bench.export_roster import measure_here
from dangwu.workbench.bench.read_roster import write_roster


def test_both_ways_write_the_same_cells(tmp_path: Path) -> None:
    write_roster(tmp_path / "roster.xlsx", members=20, branches=3)
    bare, whole = (measure_here(way, str(tmp_path / "roster.xlsx"), "50") for way in ("bare", "whole"))
    assert bare["cells"] == whole["cells"] > 50 * 15
    assert bare["seconds"] > 0 < whole["seconds"]
