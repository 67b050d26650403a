import pytest

from dangwu.workbench.bench.measuring import DifferentResultsError, Measured, require_same, timed


def test_with_a_floor_the_limit_is_a_multiple_of_it() -> None:
    line = Measured("读取", 3.0, "秒", 4, floor=1.0)
    assert line.ratio == 3.0
    assert line.holds
    assert not Measured("读取", 4.1, "秒", 4, floor=1.0).holds


def test_without_a_floor_the_limit_has_the_unit_of_the_figure() -> None:
    assert Measured("内存", 600, "MiB", 600).holds
    assert not Measured("内存", 601, "MiB", 600).holds


def test_times_of_different_results_are_not_compared() -> None:
    require_same("人数", 1, 1)
    with pytest.raises(DifferentResultsError, match="人数不一致"):
        require_same("人数", 1, 2)


def test_what_was_timed_comes_out() -> None:
    seconds, result = timed(lambda: 42)
    assert result == 42
    assert 0 <= seconds < 1
