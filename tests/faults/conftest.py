"""Sites that a session makes once and harms often."""

from collections.abc import Iterator

import pytest

from tests.faults.sites import Site, site


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL"])
def harmed(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site on each of the databases."""
    with site(request.param) as made:
        yield made
