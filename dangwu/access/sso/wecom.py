"""企业微信: like OAuth 2 for the browser; the site asks with a token of its own who a code belongs to."""

import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderException
from django.http import HttpRequest

from dangwu.access.sso.entries import WeComEntry
from dangwu.access.sso.providers import OfficeAdapter, OfficeClient, OfficeProvider, told, told_table

INSIDE = "wxwork"
"""What the app's own browser calls itself."""

TOKEN_REFUSED = frozenset({40014, 42001})
"""Codes for a token that does not hold any more."""

MARGIN = 300
"""Seconds before its end at which a token is renewed."""


@dataclass
class SiteTokens:
    """The site's own tokens in memory: the documentation forbids to ask for one at every sign-in."""

    _kept: dict[str, tuple[str, float]] = field(default_factory=dict)

    def token(self, entry: WeComEntry) -> str:
        """One that holds now."""
        token, until = self._kept.get(_whose(entry), ("", 0.0))
        if time.monotonic() < until:
            return token
        answer = _asked(
            f"{entry.api_url}/cgi-bin/gettoken",
            corpid=entry.corp_id,
            corpsecret=entry.secret.get_secret_value(),
        )
        token = told(_agreed(answer), "access_token")
        self._kept[_whose(entry)] = token, time.monotonic() + int(answer.get("expires_in", 0)) - MARGIN
        return token

    def forget(self, entry: WeComEntry) -> None:
        """Ask anew next time."""
        self._kept.pop(_whose(entry), None)


SITE_TOKENS = SiteTokens()


class WeComClient(OfficeClient):
    """Says where the browser goes. What is called its token here is the code itself: a user has none."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        """The page with the code to scan or, inside the app, the one that needs none."""
        params = {"appid": self.consumer_key, "redirect_uri": self.callback_url, "state": self.state, **extra_params}
        if not scope:
            return f"{authorization_url}?{urlencode({'login_type': 'CorpApp', **params})}"
        inside = {"response_type": "code", "scope": " ".join(scope), **params}
        return f"{authorization_url}?{urlencode(inside)}#wechat_redirect"

    def get_access_token(self, code: str, **_: object) -> dict[str, Any]:
        """Keep the code for the question who it belongs to."""
        return {"access_token": code}


class WeComAdapter(OfficeAdapter):
    """Its addresses below the operator's."""

    entry: WeComEntry
    client_class = WeComClient
    access_token_url = ""

    @property
    def authorize_url(self) -> str:
        """Where the browser is sent."""
        if is_inside(self.request, self.entry):
            return f"{self.entry.inside_url}/connect/oauth2/authorize"
        return f"{self.entry.login_url}/wwlogin/sso/login"

    def complete_login(
        self,
        request: HttpRequest,
        _app: SocialApp,
        token: SocialToken,
        **_: object,
    ) -> SocialLogin:
        """Ask who the code belongs to; once more where the site's own token did not hold."""
        answer = self._owner(token.token)
        if answer.get("errcode") in TOKEN_REFUSED:
            SITE_TOKENS.forget(self.entry)
            answer = self._owner(token.token)
        member = {key.lower(): value for key, value in _agreed(answer).items()}
        return self.get_provider().sociallogin_from_response(request, member)

    def _owner(self, code: str) -> dict[str, Any]:
        token = SITE_TOKENS.token(self.entry)
        return _asked(f"{self.entry.api_url}/cgi-bin/auth/getuserinfo", access_token=token, code=code)


class WeComProvider(OfficeProvider):
    """企业微信."""

    id = "wecom"
    oauth2_adapter_class = WeComAdapter
    entry: WeComEntry

    def get_scope(self) -> list[str]:
        """Inside the app: who it is, and no more. A code to scan has no scope."""
        return ["snsapi_base"] if is_inside(self.request, self.entry) else []

    def get_auth_params(self) -> dict[str, str]:
        """Which application asks."""
        return {"agentid": self.entry.agent_id}


def is_inside(request: HttpRequest, entry: WeComEntry) -> bool:
    """Whether the page is opened inside the app, and the operator has said where that asks."""
    return bool(entry.inside_url) and INSIDE in request.headers.get("User-Agent", "").lower()


def _whose(entry: WeComEntry) -> str:
    return f"{entry.api_url} {entry.corp_id} {entry.agent_id}"


def _asked(address: str, **params: str) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        return told_table(session.get(address, params=params))


def _agreed(answer: dict[str, Any]) -> dict[str, Any]:
    if answer.get("errcode") != 0:
        raise ProviderException(f"errcode {answer.get('errcode')}")
    return answer
