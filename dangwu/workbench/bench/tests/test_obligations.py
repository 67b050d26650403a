from collections import Counter
from datetime import date
from pathlib import Path

from dangwu.workbench.bench.filling import OTHERWISE, PER_BRANCH, plan_of_year
from dangwu.workbench.bench.measuring import apart


def test_hand_written_sql_comes_to_the_same_verdicts(tmp_path: Path) -> None:
    surroundings = {"DANGWU_HOME": str(tmp_path), "DANGWU_DATABASE_URL": ""}
    answer = apart("both_ways", 12, surroundings=surroundings)
    assert answer["rules"] > 30
    assert answer["ours"] > 0
    assert answer["by_hand"] > 0


def test_a_branch_holds_a_hundred_activities_and_forgets_some_duties() -> None:
    held = plan_of_year(1)
    assert len(held) == PER_BRANCH
    assert {day.year for _, day, _ in held} == {2026}
    kinds = Counter(kind for kind, _, _ in held)
    assert kinds["theme_day"] == 11
    assert kinds[OTHERWISE] > PER_BRANCH // 4


def test_different_branches_forget_different_duties() -> None:
    assert plan_of_year(1) != plan_of_year(2)
    assert plan_of_year(1)[0] == ("committee_meeting", date(2026, 1, 5), "")
