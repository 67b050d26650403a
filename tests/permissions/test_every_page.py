"""Every address × everybody: who may see what, all of it written down. An address without an expectation fails."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.expectations import EXPECTED
from tests.permissions.world import PEOPLE, World, made_world

SIGN_IN = "/sign-in/"
NOT_HERE = {403, 404}

pytestmark = pytest.mark.same_everywhere


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)


def answer(client: Client, url: str) -> HttpResponseBase:
    """What the address answers; where it takes only what is sent, what it answers to an empty form."""
    response = client.get(url)
    if response.status_code == 405:
        response = client.post(url, {"idempotency_key": str(uuid4())})
    return response


def is_let_in(world: World, who: str, url: str) -> bool:
    """Whether somebody is let in; whatever the visit did is taken back."""
    client = world.client(who)
    client.raise_request_exception = False
    with transaction.atomic():
        response = answer(client, url)
        transaction.set_rollback(True)
    assert response.status_code < 500, f"{url}: {response.status_code}"
    to_sign_in = response.status_code == 302 and response["Location"].startswith(SIGN_IN)
    return response.status_code not in NOT_HERE and not to_sign_in


def test_every_address_has_its_expectation() -> None:
    assert set(names(get_resolver().url_patterns)) == set(EXPECTED)


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_let_in_where_he_should_be_and_nowhere_else(who: str) -> None:
    world = made_world()
    seen, expected = {}, {}
    for name, (arguments, people) in EXPECTED.items():
        url = reverse(name, kwargs=dict(world.arguments.get(arguments, {})))
        seen[name], expected[name] = is_let_in(world, who, url), who in people
    assert {name: seen[name] for name in seen if seen[name] != expected[name]} == {}
