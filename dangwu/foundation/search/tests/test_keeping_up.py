"""The index follows its rows in the transaction that changes them, and can be rebuilt."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.search.models import SearchEntry
from dangwu.foundation.search.rebuilding import faults, rebuild
from dangwu.foundation.search.tests.conftest import BY, add, found, remove, rename, rename_and_fail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]


def test_what_changes_is_found_by_its_new_words_only() -> None:
    (unit,) = add(by=BY, names=["机关事务局"])
    rename(by=BY, unit=unit, name="档案馆")
    assert (found("事务"), found("档案")) == ([], ["档案馆"])


def test_what_goes_is_found_no_more() -> None:
    (unit,) = add(by=BY, names=["机关事务局"])
    remove(by=BY, unit=unit)
    assert not SearchEntry.objects.exists()
    assert found("事务") == []


def test_what_becomes_secret_is_found_no_more() -> None:
    (unit,) = add(by=BY, names=["机关事务局"])
    rename(by=BY, unit=unit, name="机关事务局密件")
    assert not SearchEntry.objects.exists()


def test_an_action_that_fails_leaves_the_index_as_it_was() -> None:
    (unit,) = add(by=BY, names=["机关事务局"])
    with pytest.raises(ZeroDivisionError):
        rename_and_fail(by=BY, unit=unit, name="档案馆")
    assert (found("事务"), found("档案")) == (["机关事务局"], [])


def test_many_rows_cost_no_more_questions_than_a_few() -> None:
    if connection.vendor == "mysql":
        pytest.skip("rows whose keys are asked back are inserted one by one")

    def asked(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            add(by=BY, names=["机关事务局"] * number)
        return len(queries)

    asked(1)  # the first action of all makes the end of the chain
    assert asked(3) == asked(30)


def test_a_rebuilt_index_tells_of_every_row_and_of_no_other() -> None:
    units = add(by=BY, names=["机关事务局", "档案馆", "密件室"])
    SearchEntry.objects.filter(source=units[0].pk).delete()
    SearchEntry.objects.filter(source=units[1].pk).update(source=0)
    assert faults()
    assert rebuild()["单位"] == 2
    assert not faults()
    assert (found("事务"), found("档案"), found("密件")) == (["机关事务局"], ["档案馆"], [])


def test_a_damaged_list_of_words_is_noticed_and_made_afresh() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("elsewhere words are a part of the row")
    add(by=BY, names=["机关事务局"])
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words(search_words) VALUES ('delete-all')")
    assert faults()
    rebuild(afresh=True)
    assert not faults()
    assert found("事务") == ["机关事务局"]
