"""钉钉, on allauth's adapter; its servers are where the operator says."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from django.http import HttpRequest

from dangwu.access.sso.entries import DingTalkEntry
from dangwu.access.sso.providers import OfficeAdapter, OfficeClient, OfficeProvider, told, told_table


class DingTalkClient(OfficeClient):
    """The question is JSON with names of its own."""

    def get_access_token(self, code: str, **_: object) -> dict[str, Any]:
        """Change the code for a token."""
        question = {
            "clientId": self.consumer_key,
            "clientSecret": self.consumer_secret,
            "code": code,
            "grantType": "authorization_code",
        }
        with get_adapter().get_requests_session() as session:
            answer = told_table(session.post(self.access_token_url, json=question))
        return {"access_token": told(answer, "accessToken")}


class DingTalkAdapter(OfficeAdapter, DingTalkOAuth2Adapter):  # type: ignore[misc] # allauth has no types
    """The three addresses that allauth has as constants, below the operator's."""

    entry: DingTalkEntry
    client_class = DingTalkClient

    @property
    def authorize_url(self) -> str:
        """Where the browser is sent."""
        return f"{self.entry.login_url}/oauth2/auth"

    @property
    def access_token_url(self) -> str:
        """Where a code becomes a token."""
        return f"{self.entry.api_url}/v1.0/oauth2/userAccessToken"

    def complete_login(
        self,
        request: HttpRequest,
        _app: SocialApp,
        token: SocialToken,
        **_: object,
    ) -> SocialLogin:
        """Ask who the token belongs to."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(
                f"{self.entry.api_url}/v1.0/contact/users/me",
                headers={"x-acs-dingtalk-access-token": token.token},
            )
        return self.get_provider().sociallogin_from_response(request, told_table(answer))


class DingTalkProvider(OfficeProvider):
    """钉钉."""

    id = "dingtalk"
    oauth2_adapter_class = DingTalkAdapter

    def get_scope(self) -> list[str]:
        """Who it is, and no more."""
        return ["openid"]

    def get_auth_params(self) -> dict[str, str]:
        """As its documentation demands."""
        return {"prompt": "consent"}
