import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dangwu.workbench.bench.measuring import NotMeasurableError, apart
from dangwu.workbench.bench.visiting import visit


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_page_costs_as_many_queries_at_any_size(tmp_path: Path) -> None:
    told = [
        apart("page_site", members, members * 2, surroundings={"DANGWU_HOME": str(home), "DANGWU_DATABASE_URL": ""})
        for members in (800, 1_600)
        for home in [tmp_path / str(members)]
    ]
    assert told[0]["queries"] == told[1]["queries"]
    assert len(set(told[0]["cookies"])) == 20


def test_visitors_tell_how_long_half_of_them_waited(port: int) -> None:
    waits = visit(port, ["a=1", "a=2"], ["/there"] * 4)
    assert 0 < waits.half <= waits.most


def test_visitors_who_look_at_a_page_ask_for_the_next_one_later(port: int) -> None:
    start = time.perf_counter()
    waits = visit(port, ["a=1", "a=2"], ["/there"] * 3, thinking=0.2)
    assert time.perf_counter() - start >= 3 * 0.2
    assert waits.most < 0.2, "looking is no waiting"


def test_a_page_that_is_not_there_is_no_measure(port: int) -> None:
    with pytest.raises(NotMeasurableError, match="404"):
        visit(port, ["a=1"], ["/elsewhere"])
