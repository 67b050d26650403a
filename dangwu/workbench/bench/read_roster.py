"""Reading, mapping and validating a large roster, against merely taking the cells out of the file."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from dangwu.members.sheets import read_rosters
from dangwu.workbench.bench.measuring import Measured, Tell, apart, require_same, timed
from dangwu.workbench.demo.columns import ROSTER, roster_line
from dangwu.workbench.demo.world import TODAY, imagine_world

MEMBERS, BRANCHES, ROUNDS = 51_000, 2_000, 3
MOST_TIMES, MOST_MEMORY = 4, 600
# with the twenty of the demonstration's roster these make 25 columns
MORE_COLUMNS = ("入党介绍人", "档案编号", "参加工作时间", "党费计算基数", "月交党费")
MORE_CELLS = ("赵甲、钱乙", "DA-0001", "2010.07", "6000", "90.00")


def measure(tell: Tell) -> list[Measured]:
    """The time, as a multiple of the bare reading, and the memory at its peak."""
    with TemporaryDirectory(prefix="dangwu-bench-") as folder:
        path = Path(folder) / "roster.xlsx"
        tell(f"正在生成 {MEMBERS:,} 行、25 列的名册")
        write_roster(path, members=MEMBERS, branches=BRANCHES)
        tell("正在读取")
        runs = [(apart("read_roster", "bare", path), apart("read_roster", "whole", path)) for _ in range(ROUNDS)]
    for bare_run, whole_run in runs:
        require_same("读到的行数", whole_run["rows"], bare_run["rows"])
    bare = min(run["seconds"] for run, _ in runs)
    whole = min(run["seconds"] for _, run in runs)
    peak = max(run["peak"] for _, run in runs)
    return [
        Measured("读取、对应并核对名册", whole, "秒", MOST_TIMES, bare),
        Measured("读取名册的内存峰值", peak, "MiB", MOST_MEMORY),
    ]


def write_roster(path: Path, *, members: int, branches: int) -> None:
    """Write the demonstration's people as a roster of 25 columns, every cell as text."""
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("党员名册")
        sheet.write_row(0, 0, [*ROSTER, *MORE_COLUMNS])
        for number, person in enumerate(imagine_world(branches=branches, members=members).people, start=1):
            cells = ["" if cell is None else str(cell) for cell in roster_line(number, person)]
            for column, text in enumerate([*cells, *MORE_CELLS]):
                sheet.write_string(number, column, text)


def _bare(path: Path) -> int:
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1


def _whole(path: Path) -> int:
    return sum(len(roster.rows) for roster in read_rosters(path, on=TODAY))


WAYS: dict[str, Callable[[Path], int]] = {"bare": _bare, "whole": _whole}


def measure_here(way: str, path: str) -> dict[str, Any]:
    """Seconds, MiB at the peak of this process, and the number of people that were read."""
    import resource  # noqa: PLC0415, only POSIX has it

    seconds, rows = timed(lambda: WAYS[way](Path(path)))
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "rows": rows}
