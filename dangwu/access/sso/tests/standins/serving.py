"""A small real server on this machine that speaks a provider's protocol."""

import base64
import json
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlencode, urlsplit


@dataclass
class Question:
    """What was asked, with the fields of its query and its body."""

    method: str
    path: str
    fields: dict[str, str]
    headers: dict[str, str]


@dataclass
class Answer:
    content: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def as_json(told: object, status: int = 200) -> Answer:
    return Answer(json.dumps(told), status, {"Content-Type": "application/json"})


def sent_to(address: str, **fields: str) -> Answer:
    joint = "&" if "?" in address else "?"
    return Answer("", 302, {"Location": f"{address}{joint}{urlencode(fields)}"})


class StandIn:
    """What the stand-ins share. `person` is whoever is signed in at the provider; a code is good once."""

    kind = ""
    person = "p-17"
    username = "zhangsan"
    routes: ClassVar[dict[str, Callable[[Any, Question], Answer]]]

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.is_broken = False
        self.secret = f"secret-{secrets.token_hex(8)}"
        stand_in = self

        class Asked(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand_in.serve(self, "")

            def do_POST(self) -> None:
                stand_in.serve(self, self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def serve(self, asked: BaseHTTPRequestHandler, body: str) -> None:
        question = question_of(asked, body)
        self.asked.append(question)
        route = type(self).routes.get(question.path)
        answer = Answer("ill", 500) if self.is_broken else route(self, question) if route else Answer("none", 404)
        asked.send_response(answer.status)
        content = answer.content.encode()
        for name, value in {"Content-Length": str(len(content)), **answer.headers}.items():
            asked.send_header(name, value)
        asked.end_headers()
        with suppress(BrokenPipeError):  # who asked has hung up
            asked.wfile.write(content)

    def new_code(self, **kept: str) -> str:
        code = secrets.token_hex(8)
        self.codes[code] = {**kept, "person": self.person}
        return code

    def entry(self, **more: str) -> str:
        """What the operator writes about this provider."""
        told = {"kind": self.kind, "name": "单位门户", **self.written(), **more}
        return "\n".join(["[unit]", *(f'{key} = "{value}"' for key, value in told.items()), ""])

    def written(self) -> dict[str, str]:
        raise NotImplementedError

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def question_of(asked: BaseHTTPRequestHandler, body: str) -> Question:
    parts = urlsplit(asked.path)
    fields = dict(parse_qsl(parts.query))
    if body.startswith("{"):
        fields |= {key: str(value) for key, value in json.loads(body).items()}
    else:
        fields |= dict(parse_qsl(body))
    headers = {name.lower(): value for name, value in asked.headers.items()}
    return Question(asked.command, parts.path, fields, headers)


def basic(question: Question) -> tuple[str, str]:
    """Name and password in the header, or in the body."""
    if "authorization" in question.headers:
        name, _, password = base64.b64decode(question.headers["authorization"][6:]).decode().partition(":")
        return name, password
    return question.fields.get("client_id", ""), question.fields.get("client_secret", "")
