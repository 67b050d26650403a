"""A year of dues for a million members, against OpenFisca with the same rule."""

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from django.conf import settings

from dangwu.rules.loading import load_rulebook
from dangwu.rules.rates import Many, dues_of_many
from dangwu.rules.shapes import Band
from dangwu.workbench.bench.measuring import Measured, NotMeasurableError, Tell, require_same, timed

MEMBERS, MONTHS, ROUNDS = 1_000_000, 12, 7
MOST_TIMES = 1
HIGHEST = 3_000_000  # fen a month
DAY = date(2026, 1, 1)


def measure(tell: Tell) -> list[Measured]:
    """The time as a multiple of OpenFisca's; both must come to the same fen for every member and month."""
    if find_spec("openfisca_core") is None:
        raise NotMeasurableError("没有安装用于比对的 openfisca-core，请用 ./run bench 运行，它会自动安装。")
    bands, bases = bands_of_rule(), bases_of_year(MEMBERS, MONTHS)
    tell(f"正在计算 {MEMBERS:,} 名党员 {MONTHS} 个月的党费")
    runs = [_both_ways(bands, bases) for _ in range(ROUNDS)]
    ours, theirs = (min(seconds) for seconds in zip(*runs, strict=True))
    return [Measured(f"{MEMBERS:,} 名党员 {MONTHS} 个月的党费", ours, "秒", MOST_TIMES, theirs)]


def bands_of_rule() -> tuple[Band, ...]:
    """The rates of the rule dues-rate on the day."""
    bands: tuple[Band, ...] = load_rulebook(Path(settings.RULEBOOK)).rules["dues-rate"].values_on(DAY)["bands"]
    return bands


def bases_of_year(members: int, months: int) -> list[Many]:
    """What members earn in each month, in fen; the same every time."""
    dice = np.random.default_rng(1)
    return [dice.integers(0, HIGHEST, members, np.int64) for _ in range(months)]


def _both_ways(bands: tuple[Band, ...], bases: list[Many]) -> tuple[float, float]:
    from dangwu.workbench.bench.openfisca_dues import OpenFiscaDues  # noqa: PLC0415, installed for benches only

    fisca = OpenFiscaDues(bands, bases)
    theirs, expected = timed(fisca.dues)
    ours, found = timed(lambda: [dues_of_many(bands, month) for month in bases])
    require_same("党费", [month.tobytes() for month in found], [month.astype(np.int64).tobytes() for month in expected])
    return ours, theirs
