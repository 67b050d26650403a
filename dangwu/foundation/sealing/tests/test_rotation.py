from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.foundation.sealing.blind import blind, blinds
from dangwu.foundation.sealing.keyring import keyring
from dangwu.foundation.sealing.rotation import (
    Progress,
    SealedRow,
    add_key,
    keys_in_use,
    left,
    reseal,
    retire_key,
    rotate,
)
from dangwu.foundation.sealing.sealed import seal
from dangwu.foundation.sealing.tests.holders import IDENTITY, NUMBER, OTHER, Holder, holder, kept, opened, people


class Clerk(CommandLine):
    def holds(self, duty: str) -> bool:
        return duty == "nothing"


FIELD = Holder.identity.field
BY = CommandLine("keys")
LATER = datetime(9999, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("made", "db", "own_keys")


def under_an_older_key(number: int) -> list[Holder]:
    rows = people().bulk_create([holder() for _ in range(number)])
    add_key(by=BY)
    return rows


def test_every_value_comes_to_lie_under_the_current_key() -> None:
    rows = under_an_older_key(7)
    assert left(FIELD) == 7
    assert rotate(by=BY, field=FIELD, batch=3) == Progress(resealed=7, left=0)
    assert keys_in_use([FIELD]) == {keyring().current.id: 7}
    assert [opened(kept(row).identity) for row in rows] == [NUMBER] * 7


def test_what_nobody_told_is_left_alone() -> None:
    person = holder(None)
    person.save()
    assert rotate(by=BY, field=FIELD) == Progress(resealed=0, left=0)
    assert kept(person).identity is None


def test_it_is_told_how_far_it_is() -> None:
    under_an_older_key(5)
    told = list[Progress]()
    rotate(by=BY, field=FIELD, batch=2, progress=told.append)
    assert [(step.resealed, step.left) for step in told] == [(2, 3), (4, 1), (5, 0)]


def test_after_a_stop_it_goes_on_where_it_was() -> None:
    under_an_older_key(5)

    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(by=BY, field=FIELD, batch=2, progress=stop)
    assert rotate(by=BY, field=FIELD, batch=2) == Progress(resealed=3, left=0)


def test_a_second_run_changes_nothing() -> None:
    rows = under_an_older_key(3)
    rotate(by=BY, field=FIELD)
    before = [kept(row).identity for row in rows]
    entries = AuditEntry.objects.count()
    assert rotate(by=BY, field=FIELD) == Progress(resealed=0, left=0)
    assert [kept(row).identity for row in rows] == before
    assert AuditEntry.objects.count() == entries


def test_whoever_writes_meanwhile_wins() -> None:
    (row,) = under_an_older_key(1)
    assert row.identity is not None
    read = SealedRow(row.pk, row.identity, row.uid)
    row.identity = seal(OTHER, owner=row.uid, field=IDENTITY)
    row.save()
    assert reseal(by=BY, field=FIELD, rows=[read]) == Progress(resealed=0, left=1)
    assert kept(row).identity == row.identity


def test_what_another_process_seals_under_the_old_key_meanwhile_is_found_by_the_next_run() -> None:
    late = holder()
    under_an_older_key(2)
    rotate(by=BY, field=FIELD)
    late.save()
    assert left(FIELD) == 1
    assert rotate(by=BY, field=FIELD) == Progress(resealed=1, left=0)


def test_a_value_that_does_not_open_stops_nothing_and_is_named() -> None:
    first, second, third = under_an_older_key(3)
    people().filter(pk=second.pk).update(identity=first.identity)
    assert rotate(by=BY, field=FIELD, batch=1) == Progress(resealed=2, left=1, broken=(second.pk,))
    assert opened(kept(third).identity) == NUMBER


def test_a_value_whose_key_is_lost_stops_nothing_and_is_named() -> None:
    (row,) = under_an_older_key(1)
    (lost,) = keys_in_use([FIELD])
    keyring().put_away(lost)
    assert rotate(by=BY, field=FIELD) == Progress(resealed=0, left=1, broken=(row.pk,))


def test_a_change_of_suite_is_a_rotation_that_renews_the_indexes_too(settings: Settings) -> None:
    (row,) = under_an_older_key(1)
    settings.SEALING_SUITE = "national"
    assert people().filter(identity_index__in=blinds(IDENTITY, NUMBER)).exists()
    rotate(by=BY, field=FIELD)
    assert kept(row).identity_index == blind(IDENTITY, NUMBER)
    assert opened(kept(row).identity) == NUMBER


def test_every_batch_leaves_one_row_in_the_audit() -> None:
    under_an_older_key(5)
    rotate(by=BY, field=FIELD, batch=2)
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["keys.add", "keys.reseal", "keys.reseal", "keys.reseal"]


def test_a_key_is_put_away_once_nothing_lies_under_it() -> None:
    under_an_older_key(2)
    (old,) = keys_in_use([FIELD])
    rotate(by=BY, field=FIELD)
    path = retire_key(by=BY, key_id=old, fields=[FIELD], now=LATER)
    assert path.parent.name == "retired"
    assert not keyring().has(old)


def test_the_current_key_is_not_put_away() -> None:
    with pytest.raises(ObjectionError, match="正在使用"):
        retire_key(by=BY, key_id=keyring().current.id, fields=[FIELD], now=LATER)


def test_a_key_is_not_put_away_in_the_hour_after_it_was_current() -> None:
    old = keyring().current.id
    new = add_key(by=BY)
    with pytest.raises(ObjectionError, match="一小时"):
        retire_key(by=BY, key_id=old, fields=[FIELD], now=new.made_at + timedelta(minutes=59))


def test_a_key_under_which_something_lies_is_not_put_away() -> None:
    under_an_older_key(2)
    (old,) = keys_in_use([FIELD])
    with pytest.raises(ObjectionError, match="还有 2 项"):
        retire_key(by=BY, key_id=old, fields=[FIELD], now=LATER)


def test_an_account_that_does_not_keep_the_keys_is_refused() -> None:
    with pytest.raises(RefusedError):
        add_key(by=Clerk("clerk"))
