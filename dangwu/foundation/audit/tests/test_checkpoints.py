import stat
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from dangwu.foundation.audit.checkpoints import ENTRIES, checkpoint_now, is_due, last_checkpoint
from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.keys import PRIVATE, public_keys, signing_key
from dangwu.foundation.audit.models import ChainHead, Checkpoint
from dangwu.foundation.audit.tests.logs import AT, exported, write, write_log
from dangwu.foundation.audit.verify_audit import checkpoint_text, is_signed, printed_checkpoint, verify


@pytest.mark.django_db
def test_a_checkpoint_signs_where_the_log_stands() -> None:
    entry = write()
    checkpoint = checkpoint_now(AT)
    assert checkpoint is not None
    assert (checkpoint.sequence, checkpoint.hash) == (1, entry.hash)
    assert is_signed(checkpoint_text(checkpoint.told()), checkpoint.signature, public_keys()[checkpoint.key])


@pytest.mark.django_db
def test_without_new_entries_there_is_no_new_checkpoint() -> None:
    assert checkpoint_now(AT) is None
    write()
    assert checkpoint_now(AT) == checkpoint_now(AT + timedelta(days=1)) == last_checkpoint()
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_it_is_printed_as_a_verifier_reads_it() -> None:
    entry = write()
    checkpoint = checkpoint_now(AT)
    assert str(checkpoint).startswith("审计校验点 第 1 条 · ")
    assert printed_checkpoint(str(checkpoint)) == (1, entry.hash[:32])


@pytest.mark.django_db
def test_one_is_due_at_first_then_each_day_or_thousand_entries_but_only_for_new_ones() -> None:
    assert not is_due(AT)
    write()
    assert is_due(AT)
    checkpoint_now(AT)
    assert not is_due(AT + timedelta(days=9))
    write()
    assert not is_due(AT + timedelta(hours=23))
    assert is_due(AT + timedelta(days=1))
    ChainHead.objects.update(sequence=1 + ENTRIES)
    assert is_due(AT)


@pytest.mark.django_db
def test_the_key_is_kept_in_a_file_of_its_own_that_nobody_else_can_read(settings: Settings) -> None:
    key = signing_key()
    path = Path(settings.KEYS) / PRIVATE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert signing_key().private_bytes_raw() == key.private_bytes_raw()


@pytest.mark.django_db
def test_checkpoints_of_an_older_key_still_hold(settings: Settings) -> None:
    write_log(5)
    (Path(settings.KEYS) / PRIVATE).unlink()
    write_log(5)
    assert len(public_keys()) == 2
    assert len(verify(exported()).signed_by) == 2
    inspect(AT)
