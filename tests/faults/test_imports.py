"""An import that is killed has written everything or nothing; of two at once with the same people one is refused."""

import json
import os
import random
import signal
import time
from contextlib import suppress
from typing import Any

from tests.faults.sites import Child, Site

ROWS, KILLS = 1_200, 8
LONGEST = 1.5  # seconds, more than such an import takes on a machine at rest


def whole(report: dict[str, Any]) -> bool:
    """Whether everything is there; AssertionError where only a part is."""
    figures = (report["people"], report["memberships"], report["affiliations"], report["audited"], report["state"])
    assert figures in {(ROWS, ROWS, ROWS, 1, "written"), (0, 0, 0, 0, "staged")}
    return bool(report["people"])


def everything_said_by(child: Child) -> list[str]:
    """Until the task is done."""
    return [said for said, _ in child.lines()]


def test_a_killed_import_is_all_there_or_not_at_all(harmed: Site) -> None:
    draw = random.Random(KILLS)  # noqa: S311 - a test may be repeated
    with Child(harmed, "bringing") as child:
        for number in range(KILLS):
            prefix = f"杀{number}号"
            batch = child.asked("hand_in", str(ROWS), prefix)
            child.begin("bring", batch)
            pid = int(child.told("pid"))
            time.sleep(draw.uniform(0, LONGEST))
            with suppress(ProcessLookupError):  # it may have been faster
                os.kill(pid, signal.SIGKILL)
            acknowledged = "done" in everything_said_by(child)
            there = whole(json.loads(child.asked("brought", prefix, batch)))
            assert there or not acknowledged
            if not there:  # what was killed is simply done again
                child.begin("bring", batch)
                assert "done" in everything_said_by(child)
                assert whole(json.loads(child.asked("brought", prefix, batch)))


def test_of_two_imports_at_once_with_the_same_people_one_is_refused(harmed: Site) -> None:
    with Child(harmed, "bringing") as child:
        first, second = (child.asked("hand_in", str(ROWS), "双") for _ in range(2))
        assert child.asked("bring_both", first, second) == "outdated written"
        reports = [json.loads(child.asked("brought", "双", batch)) for batch in (first, second)]
        assert {report["people"] for report in reports} == {ROWS}
        assert sorted(report["state"] for report in reports) == ["staged", "written"]
