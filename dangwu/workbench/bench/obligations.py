"""A year of obligations for a whole city, against SQL written by hand for the same verdicts."""

from dangwu.workbench.bench.databases import databases
from dangwu.workbench.bench.measuring import Measured, Tell, apart

SMALL, LARGE = 500, 5_000
MOST_TIMES, MOST_GROWTH = 3, 12


def measure(tell: Tell) -> list[Measured]:
    """The time as a multiple of the hand-written SQL's, and by how much ten times the data takes longer."""
    lines: list[Measured] = []
    for name in ("SQLite", "PostgreSQL"):
        runs = {}
        for branches in (SMALL, LARGE):
            with databases(one=name) as sites:
                if name not in sites:
                    return lines
                tell(f"正在 {name} 中生成 {branches:,} 个党支部一年的 {branches * 100:,} 次活动，并逐条核对")
                runs[branches] = apart("both_ways", branches, surroundings=sites[name])
        small, large = runs[SMALL], runs[LARGE]
        what = f"{name}：{LARGE:,} 个党支部一年的义务（{large['rules']} 条规则）"
        lines += [
            Measured(what, large["ours"], "秒", MOST_TIMES, large["by_hand"]),
            Measured(f"{what}，日常判定", large["living"], "秒", MOST_TIMES, large["by_hand"]),
            Measured(f"{name}：数据增加到 10 倍", large["ours"], "秒", MOST_GROWTH, small["ours"]),
        ]
    return lines
