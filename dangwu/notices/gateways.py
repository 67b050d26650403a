"""What a gateway for short messages is to us, and one that speaks JSON over HTTP.

    POST {address}        {"id": …, "to": …, "text": …}   → {"state": "accepted" | "delivered" | "failed", "reason": …}
    GET  {address}/{id}                                     → the same, or 404 where it knows no such message

The id is the same at every attempt: a gateway takes it once, and answers 409 or as before when it comes again. Where
an attempt may have arrived, it is asked before anything is sent a second time, so that one which keeps no ids does no
harm.
"""

from enum import Enum
from typing import Any, NamedTuple, Protocol

import requests
from django.conf import settings

NOT_FOUND, CONFLICT, TOO_MANY, BAD, BROKEN = 404, 409, 429, 400, 500
NOT_KNOWN_HERE = (401, 403)
PATIENCE = (5, 10)  # seconds: to be connected, to be answered
LONGEST_REASON = 150


class Outcome(Enum):
    """What became of an attempt."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNSURE = "unsure"  # it may have arrived; to be tried again with care


STATES = {Outcome.ACCEPTED.value, Outcome.DELIVERED.value, Outcome.FAILED.value}


class Answer(NamedTuple):
    """An outcome, and why, for whoever reads it."""

    outcome: Outcome
    reason: str = ""


class Gateway(Protocol):
    """Something that takes short messages."""

    def send(self, key: str, to: str, text: str) -> Answer:
        """Hand a message in, known by its key for ever."""
        ...

    def state_of(self, key: str) -> Answer | None:
        """What became of a message; None where the gateway does not know it."""
        ...


class HttpGateway:
    """The gateway at an address."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address.rstrip("/")
        self.session = requests.Session()
        self.session.trust_env = False  # no proxy, no credentials of whoever runs the site
        self.session.headers["Authorization"] = f"Bearer {token}"

    def send(self, key: str, to: str, text: str) -> Answer:
        """Hand a message in."""
        return self._asked("POST", self.address, json={"id": key, "to": to, "text": text}) or Answer(
            Outcome.FAILED, "短信平台没有这个接口，请核对地址"
        )

    def state_of(self, key: str) -> Answer | None:
        """Ask what became of it."""
        return self._asked("GET", f"{self.address}/{key}")

    def _asked(self, method: str, address: str, **sent: Any) -> Answer | None:  # noqa: ANN401 - what requests takes
        try:
            response = self.session.request(method, address, timeout=PATIENCE, allow_redirects=False, **sent)
        except requests.RequestException:
            return Answer(Outcome.UNSURE, "连不上短信平台，或者短信平台没有答复")
        if response.status_code == NOT_FOUND:
            return None
        return _understood(response)


def _understood(response: requests.Response) -> Answer:
    code = response.status_code
    if code in NOT_KNOWN_HERE:
        return Answer(Outcome.UNSURE, "短信平台不认可本站的凭据，请联系系统管理员")
    if code == TOO_MANY or code >= BROKEN:
        return Answer(Outcome.UNSURE, "短信平台忙或者出错")
    told = _told(response)
    reason = str(told.get("reason") or "")[:LONGEST_REASON]
    if told.get("state") in STATES and (code < BAD or code == CONFLICT):
        return Answer(Outcome(told["state"]), reason)
    if code == CONFLICT:
        return Answer(Outcome.ACCEPTED)
    if code >= BAD:
        return Answer(Outcome.FAILED, f"短信平台拒收：{reason}" if reason else "短信平台拒收")
    return Answer(Outcome.UNSURE, "短信平台的答复无法识别")


def _told(response: requests.Response) -> dict[str, Any]:
    try:
        told = response.json()
    except requests.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def site_gateway() -> Gateway:
    """The gateway that the settings name."""
    return HttpGateway(settings.SMS_GATEWAY, settings.SMS_TOKEN)
