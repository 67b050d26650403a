from datetime import date

from dangwu.kernel.days import told_day


def test_a_day_is_written_without_idle_zeros() -> None:
    assert told_day(date(2026, 5, 9)) == "2026年5月9日"
