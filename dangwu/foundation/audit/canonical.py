"""One text for one value: canonical JSON, and commitments to what may not be told."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, SupportsBytes
from uuid import UUID

from django.db.models.fields.files import FieldFile

from dangwu.foundation.audit.verify_audit import digest


def _plain(value: object) -> object:
    """A value that JSON has no word for, as text. Raises TypeError for what never stands in a column."""
    match value:
        case datetime():
            return moment(value)
        case date() | time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return bytes(value).hex()
        case set() | frozenset():
            return sorted(value)
        case Decimal() | UUID() | FieldFile() | timedelta():
            return str(value)
        case SupportsBytes():  # a protocol is slow to look for, so it comes last
            return bytes(value).hex()
    raise TypeError(f"the audit cannot write down a {type(value).__name__}")


canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
).encode
"""JSON with sorted keys and without spaces; dates in ISO form, decimals as text. NaN is a ValueError."""


def moment(at: datetime) -> str:
    """A moment to the microsecond, in UTC where its zone is known."""
    return (at.astimezone(UTC) if at.tzinfo else at).isoformat(timespec="microseconds")


def commitment(algorithm: str, salt: str, place: str, value: Any) -> str:  # noqa: ANN401 - the value of any column
    """What stands in the log for a value: whoever has the salt can confirm a guess, nobody can without it."""
    return digest(algorithm, (salt + canonical([place, value])).encode())
