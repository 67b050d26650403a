import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dangwu.foundation.audit.changes import Change
from dangwu.foundation.audit.checkpoints import checkpoint_now
from dangwu.foundation.audit.export import Extent
from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.tests.logs import AT, exported, write, write_log
from dangwu.foundation.audit.verify_audit import verify
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath

FIRST_DAY = date(2026, 10, 15)


def contents(lines: list[bytes]) -> list[dict[str, Any]]:
    return [told["content"] for told in map(json.loads, lines) if "content" in told]


@pytest.mark.django_db
def test_an_empty_log_can_be_exported_and_verified() -> None:
    assert verify(exported()).sequence == 0


@pytest.mark.django_db
def test_a_file_tells_who_did_what_to_what_and_where() -> None:
    write()
    (content,) = contents(exported())
    told = [content[key] for key in ("actor", "verb", "subject", "place", "at")]
    place = "organisations.organisation:3"
    assert told == ["account:17", "organisation.rename", place, "00010002", "2026-10-15T01:00:00.000000+00:00"]


@pytest.mark.django_db
def test_no_name_no_reason_and_no_personal_value_leaves_the_site() -> None:
    write_log(6)
    file = b"".join(exported()).decode()
    assert not [secret for secret in ("安安", "第1次", "13800000000", "13911111111") if secret in file]


@pytest.mark.django_db
def test_some_days_of_the_log_can_be_verified_by_themselves() -> None:
    for day in range(10):
        write(at=AT + timedelta(days=day))
        checkpoint_now(AT)
    some = exported(Extent(Span(FIRST_DAY + timedelta(days=3), FIRST_DAY + timedelta(days=6))))
    log = verify(some)
    assert (log.first, log.sequence, len(log.checkpoint_lines)) == (4, 6, 4)


@pytest.mark.django_db
def test_a_day_begins_at_midnight_here() -> None:
    for hour in (15, 16):  # in UTC: an hour before midnight in Beijing, and midnight
        write(at=AT.replace(hour=hour, minute=0))
    log = verify(exported(Extent(Span(FIRST_DAY, FIRST_DAY + timedelta(days=1)))))
    assert (log.first, log.sequence) == (1, 1)


@pytest.mark.django_db
def test_a_clock_that_was_set_back_leaves_no_gap() -> None:
    for days in (0, 2, -3, 1):
        write(at=AT + timedelta(days=days))
    log = verify(exported(Extent(Span(FIRST_DAY, FIRST_DAY + timedelta(days=5)))))
    assert (log.first, log.sequence) == (1, 4)


@pytest.mark.django_db
def test_of_other_subtrees_only_hashes_are_told_and_the_chain_still_holds() -> None:
    write_log(9)
    lines = exported(Extent(subtree=TreePath("0002")))
    assert {content["place"] for content in contents(lines)} == {"00020001"}
    log = verify(lines)
    assert (log.sequence, log.shown) == (9, 4)


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates() | st.decimals(allow_nan=False)
ROWS = st.dictionaries(st.text(max_size=6), VALUES, max_size=3)
# PostgreSQL keeps no NUL in a text, and no database keeps half a surrogate pair
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
CHANGES = st.builds(
    Change,
    model=st.sampled_from(["members.person", "organisations.organisation"]),
    pk=st.integers(1, 9) | TEXTS,
    before=st.none() | ROWS,
    after=st.none() | ROWS,
    private=st.frozensets(st.text(max_size=6), max_size=2),
)
DEEDS = st.fixed_dictionaries(
    {
        "verb": TEXTS,
        "actor_key": TEXTS,
        "actor_name": TEXTS,
        "subject": TEXTS,
        "subject_name": TEXTS,
        "place": st.sampled_from(["", "0001", "00010002", "0002"]),
        "reason": TEXTS,
        "at": st.datetimes(timezones=st.just(AT.tzinfo)),
        "changes": st.lists(CHANGES, max_size=3),
        "signed": st.booleans(),
    }
)


@pytest.mark.at_length
@pytest.mark.django_db
class TestAnyLog(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(DEEDS, max_size=6))
    def test_holds_when_it_was_not_altered(self, deeds: list[dict[str, Any]]) -> None:
        for deed in deeds:
            signed = deed.pop("signed")
            write(**deed)
            if signed:
                checkpoint_now(AT)
        assert verify(exported()).shown == inspect(AT).sequence == len(deeds)
        assert verify(exported(Extent(subtree=TreePath("0001")))).sequence == len(deeds)
