from pathlib import Path

from dangwu.workbench.bench.measuring import apart


def test_writes_are_paced_and_a_lengthened_log_is_whole(tmp_path: Path) -> None:
    surroundings = {"DANGWU_HOME": str(tmp_path), "DANGWU_DATABASE_URL": ""}
    told = apart("audited_writes", 16, 300, surroundings=surroundings)
    assert {"alone", "together", "bare", "cpu", "bare_cpu", "verifying"} <= told.keys()
    assert all(seconds > 0 for seconds in told.values())
