from datetime import UTC, date, datetime

import pytest

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.members.queries import open_requests, person_of
from dangwu.workbench.demo.accounts import BY, demo_accounts
from dangwu.workbench.services.filling import fill_site
from tests.accounts import actor

NOW, TODAY = datetime(2026, 10, 15, 2, 0, tzinfo=UTC), date(2026, 10, 15)
EVERYBODY = {"clerk", "gongwei", "shuji", "dangyuan", "lingdao", "xitong", "anquan", "shenji"}


def acting(username: str) -> AccountActor:
    return actor(Account.objects.get(username=username), TODAY)


@pytest.mark.django_db
def test_a_demonstration_has_accounts_whose_password_is_new_at_every_start() -> None:
    first, second = (demo_accounts(now=NOW, on=TODAY) for _ in range(2))
    assert first.password != second.password
    accounts = Account.objects.all()
    assert {account.username for account in accounts} == set(second.usernames.values())
    assert all(account.check_password(second.password) for account in accounts)


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_everybody_has_something_to_see() -> None:
    fill_site(by=BY, units=24, members=1_400)
    told = demo_accounts(now=NOW, on=TODAY)
    again = demo_accounts(now=NOW, on=TODAY)
    assert set(told.usernames.values()) == EVERYBODY
    assert told.usernames.keys() == again.usernames.keys()
    clerk, higher = (acting(name).scope("member.keep", TODAY) for name in ("clerk", "gongwei"))
    assert higher.covers(clerk.subtrees[0])
    assert not clerk.covers(higher.subtrees[0])
    assert not acting("shuji").scope("organisation.keep", TODAY).is_nothing
    assert person_of(Account.objects.get(username="dangyuan")) is not None
    assert open_requests(clerk).count() == 1


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.parametrize("units", [1, 3])
def test_the_smallest_city_has_its_clerk_too(units: int) -> None:
    fill_site(by=BY, units=units, members=units * 3)
    assert {"clerk", "shuji"} <= set(demo_accounts(now=NOW, on=TODAY).usernames.values())
