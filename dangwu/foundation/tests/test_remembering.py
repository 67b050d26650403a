"""What is remembered until somebody writes where it was read: it is exact, whoever writes and from wherever."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import ChainHead
from dangwu.foundation.deeds import unguarded
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.remembering import BEHIND, MOST, Memory, one_look, remembered
from dangwu.foundation.submissions import Submission
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.services.units import register_unit

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 6, 1)


def register(name: str) -> Unit:
    return register_unit(by=CommandLine("test"), name=name, kind="organ", on=DAY)


def units() -> int:
    return Unit.objects.count()


def remembered_by(memory: Memory) -> Callable[[], int]:
    return lambda: memory.recall("units", units)


def organisations() -> int:
    return Organisation.objects.unscoped("counted for a test").count()


def cost(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_what_was_found_out_costs_a_look_at_the_audit() -> None:
    register("甲局")
    count = remembered_by(Memory())
    assert (cost(count), cost(count)) == (2, 1)
    with one_look():
        assert (cost(count), cost(count)) == (1, 0)


def test_after_any_write_it_is_found_out_anew() -> None:
    """A memory of its own is not told of writes, as that of another process is not."""
    register("甲局")
    count = remembered_by(Memory())
    for number in range(2, 6):
        before = count()
        register(f"第{number}局")
        assert (before, count()) == (number - 1, number)


def test_what_is_written_elsewhere_does_not_touch_it() -> None:
    """The audit is followed to its new end: that costs a second look, but nothing is found out anew."""
    register("甲局")
    memory = Memory()
    memory.recall("organisations", organisations)
    register("乙局")
    assert cost(lambda: memory.recall("organisations", organisations)) == 2
    assert cost(lambda: memory.recall("organisations", organisations)) == 1


def test_it_depends_on_what_was_remembered_within_it() -> None:
    register("甲局")
    memory = Memory()
    outer = partial(memory.recall, "outer", lambda: memory.recall("units", units) + 10)
    memory.recall("units", units)
    assert outer() == 11
    register("乙局")
    assert outer() == 12


def test_what_was_read_where_the_audit_is_told_of_nothing_holds_until_any_write() -> None:
    register("甲局")
    memory = Memory()
    count = partial(memory.recall, "submissions", Submission.objects.count)
    assert count() == 0
    Submission.objects.create(key=uuid4())
    assert count() == 0
    register("乙局")
    assert count() == 1


def test_another_history_of_the_same_length_is_noticed() -> None:
    """As after a restore from a backup: the numbers of the entries go on from an earlier one, their hashes differ."""
    register("甲局")
    count = remembered_by(Memory())
    assert count() == 1
    with unguarded("the site is replaced by another"):
        models.QuerySet.delete(Unit.objects.all())
        ChainHead.objects.update(hash="another")
    assert count() == 0


def test_whoever_has_fallen_far_behind_begins_anew() -> None:
    register("甲局")
    count = remembered_by(Memory())
    assert count() == 1
    for number in range(BEHIND + 1):
        register(f"第{number}局")
    assert cost(count) == 2
    assert count() == BEHIND + 2


def test_a_request_sees_what_it_has_written_itself() -> None:
    register("甲局")
    with one_look():
        before = remembered("units", units)
        register("乙局")
        assert (before, remembered("units", units)) == (1, 2)


def test_what_was_never_committed_is_not_remembered() -> None:
    register("甲局")
    count = remembered_by(Memory())
    with transaction.atomic():
        register("乙局")
        assert count() == 2
        transaction.set_rollback(True)
    assert count() == 1
    register("丙局")
    assert count() == 2


def test_a_refused_action_changes_nothing_that_is_told() -> None:
    register("甲局")
    count = remembered_by(Memory())
    assert count() == 1
    with pytest.raises(ObjectionError):
        register("甲局")
    assert count() == 1


def test_before_anything_was_written_nothing_is_remembered() -> None:
    count = remembered_by(Memory())
    assert (cost(count), cost(count)) == (2, 2)


def test_it_holds_only_so_much() -> None:
    register("甲局")
    memory = Memory()
    with one_look():
        for number in range(MOST + 1):
            memory.recall(number, lambda: 0)
        assert (memory.recall(0, lambda: 1), memory.recall(MOST, lambda: 1)) == (1, 0)
