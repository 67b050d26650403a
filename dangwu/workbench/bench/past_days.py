"""Looking at random past days of a large site, by our own queries and by hand."""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from django.core.management import call_command
from django.db import connection

from dangwu.foundation.pages.listing import KeysFirst
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import MEMBERS
from dangwu.members.roster import Rows, belonging, lines
from dangwu.organisations.queries import standings
from dangwu.workbench.bench.filling_members import Shape, fill_members
from dangwu.workbench.bench.measuring import require_same
from dangwu.workbench.bench.past_by_hand import COUNT, PAGE, ROSTER, TREE, ask
from dangwu.workbench.services.filling import settle

PER_PAGE = 50
Subject = TypeVar("Subject")
Result = TypeVar("Result")
Way = Callable[[Scope], Any]


class Clock:
    """Times of one way of asking, in seconds of the processor: what others run meanwhile does not count. What the
    database's own process works is added; for that a query is not shared out among several.
    """

    def __init__(self) -> None:
        """Find out who works for us."""
        self.times: list[float] = []
        self.server: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")
                cursor.execute("SELECT pg_backend_pid()")
                self.server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def time(self, work: Callable[[Subject], Result], subject: Subject) -> Result:
        """Do it and note how long it took."""
        start = self._worked()
        result = work(subject)
        self.times.append(self._worked() - start)
        return result

    def _worked(self) -> float:
        beside = int(self.server.read_text().split()[0]) / 1e9 if self.server else 0.0
        return time.process_time() + beside


def measure_here(members: str, affiliations: str, days: str) -> dict[str, dict[str, float]]:
    """For each question the seconds by us and by hand for all days, and what 95 of a hundred days took us at most."""
    call_command("migrate", verbosity=0)
    filled = fill_members(Shape(int(members), int(affiliations)))
    settle()
    subtree = TreePath(filled.committee.path)
    scopes = [Scope((subtree,), day) for day in random_days(int(days))]
    return {part: _ask_both_ways(part, scopes) for part in WAYS}


def random_days(number: int) -> list[date]:
    """Days between the middle of 2001 and the end of 2025, the same every time."""
    dice = Random(1)  # noqa: S311 - dice, no secrets
    return [date(2001, 7, 1) + timedelta(days=dice.randrange(8_900)) for _ in range(number)]


def percentile(times: Sequence[float], part: float) -> float:
    """The time that this part of all did not exceed."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))]


def _ask_both_ways(part: str, scopes: Sequence[Scope]) -> dict[str, float]:
    our_way, by_hand = WAYS[part]
    mine, theirs = Clock(), Clock()
    for scope in scopes:
        require_same(part, mine.time(our_way, scope), theirs.time(by_hand, scope))
    return {"ours": sum(mine.times), "by_hand": sum(theirs.times), "p95": percentile(mine.times, 0.95)}


def _members(scope: Scope) -> Rows:
    return belonging(scope, MEMBERS)


def _our_tree(scope: Scope) -> list[int]:
    return [standing.organisation_id for standing in standings(scope)]


def _our_page(scope: Scope) -> tuple[int, list[int]]:
    """As the roster shows it: how many there are, and fifty of them with all that their lines say."""
    walked = partial(_by_name, scope, walked=True, bare=True)
    counted, told = partial(_by_name, scope, bare=True), partial(lines, on=scope.on)
    page = KeysFirst(partial(_by_name, scope), PER_PAGE, walked=walked, counted=counted, told=told).page(1)
    return page.paginator.count, [row.pk for row in page]


def _by_name(scope: Scope, *, walked: bool = False, bare: bool = False) -> Rows:
    return belonging(scope, MEMBERS, walked=walked, bare=bare).order_by("person__pinyin", "pk")


def _our_roster(scope: Scope) -> int:
    """Everybody with name, organisation and membership, as reports and statistics read them."""
    columns = ("pk", "person__name", "place__name", "membership__kind", "membership__joined_on")
    return len(list(_members(scope).values_list(*columns)))


def _by_hand(statement: str) -> Callable[[Scope], list[tuple[Any, ...]]]:
    return lambda scope: ask(statement, scope.subtrees[0].bounds, scope.on)


def _keys(statement: str) -> Callable[[Scope], list[int]]:
    return lambda scope: [row[0] for row in _by_hand(statement)(scope)]


WAYS: dict[str, tuple[Way, Way]] = {
    "tree": (_our_tree, _keys(TREE)),
    "page": (_our_page, lambda scope: (_keys(COUNT)(scope)[0], _keys(PAGE)(scope))),
    "roster": (_our_roster, lambda scope: len(_by_hand(ROSTER)(scope))),
}
