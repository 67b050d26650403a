from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dangwu.foundation.audit.models import AuditEntry, ChainHead, WrittenOnceError
from dangwu.foundation.audit.statements import insert, locked, update
from dangwu.foundation.audit.verify_audit import START

ENTRY = {
    "sequence": 7,
    "at": datetime(2026, 10, 15, 1, 2, 3, 456789, tzinfo=UTC),
    "verb": "unit.edit",
    "actor_key": "account:1",
    "actor_name": "王芳%s",
    "reason": "“引号”'\"\\",
    "body": "{}",
    "algorithm": "sha256",
    "previous": START,
    "hash": START,
}


@pytest.mark.django_db
def test_an_inserted_row_reads_back_as_one_that_django_saved() -> None:
    by_hand, by_django = AuditEntry(**ENTRY), AuditEntry(**ENTRY | {"sequence": 8})
    insert(by_hand)
    by_django.save()
    kept = AuditEntry.objects.order_by("sequence").values(*ENTRY, "subject", "subject_name", "place")
    assert [row | {"sequence": 0} for row in kept] == [kept[1] | {"sequence": 0}] * 2
    with pytest.raises(WrittenOnceError):
        by_hand.save()


@pytest.mark.django_db
def test_only_the_columns_named_are_written() -> None:
    ChainHead.objects.create(pk=1, sequence=3, hash=START, checkpoint=2)
    with transaction.atomic():
        head = locked(ChainHead, 1)
        assert head is not None
        head.sequence, head.checkpoint = 4, 9
        update(head, "sequence")
    assert ChainHead.objects.values_list("sequence", "checkpoint").get() == (4, 2)


@pytest.mark.django_db
def test_a_row_that_is_not_there_is_none_and_one_that_is_there_is_locked() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        assert locked(ChainHead, 1) is None
    assert ("FOR UPDATE" in asked[0]["sql"]) == connection.features.has_select_for_update
