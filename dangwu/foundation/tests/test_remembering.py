"""What is remembered until somebody writes: it is exact, whoever writes and from wherever."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.remembering import MOST, Memory, one_look, remembered
from dangwu.organisations.models import Unit
from dangwu.organisations.services.units import register_unit

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 6, 1)


def register(name: str) -> Unit:
    return register_unit(by=CommandLine("test"), name=name, kind="organ", on=DAY)


def units() -> int:
    return Unit.objects.count()


def remembered_by(memory: Memory) -> Callable[[], int]:
    return lambda: memory.recall("units", units)


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
