"""Finding two characters in the minutes of many meetings, against the bare index of the database."""

from dangwu.workbench.bench.databases import databases
from dangwu.workbench.bench.measuring import Measured, Tell, apart

BRANCHES, DOCUMENTS, QUESTIONS = 494, 100_000, 300
MOST = 50  # milliseconds of the processor, for 95 of a hundred questions
TIMES = 1.5
ASKERS = {"everything": "全部党组织", "committee": f"辖 {BRANCHES} 个党支部的党委", "branch": "一个党支部"}


def measure(tell: Tell) -> list[Measured]:
    """What a question of two characters takes, by who asks, on each database."""
    lines = []
    with databases() as sites:
        for name, site in sites.items():
            tell(f"正在 {name} 中生成 {DOCUMENTS:,} 份会议记录，并搜索 {QUESTIONS} 次")
            found = apart("searching", BRANCHES, DOCUMENTS, QUESTIONS, surroundings=site)
            lines += [
                Measured(f"{name}：搜索{who}，95% 的词", found[asker]["p95"] * 1000, "毫秒", MOST)
                for asker, who in ASKERS.items()
            ]
            lines += [
                Measured(f"{name}：{who}搜索 {QUESTIONS} 次", told["ours"], "秒", TIMES, told["bare"])
                for who, told in ((ASKERS[asker], found[asker]) for asker in ASKERS)
            ]
    return lines
