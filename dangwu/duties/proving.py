"""Records that are there already, by which a duty is fulfilled: nothing is typed twice.

Records are kept by a sibling, which this room does not know; whoever builds the house says who tells of them
(`DUTY_RECORDS` of the settings: the dotted name of something that is called without arguments).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from dangwu.foundation.scope import Scope


class Record(NamedTuple):
    """An activity as a choice: its key, when it was, what it was, and its page where there is one."""

    key: int
    held_on: date
    title: str
    url: str


class Records(Protocol):
    """Something that knows activities."""

    def recent(self, scope: Scope, organisation: int) -> list[Record]:
        """The latest of an organisation that may be named, the newest first."""
        ...

    def of(self, scope: Scope, keys: Iterable[int]) -> dict[int, Record]:
        """Those of these that are still there."""
        ...


def records() -> Records:
    """Whoever tells of records in this house."""
    told: Records = import_string(settings.DUTY_RECORDS)()
    return told
