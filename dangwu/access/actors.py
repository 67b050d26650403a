"""Whoever acts without having signed in."""

from dataclasses import dataclass
from datetime import date

from dangwu.foundation.scope import Scope


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door. His address is told where the network knows it."""

    address: str = ""

    @property
    def key(self) -> str:
        return f"visitor:{self.address}"

    @property
    def name(self) -> str:
        return "未登录的访问者"

    def scope(self, right: str, on: date) -> Scope:  # noqa: ARG002 - the same for every right
        return Scope.nothing(on)

    def holds(self, duty: str) -> bool:  # noqa: ARG002 - the same for every duty
        return False
