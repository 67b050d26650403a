"""What an action did to one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after, by column; None before it was there and after it is gone.

    Of the columns in `private` the audit keeps commitments only.
    """

    model: str
    pk: int | str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    private: frozenset[str] = frozenset()
