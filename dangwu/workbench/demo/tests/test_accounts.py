from datetime import UTC, date, datetime

import pytest

from dangwu.access.models import Account
from dangwu.workbench.demo.accounts import demo_accounts
from dangwu.workbench.demo.living import set_up_living_site
from tests.accounts import actor

NOW, TODAY = datetime(2026, 10, 15, 2, 0, tzinfo=UTC), date(2026, 10, 15)


@pytest.mark.django_db
def test_a_demonstration_has_accounts_whose_password_is_new_at_every_start() -> None:
    first, second = (demo_accounts(now=NOW, on=TODAY) for _ in range(2))
    assert first.password != second.password
    accounts = Account.objects.all()
    assert {account.username for account in accounts} == set(second.usernames.values())
    assert all(account.check_password(second.password) for account in accounts)


@pytest.mark.django_db
def test_the_secretary_and_a_member_of_the_living_site_can_sign_in() -> None:
    set_up_living_site(members=60)
    told = demo_accounts(now=NOW, on=TODAY)
    again = demo_accounts(now=NOW, on=TODAY)
    assert {"clerk", "shuji", "dangyuan"} <= set(told.usernames.values())
    assert told.usernames.keys() == again.usernames.keys()
    secretary = Account.objects.get(username="shuji")
    assert not actor(secretary, TODAY).scope("organisation.keep", TODAY).is_nothing
