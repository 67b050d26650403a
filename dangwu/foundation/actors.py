"""Whoever acts: an account, a command at the machine, the clock."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dangwu.foundation.scope import Scope


class Actor(Protocol):
    """Who does something, for policies and for the audit."""

    @property
    def key(self) -> str:
        """Which one, for ever: `account:17`, `command:import`."""
        ...

    @property
    def name(self) -> str:
        """As people read it."""
        ...

    def scope(self, right: str, on: date) -> Scope:
        """The subtrees in which the actor has a right, in the tree as it was on a day."""
        ...

    def holds(self, duty: str) -> bool:
        """Whether the actor is the system, security or audit administrator today."""
        ...


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Somebody at the machine itself. Whoever can start a command there can read the database anyway; what is done
    with it stands in the audit like everything else.
    """

    verb: str

    @property
    def key(self) -> str:
        """The command's word."""
        return f"command:{self.verb}"

    @property
    def name(self) -> str:
        """As people read it."""
        return f"命令行（{self.verb}）"

    def scope(self, right: str, on: date) -> Scope:  # noqa: ARG002 - the same for every right
        """The whole tree."""
        return Scope.everything(on)

    def holds(self, duty: str) -> bool:  # noqa: ARG002 - the same for every duty
        """Every duty."""
        return True
