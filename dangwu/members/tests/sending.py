"""Filling in forms as their pages gave them."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client


def send(client: Client, url: str, **given: object) -> HttpResponse:
    """Fill in a form as the page gave it."""
    shown = client.get(url)
    assert shown.status_code == 200, url
    version = shown.context["form"].initial["version"]
    answer: HttpResponse = client.post(url, {"idempotency_key": uuid4(), "version": version or "", **given})  # type: ignore[assignment] # the client's own kind
    return answer


def in_two_steps(client: Client, url: str, **given: object) -> tuple[list[str], HttpResponse]:
    """What is said before, and the answer after."""
    before = client.post(url, {"idempotency_key": uuid4(), "on": "2026-06-01"} | given)
    assert before.status_code == 200, before.content.decode()
    form = before.context["form"]
    hidden = {name: form.data.getlist(name) for name in form.data}
    after: HttpResponse = client.post(url, hidden)  # type: ignore[assignment] # the client's own kind
    return before.context["consequences"], after


def messages_on(shown: Any) -> list[str]:  # noqa: ANN401 - the client's own kind
    """What a page says was done."""
    return [str(message) for message in shown.context["messages"]]
