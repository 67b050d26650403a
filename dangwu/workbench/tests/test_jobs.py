"""What the workbench does by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from pytest_django import Settings

from dangwu.foundation.audit.reviews import Review, last_review
from dangwu.foundation.audit.tests.logs import write
from dangwu.workbench.jobs import forget_devices, review_daily
from tests.accounts import cast_of_accounts

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_the_log_is_inspected_once_a_day_whoever_looks(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"
    write()
    review_daily(NOW)
    review = last_review()
    assert review
    assert (review.state, review.asked_by) == (Review.State.WHOLE, "系统")


def test_where_somebody_was_signed_in_is_forgotten_with_the_session() -> None:
    who = cast_of_accounts().nobody
    for key, hours in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=NOW + timedelta(hours=hours))
        UserSession.objects.create(user=who, session_key=key, ip="127.0.0.1", user_agent="")
    assert forget_devices(NOW) == "清除 1 个"
    assert UserSession.objects.get().session_key == "open"
