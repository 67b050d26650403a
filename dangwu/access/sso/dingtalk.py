"""钉钉, on allauth's client; its servers are where the operator says."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from django.http import HttpRequest

from dangwu.access.sso.entries import DingTalkEntry
from dangwu.access.sso.providers import EntryAdapter, OfficeProvider, told_table


class DingTalkAdapter(EntryAdapter, DingTalkOAuth2Adapter):
    """The three addresses that allauth has as constants, below the operator's."""

    entry: DingTalkEntry

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
