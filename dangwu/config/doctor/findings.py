"""What a check finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Level(IntEnum):
    """How grave a finding is; also what the command returns."""

    WELL, WARNING, FAULT = 0, 1, 2

    @property
    def sign(self) -> str:
        return "✓！✗"[self]


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, how it stands, and what to do where it is not well."""

    level: Level
    subject: str
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.level.sign} {self.subject}：{self.text}{f'。{self.remedy}' if self.remedy else ''}"


Check = Callable[[datetime], Iterator[Finding]]


def well(subject: str, text: str) -> Finding:
    return Finding(Level.WELL, subject, text)


def warning(subject: str, text: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, subject, text, remedy)


def fault(subject: str, text: str, remedy: str) -> Finding:
    return Finding(Level.FAULT, subject, text, remedy)
