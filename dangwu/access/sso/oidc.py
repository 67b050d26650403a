"""OpenID Connect: code flow with PKCE and nonce; the ID token is verified although it came over TLS."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.http import HttpRequest

from dangwu.access.sso.addresses import origin
from dangwu.access.sso.entries import OidcEntry
from dangwu.access.sso.id_tokens import Expected, UntrustedTokenError, nonce_of, trusted_claims
from dangwu.access.sso.providers import OfficeAdapter, OfficeProvider, told, told_table

DISCOVERY = "/.well-known/openid-configuration"


class OidcAdapter(OfficeAdapter):
    """Asks the issuer where everything is, once for each request of ours."""

    entry: OidcEntry
    _discovered: dict[str, Any] | None = None
    _nonce = ""

    @property
    def authorize_url(self) -> str:
        """Where the browser is sent."""
        return self._address("authorization_endpoint")

    @property
    def access_token_url(self) -> str:
        """Where a code becomes a token."""
        return self._address("token_endpoint")

    @property
    def basic_auth(self) -> bool:
        """Whether our secret goes into a header; what the standard takes where nothing is said."""
        methods = self._configuration().get("token_endpoint_auth_methods_supported")
        return not isinstance(methods, list) or "client_secret_basic" in methods

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: OAuth2Client, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Change the code for tokens; the nonce that must come back follows from the verifier."""
        self._nonce = nonce_of(pkce_code_verifier or "")
        answer: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return answer

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, *, response: Mapping[str, Any]
    ) -> SocialLogin:
        """Tell who signs in, by the ID token; the user's own endpoint only adds what that leaves out."""
        expected = Expected(self.entry.issuer, app.client_id, self._nonce)
        claims = trusted_claims(told(response, "id_token"), self._asked(self._address("jwks_uri")), expected)
        if not {self.entry.subject, self.entry.username} - {""} <= set(claims):
            claims = self._more_claims(token.token, claims["sub"]) | claims
        return self.get_provider().sociallogin_from_response(request, claims)

    def _more_claims(self, token: str, subject: str) -> dict[str, Any]:
        more = self._asked(self._address("userinfo_endpoint"), Authorization=f"Bearer {token}")
        if more.get("sub") != subject:
            raise UntrustedTokenError("sub")
        return more

    def _configuration(self) -> dict[str, Any]:
        if self._discovered is None:
            self._discovered = self._asked(self.entry.issuer + DISCOVERY)
            if str(self._discovered.get("issuer", "")).rstrip("/") != self.entry.issuer:
                raise ProviderException("another issuer")
        return self._discovered

    def _address(self, name: str) -> str:
        """An address of the issuer's, which the operator knows of."""
        address = told(self._configuration(), name)
        if origin(address) not in self.entry.origins:
            raise ProviderException(f"{name} is elsewhere")
        return address

    def _asked(self, address: str, **headers: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            return told_table(session.get(address, headers=headers))


class OidcProvider(OfficeProvider):
    """An issuer of identities."""

    id = "oidc"
    oauth2_adapter_class = OidcAdapter
    entry: OidcEntry

    def get_scope(self) -> list[str]:
        """As written."""
        return list(self.entry.scopes)

    def get_pkce_params(self) -> dict[str, Any]:
        """PKCE always, and the nonce beside it."""
        self.app.settings = {"oauth_pkce_enabled": True}
        params: dict[str, Any] = super().get_pkce_params()
        return params | {"nonce": nonce_of(params["code_verifier"])}
