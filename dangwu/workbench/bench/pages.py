"""The pages of a site in everyday use, at 5,000 and 51,000 members; beside them, if wanted, a list of NetBox."""

import sys
from typing import Any

from dangwu.workbench.bench.databases import Surroundings, databases
from dangwu.workbench.bench.measuring import Measured, Tell, apart
from dangwu.workbench.bench.netbox import netbox
from dangwu.workbench.bench.serving import free_port, serving
from dangwu.workbench.bench.visiting import CLIENTS, Waits, visit

SIZES = ((5_000, 39_000), (51_000, 400_000))
MOST = 300  # milliseconds, for 95 of a hundred pages
PACES = {"连续翻看": 0, "每页看 1 秒": 1}
"""How many seconds a visitor looks at a page: as people do, and not at all, which shows what the machine can do."""
KINDS = {"list": "名册", "tree": "组织树", "organisation": "党组织页面", "member": "党员页面"}
Found = dict[str, Any]
Size = tuple[str, int]
Visit = tuple[str, str]  # the kind of page and the pace


def measure(tell: Tell, *, peer: bool = False) -> list[Measured]:
    """What visitors wait for each page at both sizes and paces, and whether it costs more queries with more rows.

    Raises NotMeasurableError.
    """
    waits: dict[Size, dict[Visit, Waits]] = {}
    costs: dict[Size, dict[str, int]] = {}
    for members, affiliations in SIZES:
        with databases() as sites:
            for name, site in sites.items():
                tell(f"正在 {name} 中生成 {members:,} 人的网站，{CLIENTS} 人同时翻看")
                found = apart("page_site", members, affiliations, surroundings=site)
                waits[name, members], costs[name, members] = _visited(site, found), found["queries"]
                _tell(tell, waits[name, members], found["seconds"])
    lines = [line for size, kinds in waits.items() for line in _lines(size, kinds)]
    return [*lines, *_growth(costs), *(_peer(tell, waits) if peer else [])]


def _visited(site: Surroundings, found: Found) -> dict[Visit, Waits]:
    port = free_port()
    words = [sys.executable, "-m", "dangwu", "run", "--port", str(port)]
    with serving(words, port, site):
        return {
            (kind, pace): visit(port, found["cookies"], paths, thinking=seconds)
            for pace, seconds in PACES.items()
            for kind, paths in found["pages"].items()
        }


def _tell(tell: Tell, waits: dict[Visit, Waits], seconds: dict[str, float]) -> None:
    for kind, title in KINDS.items():
        tell(f"  {title}：单独一页用处理器 {seconds[kind] * 1000:.0f} 毫秒")
        for pace in PACES:
            wait = waits[kind, pace]
            tell(f"    {pace}，一半在 {wait.half * 1000:.0f} 毫秒以内，95% 在 {wait.most * 1000:.0f} 毫秒以内")


def _lines(size: Size, waits: dict[Visit, Waits]) -> list[Measured]:
    where = f"{size[0]}，{size[1]:,} 人："
    return [
        Measured(f"{where}{KINDS[kind]}，{pace}", wait.most * 1000, "毫秒", MOST)
        for (kind, pace), wait in waits.items()
    ]


def _growth(costs: dict[Size, dict[str, int]]) -> list[Measured]:
    """How many queries a page costs at the larger size, over those at the smaller."""
    (small, _), (large, _) = SIZES
    return [
        Measured(f"{name}：{KINDS[kind]}的数据库查询次数", number, "次", 1, costs[name, small][kind])
        for (name, members), numbers in costs.items()
        if members == large
        for kind, number in numbers.items()
    ]


def _peer(tell: Tell, waits: dict[Size, dict[Visit, Waits]]) -> list[Measured]:
    """Our roster over the peer's list of as many rows on a page, both with 51,000 rows on PostgreSQL."""
    with netbox(tell) as site:
        theirs = visit(site.port, site.cookies, site.paths)
    tell(f"  NetBox：一半在 {theirs.half * 1000:.0f} 毫秒以内，95% 在 {theirs.most * 1000:.0f} 毫秒以内")
    ours = waits["PostgreSQL", SIZES[-1][0]]["list", next(iter(PACES))]
    return [Measured("名册的一页，与 NetBox 的联系人列表相比", ours.most, "秒", 1, theirs.most)]
