from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction

from dangwu.foundation.audit import verify_audit
from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.models import AuditEntry, AuditSalt, ChainHead, Checkpoint
from dangwu.foundation.audit.tests.logs import AT, write, write_log
from dangwu.foundation.audit.verify_audit import AlteredError, printed_checkpoint
from dangwu.foundation.deeds import unguarded

ENTRIES = 12
ALTERATIONS = 800
TABLES: tuple[type[models.Model], ...] = (AuditEntry, AuditEntry, AuditSalt, ChainHead, Checkpoint)
Alteration = Callable[[Random], None]


def rows(model: type[models.Model], **lookup: Any) -> Any:  # noqa: ANN401 - the plain queryset of any model
    return models.QuerySet(model).filter(**lookup).order_by("pk")


def rewrite(row: models.Model, **values: Any) -> None:  # noqa: ANN401 - any column
    models.QuerySet.update(rows(type(row), pk=row.pk), **values)


def other(random: Random, value: Any) -> Any:  # noqa: ANN401 - the value of any column
    match value:
        case int():
            return value + random.choice((-1, 1, 100))
        case datetime():
            return value + timedelta(microseconds=random.choice((-1, 1)))
    place = random.randrange(len(value) + 1)
    return random.choice([value[:place] + "0" + value[place:], value[1:] or "9", value.swapcase() + " "])


def change_a_value(random: Random) -> None:
    row = random.choice(rows(random.choice(TABLES)))
    column = random.choice(row._meta.concrete_fields).attname  # noqa: SLF001 - Django's own way
    rewrite(row, **{column: other(random, getattr(row, column))})


def delete_a_row(random: Random) -> None:
    row = random.choice(rows(random.choice(TABLES)))
    if isinstance(row, AuditEntry):
        models.QuerySet.delete(rows(AuditSalt, pk=row.pk))
    models.QuerySet.delete(rows(type(row), pk=row.pk))


def swap_two_contents(random: Random) -> None:
    one, two = random.sample(list(rows(AuditEntry)), 2)
    for row, source in ((one, two), (two, one)):
        rewrite(row, body=source.body, reason=source.reason, actor_key=source.actor_key, at=source.at)


def rewrite_the_rest(random: Random) -> None:
    """An entry changed, and every hash from there on computed anew, in the head of the chain too."""
    first = random.randrange(1, ENTRIES + 1)
    rewrite(rows(AuditEntry).get(pk=first), actor_key="account:99")
    previous = rows(AuditEntry).get(pk=first).previous
    for entry in rows(AuditEntry, pk__gte=first):
        rewrite(entry, previous=previous, hash=entry.linked_to(previous))
        previous = entry.linked_to(previous)
    models.QuerySet.update(rows(ChainHead), hash=previous)


def cut_off_the_rest(random: Random) -> None:
    last = random.randrange(1, ENTRIES)
    models.QuerySet.delete(rows(AuditSalt, pk__gt=last))
    models.QuerySet.delete(rows(AuditEntry, pk__gt=last))
    models.QuerySet.update(rows(ChainHead), sequence=last, hash=rows(AuditEntry).get(pk=last).hash)


BY_THE_OPERATOR: tuple[Alteration, ...] = (
    change_a_value,
    change_a_value,
    change_a_value,
    delete_a_row,
    swap_two_contents,
    rewrite_the_rest,
    cut_off_the_rest,
)


def is_found(alter: Alteration, random: Random) -> bool:
    """Whether it is seen, or the database itself refuses it. Everything is put back."""
    try:
        with transaction.atomic(), unguarded("what an operator could do"):
            alter(random)
            try:
                inspect(AT)
            except AlteredError:
                return True
            finally:
                transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False


@pytest.mark.at_length
@pytest.mark.django_db
def test_every_alteration_of_the_tables_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    # the same signature is computed once
    monkeypatch.setattr(verify_audit, "is_signed", cache(verify_audit.is_signed))
    write_log(ENTRIES)
    random = Random(20261015)  # noqa: S311 - the same in every run
    assert not is_found(lambda _: None, random)
    for number in range(ALTERATIONS):
        alter = BY_THE_OPERATOR[number % len(BY_THE_OPERATOR)]
        assert is_found(alter, random), (number, alter.__name__)
    assert inspect(AT).sequence == ENTRIES


@pytest.mark.django_db
def test_an_empty_log_is_whole() -> None:
    assert inspect(AT).sequence == 0


@pytest.mark.django_db
def test_a_log_is_compared_with_paper() -> None:
    write_log(ENTRIES)
    paper = printed_checkpoint(str(Checkpoint.objects.latest("sequence")))
    inspect(AT, [paper])
    with pytest.raises(AlteredError, match="与纸上的校验点不符"):
        inspect(AT, [(paper[0], "0" * 32)])


@pytest.mark.django_db
def test_entries_after_the_last_checkpoint_are_inspected_too() -> None:
    write_log(ENTRIES)
    write()
    assert inspect(AT).sequence == ENTRIES + 1
