"""A year of obligations for a whole city, against SQL written by hand for the same verdicts."""

from tempfile import TemporaryDirectory
from typing import Any

from dangwu.workbench.bench.measuring import Measured, Tell, apart

SMALL, LARGE = 500, 5_000
MOST_TIMES, MOST_GROWTH = 3, 12


def measure(tell: Tell) -> list[Measured]:
    """The time as a multiple of the hand-written SQL's, and by how much ten times the data takes longer."""
    runs = {}
    for branches in (SMALL, LARGE):
        tell(f"正在生成 {branches:,} 个党支部一年的 {branches * 100:,} 次活动，并逐条核对")
        runs[branches] = _in_a_new_database(branches)
    small, large = runs[SMALL], runs[LARGE]
    what = f"{LARGE:,} 个党支部一年的义务（{large['rules']} 条规则）"
    return [
        Measured(what, large["ours"], "秒", MOST_TIMES, large["by_hand"]),
        Measured(f"{what}，日常判定", large["living"], "秒", MOST_TIMES, large["by_hand"]),
        Measured("数据增加到 10 倍", large["ours"], "秒", MOST_GROWTH, small["ours"]),
    ]


def _in_a_new_database(branches: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="dangwu-bench-") as home:
        return apart("both_ways", branches, surroundings={"DANGWU_HOME": home, "DANGWU_DATABASE_URL": ""})
