import pytest

from dangwu.foundation.sealing.inspection import indexes_fit, missing_keys
from dangwu.foundation.sealing.keyring import Keyring, keyring
from dangwu.foundation.sealing.tests.holders import Holder, holder, people

FIELD = Holder.identity.field

pytestmark = pytest.mark.usefixtures("made", "db", "own_keys")


def lose(ring: Keyring, name: str) -> None:
    """Lose a file of keys, and start without it."""
    (ring.folder / name).unlink()
    Keyring.load(ring.folder, ring.suite)
    ring.reload()


def test_a_site_that_has_its_keys_is_in_order() -> None:
    people().bulk_create([holder(), holder(None)])
    assert missing_keys([FIELD]) == {}
    assert indexes_fit(FIELD)


def test_a_lost_key_is_told_with_how_much_lies_under_it() -> None:
    people().bulk_create([holder(), holder()])
    lost = keyring().current.id
    lose(keyring(), "0001.json")
    assert missing_keys([FIELD]) == {lost: 2}
    assert indexes_fit(FIELD)


def test_a_lost_index_key_is_told() -> None:
    holder().save()
    lose(keyring(), "index-international.json")
    assert missing_keys([FIELD]) == {}
    assert not indexes_fit(FIELD)
