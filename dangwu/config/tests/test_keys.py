"""`dangwu keys`: a key is added, everything is sealed anew, the old one is put away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result
from pytest_django import Settings

from dangwu.config.cli import main
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.sealing.keyring import keyring
from tests.cast import bureau

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


def dangwu(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments], prog_name="dangwu")


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


@pytest.mark.django_db
def test_the_list_tells_each_key_and_which_is_in_use() -> None:
    bureau()
    dangwu("add")
    first, second = dangwu("list").output.splitlines()
    assert ("国际算法" in first, "正在使用" in first) == (True, False)
    assert second.endswith("0 项，正在使用")


@pytest.mark.django_db
def test_a_key_is_renewed_in_three_steps() -> None:
    old = keyring().current.id.hex()
    with time_machine.travel(NOW, tick=False):
        assert dangwu("add").exit_code == 0
        assert "新密钥启用不足一小时" in dangwu("retire", old).output
    assert "全部完成" in dangwu("rotate").output
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        assert f"已停用密钥 {old}" in dangwu("retire", old).output
    assert list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True)) == ["keys.add", "keys.retire"]


@pytest.mark.django_db
def test_a_key_in_use_or_unknown_is_not_retired() -> None:
    current = keyring().current.id.hex()
    assert dangwu("retire", current).exit_code == 2
    result = dangwu("retire", "00000000")
    assert (result.exit_code, "dangwu keys list" in result.output) == (2, True)
