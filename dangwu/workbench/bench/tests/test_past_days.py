from datetime import date
from pathlib import Path

from dangwu.workbench.bench.measuring import apart
from dangwu.workbench.bench.past_days import percentile, random_days


def test_hand_written_sql_comes_to_the_same_rosters_and_trees(tmp_path: Path) -> None:
    surroundings = {"DANGWU_HOME": str(tmp_path), "DANGWU_DATABASE_URL": ""}
    answer = apart("past_days", 800, 4_000, 12, surroundings=surroundings)
    assert answer.keys() == {"tree", "page", "roster"}
    assert all(told[key] > 0 for told in answer.values() for key in ("ours", "by_hand", "p95"))


def test_days_lie_in_the_past_and_are_the_same_every_time() -> None:
    days = random_days(100)
    assert days == random_days(100)
    assert min(days) > date(2001, 6, 30)
    assert max(days) < date(2026, 1, 1)


def test_95_of_a_hundred_did_not_exceed_the_percentile() -> None:
    times = [float(number) for number in range(1, 101)]
    assert percentile(times, 0.95) == 96
    assert percentile([2.0], 0.95) == 2
