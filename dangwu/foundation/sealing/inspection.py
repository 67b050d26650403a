"""Whether the keys at hand are those under which the values were sealed: what an operator must know before he needs it.

A site that starts without its keys makes new ones. Nothing is lost by that, but until the old ones are put back nothing
older opens, and nobody is found by a number.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from dangwu.foundation.sealing.blind import blind_tails, blinds
from dangwu.foundation.sealing.envelope import BrokenSealError, Place, disclose
from dangwu.foundation.sealing.fields import SealedField
from dangwu.foundation.sealing.keyring import keyring
from dangwu.foundation.sealing.keys import MissingKeyError
from dangwu.foundation.sealing.rotation import keys_in_use, sealed_rows

SAMPLE: Final = 20


def missing_keys(fields: Iterable[SealedField]) -> Counter[bytes]:
    """How many values nobody can open because their key is not there, by its id."""
    ring = keyring()
    ring.reload()
    return Counter({key_id: rows for key_id, rows in keys_in_use(fields).items() if not ring.has(key_id)})


def indexes_fit(field: SealedField) -> bool:
    """Whether the newest values of a column are found by their indexes: not so where the index key was lost."""
    names = [index.name for index in field.indexes]
    owner = field.owner.replace(".", "__")
    rows = sealed_rows(field).order_by("-pk").values_list(field.name, owner, *names)[:SAMPLE]
    return all(_fits(field, value.envelope, str(whose), kept) for value, whose, *kept in rows)


def _fits(field: SealedField, envelope: bytes, owner: str, kept: list[str | None]) -> bool:
    try:
        text = disclose(envelope, Place(field.label, owner), keyring())
    except (BrokenSealError, MissingKeyError):
        return True  # told elsewhere
    known = {True: blind_tails(field.label, text), False: blinds(field.label, text)}
    return all(value in known[index.tail] for index, value in zip(field.indexes, kept, strict=True))
