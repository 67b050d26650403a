"""What a bench measures: processor time or memory, beside a floor taken in the same run and the limit it keeps."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Result = TypeVar("Result")
Tell = Callable[[str], None]


class NotMeasurableError(Exception):
    """A bench cannot run here. Its text is a Chinese sentence that says what to do."""


class DifferentResultsError(Exception):
    """Two ways of doing the same came to different results, so that their times say nothing."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of a bench. With a floor the limit is a multiple of it, without one it has the figure's own unit."""

    what: str
    figure: float
    unit: str
    limit: float
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return None if self.floor is None else self.figure / self.floor

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        compared = self.figure if self.ratio is None else self.ratio
        return compared <= self.limit


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """How many seconds of the processor the work took, and what came out. What others run meanwhile does not count."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def apart(module: str, *arguments: object, surroundings: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Call `measure_here` of a module of this package in a process of its own, so that nothing done before counts."""
    words = [sys.executable, "-m", "dangwu.workbench.bench", module, *map(str, arguments)]
    around = {**os.environ, "DJANGO_SETTINGS_MODULE": "dangwu.config.settings", **(surroundings or {})}
    done = subprocess.run(words, env=around, stdout=subprocess.PIPE, check=True)  # noqa: S603, our own module
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def require_same(what: str, ours: object, theirs: object) -> None:
    """Refuse to compare the times of different results."""
    if ours != theirs:
        raise DifferentResultsError(f"{what}不一致，所用时间没有可比性。")
