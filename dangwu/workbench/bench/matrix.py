"""The standing organisations at a glance, and how soon a change is in: on each database."""

from dangwu.workbench.bench.databases import databases
from dangwu.workbench.bench.measuring import Measured, Tell, apart

BRANCHES = 494
MOST = {"matrix": 100, "queries": 6, "changed": 50, "anew": 1_000}


def measure(tell: Tell) -> list[Measured]:
    """The matrix of 494 branches and 12 duties, one changed activity, and all of it judged and written anew."""
    lines = []
    with databases() as sites:
        for name, site in sites.items():
            tell(f"正在 {name} 中生成 {BRANCHES} 个党支部一年的活动，判定并查看矩阵")
            found = apart("living_here", BRANCHES, surroundings=site)
            what = f"{name}：{BRANCHES} 个党支部"
            lines += [
                Measured(f"{what} × 12 项职责的矩阵", found["matrix"], "毫秒", MOST["matrix"]),
                Measured(f"{what}的矩阵，查询", found["queries"], "次", MOST["queries"]),
                Measured(f"{what}中改动一次活动", found["changed"], "毫秒", MOST["changed"]),
                Measured(f"{what}全部重新判定", found["anew"], "毫秒", MOST["anew"]),
            ]
    return lines
