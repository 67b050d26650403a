"""Columns of sealed values on a real table, on whichever database the tests run."""

import pytest
from django.core import serializers
from django.db import connection
from django.db.migrations.writer import MigrationWriter

from dangwu.foundation.sealing.blind import blind_tails, blinds
from dangwu.foundation.sealing.envelope import BrokenSealError
from dangwu.foundation.sealing.sealed import UnplacedError, seal
from dangwu.foundation.sealing.tests.holders import IDENTITY, NUMBER, OTHER, Holder, holder, kept, opened, people

table = pytest.mark.usefixtures("made", "db", "own_keys")


@table
def test_a_value_comes_back_from_the_database_for_its_owner() -> None:
    person = holder()
    person.save()
    assert kept(person).identity == person.identity
    assert opened(kept(person).identity) == NUMBER


@table
def test_the_database_holds_neither_the_value_nor_a_part_of_it() -> None:
    person = holder()
    person.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity, identity_index, identity_tail FROM sealing_fields_holder")
        sealed, index, tail = cursor.fetchone()
    for text in (NUMBER, NUMBER[-4:], NUMBER[6:14]):
        assert text.encode() not in bytes(sealed)
        assert text not in index + tail


@table
def test_what_nobody_told_stays_untold() -> None:
    person = holder(None)
    person.save()
    assert kept(person).identity is None
    assert kept(person).identity_index is None
    assert list(people().filter(identity__isnull=True)) == [person]


@table
def test_a_person_is_found_by_the_number_and_by_its_end() -> None:
    people().bulk_create([holder(), holder(OTHER)])
    (found,) = people().filter(identity_index__in=blinds(IDENTITY, NUMBER.lower()))
    (ending,) = people().filter(identity_tail__in=blind_tails(IDENTITY, "0019"))
    assert opened(found.identity) == NUMBER
    assert opened(ending.identity) == OTHER


@table
def test_a_new_value_renews_the_indexes_and_none_clears_them() -> None:
    person = holder()
    person.save()
    person.identity = seal(OTHER, owner=person.uid, field=IDENTITY)
    person.save()
    assert kept(person).identity_index == blinds(IDENTITY, OTHER)[0]
    person.identity = None
    person.save()
    assert kept(person).identity_index is None
    assert kept(person).identity_tail is None


@table
def test_saving_a_row_as_it_was_read_changes_nothing_of_it() -> None:
    person = holder()
    person.save()
    again = kept(person)
    again.save()
    assert kept(person).identity == person.identity
    assert kept(person).identity_index == person.identity_index


@table
def test_several_rows_are_rewritten_at_once() -> None:
    both = people().bulk_create([holder(), holder(OTHER)])
    for person in both:
        person.identity = seal(NUMBER, owner=person.uid, field=IDENTITY)
    people().bulk_update(both, ["identity", "identity_index", "identity_tail"])
    assert [opened(person.identity) for person in people().all()] == [NUMBER, NUMBER]
    assert people().filter(identity_index__in=blinds(IDENTITY, NUMBER)).count() == 2


@table
def test_a_value_that_is_copied_to_another_row_behind_our_back_does_not_open() -> None:
    person, other = people().bulk_create([holder(), holder(OTHER)])
    people().filter(pk=other.pk).update(identity=person.identity)
    with pytest.raises(BrokenSealError):
        opened(kept(other).identity)


@table
def test_values_read_without_their_rows_must_be_told_whose_they_are() -> None:
    person = holder()
    person.save()
    ((uid, identity),) = people().values_list("uid", "identity")
    assert identity is not None
    with pytest.raises(UnplacedError):
        _ = identity.masked
    assert identity.of(uid).masked == "990***********123X"


@table
def test_a_deferred_value_is_fetched_when_it_is_asked_for() -> None:
    person = holder()
    person.save()
    later = people().defer("identity", "identity_index").get(pk=person.pk)
    assert later.identity_index == person.identity_index
    assert opened(later.identity) == NUMBER


@table
def test_a_text_that_is_not_sealed_is_never_taken() -> None:
    with pytest.raises(TypeError):
        Holder(identity=NUMBER)
    with pytest.raises(TypeError):
        people().filter(identity=NUMBER).exists()
    with pytest.raises(TypeError):
        people().update(identity=NUMBER)


@table
def test_what_was_sealed_for_another_row_or_column_is_not_saved() -> None:
    person = holder()
    with pytest.raises(UnplacedError):
        person.phone = person.identity
    with pytest.raises(UnplacedError):
        Holder(identity=person.identity).save()


@table
def test_a_dump_keeps_the_seal_and_loads_again() -> None:
    person = holder()
    person.save()
    dump = serializers.serialize("json", [person], use_natural_foreign_keys=False)
    assert NUMBER not in dump
    row = Holder.identity.field.to_python(Holder.identity.field.value_to_string(person))
    assert row == person.identity


def test_migrations_write_the_columns_as_they_were_declared() -> None:
    columns = {field.name: field.deconstruct()[3] for field in Holder._meta.fields}  # noqa: SLF001, Django's own way
    assert columns["identity"] == {"verbose_name": "身份证号", "null": True, "mask": "identity"}
    assert columns["phone"]["label"] == "members.person.phone"
    assert columns["identity_tail"] == {"verbose_name": "身份证号末四位检索值", "of": "identity", "tail": True}
    for field in (Holder.identity.field, Holder.phone.field, Holder.identity_tail.field):
        assert field.clone().deconstruct()[3] == field.deconstruct()[3]
        assert (
            "SealedField" in MigrationWriter.serialize(field)[0] or "BlindField" in MigrationWriter.serialize(field)[0]
        )
