"""A sealed value in memory: it shows its mask to anybody, and itself only to whoever answers for that."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Final

from dangwu.foundation.deeds import current_deed
from dangwu.foundation.sealing.blind import blind, blind_tail
from dangwu.foundation.sealing.envelope import BrokenSealError, Place, disclose, enclose
from dangwu.foundation.sealing.keyring import keyring
from dangwu.foundation.sealing.keys import MissingKeyError
from dangwu.foundation.sealing.masks import MASKS

_UNLOGGED: ContextVar[bool] = ContextVar("unlogged", default=False)
WHOLE: Final = "whole"
UNREADABLE: Final = "（无法打开，请联系系统管理员）"

logger = logging.getLogger(__name__)


class OpenedOutsideActionError(RuntimeError):
    """A sealed value is opened where nothing tells the audit: a mistake in the program."""


class UnplacedError(ValueError):
    """A sealed value without its owner, or beside another: a mistake in the program."""


@dataclass(frozen=True, slots=True)
class Blinds:
    """The blind indexes of a value that was just sealed."""

    whole: str
    tail: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value that lies sealed, with what it takes to show its mask.

    `owner` is None where it was read without its row; `of` says whose it is. `blinds` are there only while it is new.
    """

    envelope: bytes
    label: str
    owner: str | None = None
    mask: str = WHOLE
    blinds: Blinds | None = None

    def __repr__(self) -> str:
        """The column alone."""
        return f"Sealed({self.label})"

    def __str__(self) -> str:
        """What a page shows that forgot the mask."""
        return "（已加密）"

    def __eq__(self, other: object) -> bool:
        """Whether the very same bytes lie there; a text that is sealed twice gives two different values."""
        return isinstance(other, Sealed) and self.envelope == other.envelope

    def __hash__(self) -> int:
        """By the bytes."""
        return hash(self.envelope)

    def __bytes__(self) -> bytes:
        """The envelope."""
        return self.envelope

    def of(self, owner: object) -> "Sealed":
        """The value of this owner, for values that were read without their rows."""
        return replace(self, owner=str(owner))

    @property
    def masked(self) -> str:
        """The value with its middle hidden; nobody is told. One that does not open spoils no page: it says so, and so
        does the log.
        """
        try:
            return MASKS[self.mask](self._text())
        except (BrokenSealError, MissingKeyError) as error:
            logger.error("%s: a value does not open (%s)", self.label, type(error).__name__)  # noqa: TRY400 - its message and trace are for whoever opens it
            return UNREADABLE

    def open(self, purpose: str) -> str:
        """The value, for a purpose that the audit keeps: in an open action, or where `unlogged` was said.

        Raises OpenedOutsideActionError, BrokenSealError, MissingKeyError.
        """
        assert purpose.strip(), "a value is opened for a purpose"
        if not _UNLOGGED.get():
            self._tell(purpose)
        return self._text()

    def _tell(self, purpose: str) -> None:
        deed = current_deed()
        if deed is None:
            raise OpenedOutsideActionError(f"{self.label} is opened outside an action")
        deed.reason = deed.reason or purpose
        deed.counted[f"{self.label}:opened"] += 1

    def _text(self) -> str:
        if self.owner is None:
            raise UnplacedError(f"{self.label}: say whose it is with .of(owner)")
        return disclose(self.envelope, Place(self.label, self.owner), keyring())


def seal(text: str, *, owner: object, field: str, mask: str = WHOLE, findable: bool = True) -> Sealed:
    """Seal the value of a column (`members.person.identity`) for its owner, under the current key. What nobody looks
    for needs not be `findable`.
    """
    place = Place(field, str(owner))
    blinds = Blinds(blind(field, text), blind_tail(field, text)) if findable else None
    return Sealed(enclose(text, place, keyring()), field, place.owner, mask, blinds)


def masks(values: Iterable[Sealed | None]) -> list[str]:
    """What a list shows of a column; empty where nothing was told."""
    return [value.masked if value else "" for value in values]


@contextmanager
def unlogged(why: str) -> Iterator[None]:
    """Let sealed values be opened without an action, for a reason that a reader can judge; a test counts the places."""
    assert why.strip()
    token = _UNLOGGED.set(True)
    try:
        yield
    finally:
        _UNLOGGED.reset(token)
