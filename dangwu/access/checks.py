"""What must never be switched on, told by Django's own check of the settings."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

FLAGS = ("is_superuser", "is_staff")


@register(Tags.security)
def no_superuser(**_: object) -> list[CheckMessage]:
    columns = {field.name for field in get_user_model()._meta.get_fields()}  # noqa: SLF001 - Django's own way
    return [
        Error(
            f"accounts have the flag {flag}", hint="What an account may do follows from appointments.", id="dangwu.E001"
        )
        for flag in FLAGS
        if flag in columns
    ]


@register(Tags.security)
def no_admin_site(**_: object) -> list[CheckMessage]:
    mounted = any(pattern.namespace == "admin" for pattern in _resolvers(get_resolver()))
    if not mounted and not apps.is_installed("django.contrib.admin"):
        return []
    return [Error("the admin site is there", hint="It knows no scope and tells no audit.", id="dangwu.E002")]


@register(Tags.security)
def nobody_enters_unknown(**_: object) -> list[CheckMessage]:
    if "dangwu.access.middleware.SignedIn" in settings.MIDDLEWARE:
        return []
    return [Error("pages are open to whoever is not signed in", id="dangwu.E003")]


def _resolvers(resolver: Any) -> Iterator[URLResolver]:  # noqa: ANN401 - a resolver or a pattern
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLPattern):
            yield pattern
            yield from _resolvers(pattern)
