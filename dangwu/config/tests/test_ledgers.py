"""`dangwu ledgers` writes the papers of a year into a folder."""

from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from django.utils import timezone

from dangwu.config.commands.ledgers import command
from dangwu.foundation.audit.models import AuditEntry
from tests.cast import COMMITTEE, OFFICE, bureau

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _place(db: None) -> None:  # noqa: ARG001 - the bureau is stored
    bureau().held(OFFICE, "theme_day", "2026-03-20", topic="学习", expected=8, present=8)


def run(folder: Path, *words: str) -> str:
    with time_machine.travel(NOON):
        answer = CliRunner().invoke(command, [*words, "-o", str(folder)])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_all_papers_of_one_organisation_are_written(tmp_path: Path) -> None:
    assert "已生成 8 份" in run(tmp_path, "--organisation", OFFICE, "--year", "2026")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 8
    assert all(name.startswith(f"{OFFICE}_2026年_") for name in names)
    assert AuditEntry.objects.filter(verb="ledger.take", actor_key="command:ledgers").count() == 8


def test_those_below_are_written_into_folders(tmp_path: Path) -> None:
    run(tmp_path, "--organisation", COMMITTEE, "--below", "--paper", "学时")
    assert len(list((tmp_path / COMMITTEE).iterdir())) == 4


def test_a_year_to_come_is_refused(tmp_path: Path) -> None:
    with time_machine.travel(NOON):
        answer = CliRunner().invoke(command, ["--organisation", OFFICE, "--year", "2027", "-o", str(tmp_path)])
    assert answer.exit_code == 2
    assert "2027年还没有到" in answer.output
