"""Killed at a random moment under load, thirty times: what was acknowledged is there once, and nothing half done.

DANGWU_KILLS tells how often on each database: 300 times before a release; half as often while activities are recorded.
"""

import json
import os
import random
import signal
import time
from dataclasses import dataclass, field

import pytest

from tests.faults.sites import Child, Site
from tests.faults.writing import THREADS

KILLS = int(os.environ.get("DANGWU_KILLS") or 30)
LONGEST = 0.2  # seconds of writing before a kill
UP = 10  # seconds in which a site must be well again


@dataclass
class Witness:
    """What a child said it would do, and what it said it had done."""

    child: Child
    work: str
    tried: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)

    def listen(self, acknowledgements: int | None = None) -> None:
        """Hear so many more acknowledgements; without a number everything until the child has done its task."""
        wanted = None if acknowledgements is None else len(self.done) + acknowledgements
        for said, rest in self.child.lines():
            if said == "tried":
                self.tried.add(rest)
            if said == "done":
                self.done.append(rest)
            if len(self.done) == wanted:
                return

    def write(self, place: int, prefix: str) -> int:
        """Let it begin to write; the process that does, once the first acknowledgement was heard."""
        self.child.begin("write", self.work, str(place), prefix)
        pid = int(self.child.told("pid"))
        self.listen(acknowledgements=1)
        return pid

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.listen()

    def confirm(self, prefix: str, *, in_flight: int) -> None:
        """What was acknowledged is there once, what is there was tried, and nothing was done by half."""
        report = json.loads(self.child.asked("report", self.work, prefix))
        there = set(report["there"])
        assert sorted(report["audited"]) == sorted(report["there"]) == sorted(there)
        assert (report["unsalted"], report["halves"]) == (0, 0)
        assert report["engine"] in ([], ["wal", 2, "ok"])
        assert len(set(self.done)) == len(self.done)
        assert set(self.done) <= there <= self.tried
        assert len(there) <= len(self.done) + in_flight


PLACES = {"organisations": "parent", "activities": "office"}


@pytest.mark.parametrize(("work", "kills"), [("organisations", KILLS), ("activities", KILLS // 2)])
def test_what_was_acknowledged_outlives_every_kill(harmed: Site, work: str, kills: int) -> None:
    draw = random.Random(kills)  # noqa: S311 - a test may be repeated
    with Child(harmed, "writing") as child:
        witness = Witness(child, work)
        for number in range(kills):
            pid = witness.write(harmed.stage[PLACES[work]], f"杀{number}")
            time.sleep(draw.uniform(0, LONGEST))
            killed_at = time.monotonic()
            witness.kill(pid)
            witness.confirm("杀", in_flight=(number + 1) * THREADS)
            assert time.monotonic() - killed_at < UP


def test_what_was_acknowledged_outlives_a_crash_of_the_server(harmed: Site) -> None:
    work = "organisations"
    if harmed.server is None:
        pytest.skip("SQLite has no server")
    with Child(harmed, "writing") as child:
        witness = Witness(child, work)
        pid = witness.write(harmed.stage[PLACES[work]], "崩")
        witness.listen(acknowledgements=10)
        harmed.server.crash()
        harmed.server.start()
        witness.listen(acknowledgements=10)
        witness.kill(pid)
        witness.confirm("崩", in_flight=2 * THREADS)
