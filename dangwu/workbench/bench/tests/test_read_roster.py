from pathlib import Path

from dangwu.workbench.bench.measuring import apart
from dangwu.workbench.bench.read_roster import write_roster


def test_both_ways_read_everybody(tmp_path: Path) -> None:
    write_roster(tmp_path / "roster.xlsx", members=60, branches=3)
    answers = [apart("read_roster", way, tmp_path / "roster.xlsx") for way in ("bare", "whole")]
    assert [answer["rows"] for answer in answers] == [60, 60]
    assert all(answer["seconds"] > 0 and answer["peak"] > 10 for answer in answers)
