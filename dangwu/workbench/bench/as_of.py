"""Rosters and trees of past days, against SQL written by hand for the same rows."""

from dangwu.workbench.bench.databases import databases
from dangwu.workbench.bench.measuring import Measured, Tell, apart

MEMBERS, AFFILIATIONS, DAYS = 51_000, 400_000, 60
MOST = 50  # milliseconds of the processor, for 95 of a hundred days
PARTS = {
    "tree": ("组织树", 12),  # what it is, and how many times the floor's processor time it may take
    "page": ("名册的一页", 15),
    "roster": ("名册的全部人员", 3),
}


def measure(tell: Tell) -> list[Measured]:
    """What a past day takes of a committee of 5,000 members, on each database."""
    lines = []
    with databases() as sites:
        for name, site in sites.items():
            tell(f"正在 {name} 中生成 {MEMBERS:,} 人的 {AFFILIATIONS:,} 条组织关系，并查看过去的 {DAYS} 天")
            found = apart("past_days", MEMBERS, AFFILIATIONS, DAYS, surroundings=site)
            lines += [line for part in PARTS for line in _lines(f"{name}：{PARTS[part][0]}", part, found[part])]
    return lines


def _lines(what: str, part: str, told: dict[str, float]) -> list[Measured]:
    return [
        Measured(f"{what}，95% 的日子", told["p95"] * 1000, "毫秒", MOST),
        Measured(f"{what}，{DAYS} 天", told["ours"], "秒", PARTS[part][1], told["by_hand"]),
    ]
