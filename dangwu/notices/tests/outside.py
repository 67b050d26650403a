"""What lies outside the product, as a process of its own on this machine: a gateway for short messages and a mail
server. `python outside.py` writes its two ports and works until its standard input ends.

The gateway does what the end of a number says: 1 is refused, 2 is broken the first time, 3 takes the message and hangs
up, 4 is delivered at once, 5 has arrived when it is asked. GET /taken lists what it took, how often. The mail server
refuses addresses that begin with `no`, asks `later` to come again, and hangs up on `gone` after it has the mail.
"""

import json
import socketserver
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TAKEN: Counter[str] = Counter()
MESSAGES: dict[str, dict[str, str]] = {}
BROKEN: set[str] = set()
MAILS: list[str] = []
STATES = {"4": "delivered", "5": "delivered"}


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key, end = told["id"], told["to"][-1]
        if self.headers["Authorization"] != "Bearer secret":
            self._say(401, {})
        elif end == "1":
            self._say(400, {"reason": "号码在黑名单中"})
        elif end == "2" and key not in BROKEN:
            BROKEN.add(key)
            self._say(503, {})
        else:
            self._take(key, told, end)

    def _take(self, key: str, told: dict[str, str], end: str) -> None:
        TAKEN[told["to"]] += 1
        known = key in MESSAGES
        MESSAGES[key] = told
        if end == "3" and not known:
            self.connection.close()
        else:
            self._say(409 if known else 202, {"state": "delivered" if end == "4" else "accepted"})

    def do_GET(self) -> None:
        if self.path == "/taken":
            self._say(200, {"taken": TAKEN, "texts": [told["text"] for told in MESSAGES.values()], "mails": MAILS})
        elif told := MESSAGES.get(self.path.rpartition("/")[2]):
            self._say(200, {"state": STATES.get(told["to"][-1], "accepted")})
        else:
            self._say(404, {})

    def _say(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""


class Mail(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 outside")
        to = ""
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word.startswith("RCPT"):
                to = line.decode().strip().partition("<")[2].rstrip(">")
                self._say("550 no" if to.startswith("no") else "451 later" if to.startswith("later") else "250 ok")
            elif word == "DATA":
                self._say("354 go on")
                self._read()
                MAILS.append(to)
                if to.startswith("gone"):
                    return
                self._say("250 ok")
            else:
                self._say("221 bye" if word == "QUIT" else "250 ok")

    def _read(self) -> None:
        while self.rfile.readline().strip() != b".":
            pass

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def main() -> None:
    gateway = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    mail = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mail)
    for server in (gateway, mail):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{gateway.server_address[1]} {mail.server_address[1]}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
