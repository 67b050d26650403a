import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.bodies import MASS
from dangwu.foundation.audit.forgetting import forget
from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.models import AuditEntry, AuditSalt
from dangwu.foundation.audit.tests.logs import AT, exported, write, write_log
from dangwu.foundation.audit.verify_audit import AlteredError, verify
from dangwu.foundation.deeds import Deed, OutsideActionError, doing


def forgotten(*sequences: int, told: bool = True) -> None:
    with doing(Deed("audit.forget", CommandLine("forget"))) as deed:
        forget(sequences)
    if told:
        write(verb=deed.verb, changes=deed.changes)


@pytest.mark.django_db
def test_names_and_salts_are_gone_and_the_chain_still_holds() -> None:
    write_log(6)
    forgotten(2, 5)
    second = AuditEntry.objects.get(pk=2)
    assert (second.actor_name, second.subject_name, second.reason) == ("", "", "")
    assert not AuditSalt.objects.filter(pk__in=(2, 5)).exists()
    assert inspect(AT).sequence == verify(exported()).sequence == 7


@pytest.mark.django_db
def test_other_entries_keep_their_names() -> None:
    write_log(6)
    forgotten(2)
    assert AuditEntry.objects.filter(actor_name="安安").count() == 6


@pytest.mark.django_db
def test_what_was_forgotten_without_a_word_is_found() -> None:
    write_log(6)
    forgotten(2, told=False)
    with pytest.raises(AlteredError, match="第 2 条"):
        inspect(AT)


@pytest.mark.django_db
def test_forgetting_twice_is_told_once() -> None:
    write_log(6)
    forgotten(2)
    forgotten(2)
    assert inspect(AT).sequence == 8


@pytest.mark.django_db
def test_nothing_is_forgotten_outside_an_action() -> None:
    write_log(2)
    with pytest.raises(OutsideActionError):
        forget([1])


@pytest.mark.django_db
def test_no_more_are_forgotten_at_once_than_an_entry_can_tell() -> None:
    with pytest.raises(ValueError, match=str(MASS)):
        forgotten(*range(MASS + 1))
