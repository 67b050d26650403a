"""Filling a site with the city of the demonstration, audited and sealed as everything is."""

from typing import Any

from django.core.management import call_command

from dangwu.foundation.actors import CommandLine
from dangwu.workbench.bench.databases import databases
from dangwu.workbench.bench.measuring import Measured, Tell, apart
from dangwu.workbench.bench.past_days import Clock
from dangwu.workbench.demo.city.world import Totals
from dangwu.workbench.services.filling import fill_site

UNITS, MEMBERS = 1_154, 51_000
MOST, MOST_MEMORY = 60, 600  # seconds of the processor, MiB


def measure(tell: Tell) -> list[Measured]:
    """The time on each database, its own work included, and the memory of the process that fills it."""
    lines = []
    with databases() as sites:
        for name, site in sites.items():
            tell(f"正在 {name} 中写入 {UNITS:,} 个单位、{MEMBERS:,} 名党员和三年的历史")
            told = apart("demo", UNITS, MEMBERS, surroundings=site)
            lines.append(Measured(f"{name}：写入 {MEMBERS:,} 名党员的演示数据", told["seconds"], "秒", MOST))
            lines.append(Measured(f"{name}：写入时的内存峰值", told["peak"], "MiB", MOST_MEMORY))
    return lines


def measure_here(units: str, members: str) -> dict[str, Any]:
    """Seconds of the processor, MiB at the peak, and how many members there are then."""
    import resource  # noqa: PLC0415, only POSIX has it

    call_command("migrate", verbosity=0)
    clock = Clock()
    totals = clock.time(_fill, (int(units), int(members)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": sum(clock.times), "peak": peak, "members": totals.members}


def _fill(size: tuple[int, int]) -> Totals:
    units, members = size
    return fill_site(by=CommandLine("bench"), units=units, members=members)
