"""Who may do what with checks: whoever has the right opens them, and each one is its opener's alone."""

from datetime import date

from dangwu.compliance.models import Check
from dangwu.foundation.actors import Actor

RUN = "check.run"


def may_open(*, by: Actor, today: date, **_: object) -> bool:
    """Whether the actor has the right to check workbooks, wherever it is."""
    return not by.scope(RUN, today).is_nothing


def is_own(*, by: Actor, check: Check, **_: object) -> bool:
    """Whether the actor opened the check."""
    return check.opened_by == by.key


def may_take_back(*, by: Actor, check: Check, **_: object) -> bool:
    """Whether the actor opened the check, or runs the system that was stopped while it was under way."""
    return is_own(by=by, check=check) or by.holds("system")
