"""A small bureau with its three administrators, on a day that is always told."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.organisations.models import Organisation, Standing, Unit
from dangwu.organisations.services.establishing import Draft, establish
from tests.accounts import Cast, actor, cast_of_accounts
from tests.accounts import account as new_account

TODAY = date(2026, 10, 15)
NOW = datetime(2026, 10, 15, 2, 0, tzinfo=UTC)
DRAFTS = (
    Draft("机关党委", "committee"),
    Draft("第一党支部", "branch", "机关党委"),
    Draft("第二党支部", "branch", "机关党委"),
)


@action("cast.bureau", allow=anybody)
def bureau(*, by: Actor) -> dict[str, Standing]:  # noqa: ARG001 - every action has it
    unit = Unit(name="示例局")
    unit.save()
    return establish(unit=unit, drafts=DRAFTS)


@pytest.fixture
def places(db: None) -> dict[str, Organisation]:  # noqa: ARG001 - it opens the database
    return {name: standing.organisation for name, standing in bureau(by=CommandLine("cast")).items()}


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - it opens the database
    return cast_of_accounts()


@pytest.fixture
def system(cast: Cast) -> AccountActor:
    return actor(cast.system, TODAY)


@pytest.fixture
def security(cast: Cast) -> AccountActor:
    return actor(cast.security, TODAY)


@pytest.fixture
def audit(cast: Cast) -> AccountActor:
    return actor(cast.audit, TODAY)


@pytest.fixture
def clerk(db: None) -> Account:  # noqa: ARG001 - it opens the database
    return new_account("clerk", name="文清")


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Settings) -> None:
    """Tests of other things do not wait for a hash that is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture
def browser() -> Client:
    return Client(REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT="a browser")
