"""The small bureau of the members' tests, and a clinic beside it."""

from pathlib import Path

import pytest

from dangwu.members.imports.tests.clinic import Clinic
from dangwu.members.tests.conftest import House, house

__all__ = ["house"]


@pytest.fixture
def clinic(house: House, tmp_path: Path) -> Clinic:  # noqa: ARG001 - the organisations stand in the database
    return Clinic(folder=tmp_path)
