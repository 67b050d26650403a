"""What somebody reads when a sign-on does not end at an account, and what stays of it in the audit."""

import logging

from allauth.socialaccount.providers.base import AuthError, Provider
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import HTTPError, RequestException

from dangwu.access.actors import Visitor
from dangwu.access.addresses import client_address
from dangwu.foundation.actions import action, anybody
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed

NOT_OPENED = (
    "您的账号尚未开通",
    "单位已经确认了您的身份，但是本系统没有可供您使用的账号。请联系系统管理员开通；已经有账号的，请用账号和密码登录后绑定。",
)
CANCELLED = "已取消登录", "您没有在“{name}”完成登录。需要登录的，请回到登录页。"
EXPIRED = "登录没有完成", "这次登录等待过久，或者已经用过。请回到登录页重新登录。"
UNREACHABLE = "“{name}”暂时连接不上", "请稍后再试，或者用账号和密码登录。多次出现的，请告知系统管理员。"
NOT_CONFIRMED = "“{name}”没有确认您的身份", "请回到登录页重新登录。多次出现的，请告知系统管理员。"

REFUSING = range(400, 500)
"""Statuses by which a provider says no, rather than that it is ill."""

logger = logging.getLogger(__name__)


@action("account.refuse_sign_on", allow=anybody)
def record_refusal(*, by: Actor, provider: str) -> None:  # noqa: ARG001 - every action has one
    """Somebody whom a provider knows had no account here. Who it was is not kept."""
    open_deed().reason = provider


def refused(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Nobody is created by signing on. A disabled account reads the same."""
    record_refusal(by=Visitor(client_address(request)), provider=provider.entry.id)
    return page(request, NOT_OPENED, provider.name, status=403)


def expired(request: HttpRequest, provider: Provider) -> HttpResponse:
    """The browser comes back from nowhere, too late, or a second time."""
    return page(request, EXPIRED, provider.name, status=400)


def failed(request: HttpRequest, provider: Provider, error: str, exception: Exception | None) -> HttpResponse:
    """Something went wrong between the provider and us. Its words are not shown, and not logged: they hold secrets."""
    logger.warning("sign-on by %s failed: %s", provider.entry.id, type(exception).__name__)
    if error == AuthError.CANCELLED:
        return page(request, CANCELLED, provider.name, status=403)
    if isinstance(exception, RequestException) and not _is_refusal(exception):
        return page(request, UNREACHABLE, provider.name, status=503)
    return page(request, NOT_CONFIRMED, provider.name, status=403)


def _is_refusal(exception: RequestException) -> bool:
    return (
        isinstance(exception, HTTPError)
        and exception.response is not None
        and exception.response.status_code in REFUSING
    )


def page(request: HttpRequest, words: tuple[str, str], name: str, *, status: int) -> HttpResponse:
    """A heading and what to do."""
    heading, advice = (text.format(name=name) for text in words)
    return render(request, "access/sign_on/answer.html", {"heading": heading, "advice": advice}, status=status)
