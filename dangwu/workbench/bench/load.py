"""Forty clerks at once, a second's thought between pages: seven lists in ten, one matrix, two records that are kept."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from django.utils import timezone

from dangwu.workbench.bench.databases import Surroundings, databases
from dangwu.workbench.bench.load_site import MARK
from dangwu.workbench.bench.measuring import Measured, NotMeasurableError, Tell, apart, require_same
from dangwu.workbench.bench.serving import free_port, serving

MEMBERS, TURNS = 20_000, 40
MOST, UTMOST = 500, 1_500  # milliseconds for 95 and for 99 of a hundred
PATIENCE, THOUGHT = 60, 1.0  # seconds
OK, SEE_OTHER = 200, 302
KINDS = ("theme_day", "collective_study", "warning_education", "base_visit", "oath_review", "political_birthday")
Clerk = Mapping[str, Any]


class Turn(NamedTuple):
    """A page that is asked for, or a record that is sent."""

    path: str
    topic: str = ""
    held_on: date | None = None


class Walked(NamedTuple):
    """How long each answer took, in seconds, and which records were acknowledged."""

    waits: list[float]
    topics: list[str]


def measure(tell: Tell) -> list[Measured]:
    """What forty clerks wait for, and whether every record that was acknowledged is there once.

    Raises NotMeasurableError, DifferentResultsError.
    """
    lines: list[Measured] = []
    with databases() as sites:
        for name, site in sites.items():
            tell(f"正在 {name} 中生成 {MEMBERS:,} 人的网站，四十人同时使用")
            lines += _lines(name, _loaded(site))
    return lines


def _loaded(site: Surroundings) -> list[float]:
    found = apart("load_site", MEMBERS, surroundings=site)
    port = free_port()
    words = [sys.executable, "-m", "dangwu", "run", "--port", str(port)]
    with serving(words, port, site), ThreadPoolExecutor(len(found["clerks"])) as pool:
        walks = list(pool.map(partial(_walk, port, found), range(len(found["clerks"]))))
    acknowledged = sorted(topic for walk in walks for topic in walk.topics)
    require_same("确认过的记录和库中的记录", apart("load_kept", surroundings=site)["topics"], acknowledged)
    return sorted(wait for walk in walks for wait in walk.waits)


def _lines(name: str, waits: Sequence[float]) -> list[Measured]:
    def wait(share: float) -> float:
        return waits[int(len(waits) * share)] * 1000

    return [
        Measured(f"{name}：40 人同时使用，95% 的等待", wait(0.95), "毫秒", MOST),
        Measured(f"{name}：40 人同时使用，99% 的等待", wait(0.99), "毫秒", UTMOST),
    ]


def _walk(port: int, found: Mapping[str, Any], place: int) -> Walked:
    clerk, walked = found["clerks"][place], Walked([], [])
    time.sleep(THOUGHT * place / len(found["clerks"]))
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        for turn in _turns(found, clerk, place):
            time.sleep(THOUGHT)
            walked.waits.append(_take(connection, clerk, turn))
            walked.topics.extend([turn.topic] if turn.topic else [])
    return walked


def _turns(found: Mapping[str, Any], clerk: Clerk, place: int) -> Iterator[Turn]:
    """Of ten turns seven lists, a matrix, and two records, each of another kind or day. Every clerk begins elsewhere in
    the ten: people who know nothing of each other do not all record in the same second.
    """
    lists, today, records = found["lists"], timezone.localdate(), 0
    for number in range(TURNS):
        match (number + place) % 10:
            case 4:
                yield Turn(found["matrix"])
            case 2 | 7:
                kind = KINDS[records % len(KINDS)]
                held_on = today - timedelta(days=records // len(KINDS) + 1)
                records += 1
                topic = f"{MARK} {place:02}-{number:02}"
                yield Turn(f"/organisations/{clerk['branch']}/record/{kind}/", topic, held_on)
            case _:
                yield Turn(lists[(place + number) % len(lists)])


def _take(connection: HTTPConnection, clerk: Clerk, turn: Turn) -> float:
    cookies = clerk["cookies"]
    head = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Accept-Language": "zh-hans"}
    start = time.perf_counter()
    if turn.topic:
        told = {"held_on": turn.held_on, "topic": turn.topic, "then": "conclude", "seen": "1", "hours": "1"}
        keys = {"csrfmiddlewaretoken": cookies["csrftoken"], "idempotency_key": str(uuid4())}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", turn.path, urlencode(keys | told), head | form)
    else:
        connection.request("GET", turn.path, headers=head)
    answer = connection.getresponse()
    answer.read()
    if answer.status != (SEE_OTHER if turn.topic else OK):
        raise NotMeasurableError(f"{turn.path} 的回答是 {answer.status}，无法测量。")
    return time.perf_counter() - start
