"""The bureau of the cast, and how its office tells what it held."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dangwu.organisations.models import Organisation
from dangwu.records.told import Told
from tests.cast import OFFICE, Bureau, bureau

TODAY = date(2026, 5, 12)


@pytest.fixture
def place() -> Bureau:
    return bureau()


@pytest.fixture
def office(place: Bureau) -> Organisation:
    return place.standings[OFFICE].organisation


@pytest.fixture
def assembly() -> Callable[..., Told]:
    """An assembly of 9 May, told with whatever else."""
    told = Told(kind="general_assembly", held_on=date(2026, 5, 9), topic="讨论年度工作")

    def telling(**more: Any) -> Told:  # noqa: ANN401 - whatever is told
        return replace(told, **more)

    return telling
