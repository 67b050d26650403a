"""Blind indexes: keyed digests by which a sealed value is found without being opened.

A column's index is written under the index key of the suite in use. Whoever looks for a value asks for it under every
index key there is (`blinds`): after a change of suite both kinds are found until rotation has rewritten the last row.
The index keys themselves do not change when data keys do.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

from dangwu.foundation.sealing.keyring import keyring
from dangwu.foundation.sealing.keys import Key

BLIND_LENGTH: Final = 32
TAIL_LENGTH: Final = 4


def canonical(text: str) -> str:
    """A number as it is compared: half width, capital, letters and digits alone."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).upper()))


def blind(field: str, text: str) -> str:
    """The index of a whole value in a column (`members.person.identity`): 32 hexadecimal digits."""
    return next(_digests(field, b"whole", text))


def blind_tail(field: str, tail: str) -> str:
    """The index of the last four characters of a value, given those four or the whole."""
    return next(_digests(field, b"tail", canonical(tail)[-TAIL_LENGTH:]))


def blinds(field: str, text: str) -> list[str]:
    """Every index under which the value may be kept, for `…__in=`."""
    return list(_digests(field, b"whole", text))


def blind_tails(field: str, tail: str) -> list[str]:
    """Every index under which a value with this end may be kept, for `…__in=`."""
    return list(_digests(field, b"tail", canonical(tail)[-TAIL_LENGTH:]))


def _digests(field: str, what: bytes, text: str) -> Iterator[str]:
    message = b"\0".join((b"blind", field.encode(), what, canonical(text).encode()))
    for key in keyring().index_keys:
        yield _digest(key, message)


def _digest(key: Key, message: bytes) -> str:
    return key.suite.mac(key.secret, message)[: BLIND_LENGTH // 2].hex()
