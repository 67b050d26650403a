"""What a service answers when it cannot do what it was asked: a sentence for people, never a fault of the program."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied


class ObjectionError(Exception):
    """What was asked is not possible, and why; `field` is the field of a form that would mend it."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        """Take the sentence, which says what to do."""
        super().__init__(message)
        self.message = message
        self.field = field


class RefusedError(PermissionDenied):
    """Whoever asked may not do this."""


class ConflictError(ObjectionError):
    """Somebody else changed the row meanwhile: both values, by the column's name."""

    def __init__(self, yours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        """Keep both for the page that shows them side by side."""
        super().__init__("您打开之后，别人已经改过这条记录。请对照两边的内容，再决定怎样保存。")
        self.yours = dict(yours)
        self.theirs = dict(theirs)
