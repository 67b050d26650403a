from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"
