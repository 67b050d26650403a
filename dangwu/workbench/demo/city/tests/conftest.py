"""A small city that every test of its history looks at, and a larger one that has lived through everything."""

import pytest

from dangwu.workbench.demo.city.shapes import Department
from dangwu.workbench.demo.city.world import imagine_city


@pytest.fixture(scope="session")
def city() -> list[Department]:
    return list(imagine_city(units=40, members=1_400, seed=3))


@pytest.fixture(scope="session")
def large() -> Department:
    """The department with 494 organisations."""
    departments = imagine_city(seed=1)
    next(departments)
    return next(departments)
