"""`dangwu tick`, and what the whole site does by itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import override_settings

from dangwu.config.cli import main
from dangwu.config.jobs import examine
from dangwu.config.ticking import Minutes, tick_now
from dangwu.foundation.ticking import TickRun

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.mark.django_db
def test_the_command_does_what_is_due_and_twice_does_no_harm() -> None:
    for _ in range(2):
        result = CliRunner().invoke(main, ["tick"], prog_name="dangwu")
        assert (result.exit_code, result.stdout) == (0, "")
    assert {"checkpoint", "doctor", "sessions"} <= {run.job for run in TickRun.objects.all()}
    assert tick_now() == []


@pytest.mark.django_db
def test_a_running_site_ticks_at_once_and_then_once_a_minute() -> None:
    minutes = Minutes()
    minutes.pass_by()
    assert TickRun.objects.exists()
    TickRun.objects.all().delete()
    minutes.pass_by()
    assert not TickRun.objects.exists()


@pytest.mark.django_db
def test_the_doctor_says_a_conclusion_and_below_it_what_is_wrong(tmp_path: Path) -> None:
    with override_settings(HOME=tmp_path, KEYS=tmp_path / "keys", DEBUG=True):
        conclusion, *faults = examine(NOW).splitlines()
    assert "项要马上处理" in conclusion
    assert any("调试模式开着" in fault for fault in faults)
