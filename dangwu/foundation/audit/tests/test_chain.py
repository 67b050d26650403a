import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from dangwu.foundation.audit.chain import append
from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.models import AuditEntry, AuditSalt, ChainHead, WrittenOnceError
from dangwu.foundation.audit.tests.logs import AT, DEED, write, write_log
from dangwu.foundation.audit.verify_audit import START


@pytest.mark.django_db
def test_each_entry_follows_the_one_before() -> None:
    first, second = write(), write()
    assert (first.sequence, first.previous) == (1, START)
    assert (second.sequence, second.previous) == (2, first.hash)
    assert second.hash == second.linked_to(first.hash)


@pytest.mark.django_db
def test_an_entry_that_was_read_back_has_the_same_content() -> None:
    written = write(at=datetime(2026, 10, 15, 1, 2, 3, 456789, tzinfo=UTC), reason='“引号”"\\\n')
    assert AuditEntry.objects.get().content == written.content


@pytest.mark.django_db
def test_a_deed_costs_four_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    write()
    with transaction.atomic(), django_assert_num_queries(4):
        append(DEED)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append(DEED)
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db
def test_what_is_taken_back_leaves_no_gap() -> None:
    write()
    with transaction.atomic():
        append(DEED)
        transaction.set_rollback(True)
    assert write().sequence == 2


@pytest.mark.django_db
def test_each_entry_has_a_salt_of_its_own_and_the_same_deed_never_looks_the_same() -> None:
    first, second = write(), write()
    assert first.body != second.body
    assert AuditSalt.objects.values("salt").distinct().count() == 2


@pytest.mark.django_db
def test_names_and_personal_values_are_not_in_the_hashed_content() -> None:
    content = write().content
    assert not [secret for secret in ("安安", "机构改革", "13800000000", "13911111111") if secret in content]


@pytest.mark.django_db
def test_long_names_are_cut() -> None:
    assert len(write(actor_name="安" * 300, subject_name="支" * 300).actor_name) == 200
    inspect(AT)


@pytest.mark.django_db
def test_the_national_suite_hashes_with_sm3_and_the_chain_goes_on(settings: Settings) -> None:
    write_log(3)
    settings.AUDIT_HASH = "sm3"
    assert write().algorithm == "sm3"
    inspect(AT)


@pytest.mark.django_db
def test_an_entry_is_never_changed_or_deleted() -> None:
    entry = write()
    entries = AuditEntry.objects.all()
    for attempt in (
        entry.save,
        entry.delete,
        entries.delete,
        lambda: entries.update(verb="-"),
        lambda: entries.bulk_update([entry], ["verb"]),
        lambda: AuditEntry.objects.bulk_create([entry], update_conflicts=True, update_fields=["verb"]),
    ):
        with pytest.raises(WrittenOnceError):
            attempt()


@pytest.mark.django_db(transaction=True)
def test_deeds_in_several_threads_give_one_unbroken_chain() -> None:
    def work() -> None:
        try:
            for _ in range(10):
                write()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ChainHead.objects.get().sequence == AuditEntry.objects.count() == 60
    assert inspect(AT).sequence == 60
