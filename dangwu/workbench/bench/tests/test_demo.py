from pathlib import Path

from dangwu.workbench.bench.measuring import apart


def test_it_is_measured_on_a_site_of_its_own(tmp_path: Path) -> None:
    told = apart("demo", 3, 60, surroundings={"DANGWU_HOME": str(tmp_path), "DANGWU_DATABASE_URL": ""})
    assert told["members"] == 60
    assert told["seconds"] > 0
    assert told["peak"] > 20
