"""Audited writes, against the same writes without an audit; and the verification of a long log."""

from dangwu.workbench.bench.databases import databases
from dangwu.workbench.bench.measuring import Measured, Tell, apart

WRITES, ENTRIES = 1_500, 200_000
EACH = 2_000  # microseconds: 500 writes a second, where the disk keeps up
MOST_TIMES = 25  # processor time of an audited service over a bare UPDATE and INSERT
VERIFYING = 5_000  # milliseconds


def measure(tell: Tell) -> list[Measured]:
    """What a write takes that is audited and on disk, by one and by eight at once; and what a verification takes."""
    with databases(one="SQLite") as sites:
        tell(f"正在 SQLite 上办理 {WRITES * 3:,} 件有审计记录的事项，再核验 {ENTRIES:,} 条审计日志")
        told = apart("audited_writes", WRITES, ENTRIES, surroundings=sites["SQLite"])
    return [
        Measured("有审计记录的写入，每件的处理器时间", told["cpu"] / WRITES * 1e6, "微秒", EACH),
        Measured("有审计记录的写入，逐件办理", told["alone"] * 1e6, "微秒", EACH),
        Measured("有审计记录的写入，八人同时", told["together"] * 1e6, "微秒", EACH),
        Measured("同样的写入，没有审计记录（仅供比较）", told["bare"] * 1e6, "微秒", EACH),
        Measured("有审计记录的写入，与同样的写入相比的处理器时间", told["cpu"], "秒", MOST_TIMES, told["bare_cpu"]),
        Measured(f"核验 {ENTRIES:,} 条审计日志", told["verifying"] * 1e3, "毫秒", VERIFYING),
    ]
