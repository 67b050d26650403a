"""Many visitors at once, each with a connection that stays open: asking for the next page as soon as they have one, or
after they have looked at it.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from typing import NamedTuple

from dangwu.workbench.bench.measuring import NotMeasurableError

CLIENTS, PATIENCE = 20, 60  # visitors at once, and seconds for an answer
OK = 200


class Waits(NamedTuple):
    """How long visitors waited, in seconds: half of them at most, and 95 of a hundred."""

    half: float
    most: float


def visit(port: int, cookies: Sequence[str], paths: Sequence[str], *, thinking: float = 0) -> Waits:
    """Let one visitor for each cookie ask for all paths, each beginning elsewhere. The first answers do not count.

    Who is `thinking` for some seconds before the next page does not begin at the same moment as all the others.

    Raises NotMeasurableError where a page is not answered with itself.
    """
    with ThreadPoolExecutor(len(cookies)) as pool:
        turns = [[*paths[start % len(paths) :], *paths[: start % len(paths)]] for start in range(len(cookies))]
        delays = [thinking * place / len(cookies) for place in range(len(cookies))]
        rounds = pool.map(partial(_walk, port, thinking), cookies, turns, delays)
        waits = sorted(wait for one in rounds for wait in one)
    return Waits(waits[len(waits) // 2], waits[int(len(waits) * 0.95)])


def _walk(port: int, thinking: float, cookie: str, paths: Sequence[str], delay: float) -> list[float]:
    time.sleep(delay)
    waits = []
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        _ask(connection, cookie, paths[0])
        for path in paths:
            time.sleep(thinking)
            waits.append(_ask(connection, cookie, path))
    return waits


def _ask(connection: HTTPConnection, cookie: str, path: str) -> float:
    start = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "zh-hans"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != OK:
        raise NotMeasurableError(f"网页 {path} 没有正常显示（{answer.status}），无法测量。")
    return time.perf_counter() - start
