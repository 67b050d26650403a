"""飞书. allauth's own provider asks addresses of the first version, which are out of date; this one the second."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderException
from django.http import HttpRequest
from requests import Response

from dangwu.access.sso.entries import FeishuEntry
from dangwu.access.sso.providers import OfficeAdapter, OfficeClient, OfficeProvider, told, told_table


class FeishuClient(OfficeClient):
    """OAuth 2 as usual, but the question is JSON and an answer may be a refusal although its status is 200."""

    def get_access_token(
        self,
        code: str,
        pkce_code_verifier: str | None = None,
        extra_data: object = None,  # noqa: ARG002 - allauth's own signature
    ) -> dict[str, Any]:
        """Change the code for a token."""
        question = {
            "grant_type": "authorization_code",
            "client_id": self.consumer_key,
            "client_secret": self.consumer_secret,
            "code": code,
            "redirect_uri": self.callback_url,
            "code_verifier": pkce_code_verifier,
        }
        with get_adapter().get_requests_session() as session:
            answer = agreed(session.post(self.access_token_url, json=question))
        told(answer, "access_token")
        return answer


class FeishuAdapter(OfficeAdapter):
    """Its addresses below the operator's."""

    entry: FeishuEntry
    client_class = FeishuClient

    @property
    def authorize_url(self) -> str:
        """Where the browser is sent."""
        return f"{self.entry.accounts_url}/open-apis/authen/v1/authorize"

    @property
    def access_token_url(self) -> str:
        """Where a code becomes a token."""
        return f"{self.entry.api_url}/open-apis/authen/v2/oauth/token"

    def complete_login(
        self,
        request: HttpRequest,
        _app: SocialApp,
        token: SocialToken,
        **_: object,
    ) -> SocialLogin:
        """Ask who the token belongs to."""
        with get_adapter().get_requests_session() as session:
            answer = agreed(
                session.get(
                    f"{self.entry.api_url}/open-apis/authen/v1/user_info",
                    headers={"Authorization": f"Bearer {token.token}"},
                )
            )
        return self.get_provider().sociallogin_from_response(request, answer.get("data") or {})


class FeishuProvider(OfficeProvider):
    """飞书."""

    id = "feishu"
    oauth2_adapter_class = FeishuAdapter
    pkce_enabled_default = True


def agreed(response: Response) -> dict[str, Any]:
    """An answer whose code is 0. Raises ProviderException."""
    answer = told_table(response)
    if answer.get("code") != 0:
        raise ProviderException(f"code {answer.get('code')}")
    return answer
