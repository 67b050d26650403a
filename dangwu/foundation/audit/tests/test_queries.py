from datetime import date, timedelta
from typing import Any

import pytest

from dangwu.foundation.audit.queries import search
from dangwu.foundation.audit.tests.logs import AT, write
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath


@pytest.fixture
def _log() -> None:
    write(actor_key="account:1", verb="organisation.rename", place="0001", reason="机构改革")
    write(
        actor_key="account:2",
        verb="member.transfer",
        subject="members.person:17",
        subject_name="白露",
        place="00010002",
    )
    write(
        actor_key="account:1", verb="member.reveal", subject="members.person:1", at=AT + timedelta(days=1), place="0002"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("_log")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [3, 2, 1]),
        ({"actor": "account:1"}, [3, 1]),
        ({"verb": "member.reveal"}, [3]),
        ({"verb": "member."}, [3, 2]),
        ({"subject": "members.person:1"}, [3]),
        ({"subject": "members.person:"}, [3, 2]),
        ({"span": Span(date(2026, 10, 16), date(2026, 10, 17))}, [3]),
        ({"subtree": TreePath("0001")}, [2, 1]),
        ({"text": "改革"}, [3, 2, 1]),
        ({"text": "白露"}, [2]),
        ({"text": "安安 白露"}, [2]),
        ({"text": "人事处支部"}, [3, 2, 1]),
        ({"actor": "account:1", "subtree": TreePath("0002")}, [3]),
    ],
    ids=str,
)
def test_what_is_looked_for_is_found_newest_first(wanted: dict[str, Any], found: list[int]) -> None:
    assert [entry.sequence for entry in search(**wanted)] == found


@pytest.mark.django_db
@pytest.mark.usefixtures("_log")
def test_personal_values_cannot_be_searched() -> None:
    assert not search(text="13800000000").exists()
