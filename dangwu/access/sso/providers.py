"""What all providers share: they are made from an entry of the file, and tell a subject and perhaps a username."""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.base import Provider, ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests import Response

from dangwu.access.sso.entries import WebEntry


class FromEntry(Provider):  # type: ignore[misc] # allauth has no types
    """A provider as the operator described it. Of what it tells nothing is kept but the subject."""

    def __init__(self, request: HttpRequest, entry: WebEntry) -> None:
        self.entry = entry
        super().__init__(request, app=app_of(entry))
        self.name = entry.name

    def serialize(self) -> dict[str, str]:
        """How a sign-in that waits for a second factor finds its provider again."""
        return {"id": self.entry.id}

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        """What the provider calls this person for ever."""
        return told(data, self.entry.subject)

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, str]:
        """The name of an account that this person may have."""
        return {"username": told(data, self.entry.username)} if data.get(self.entry.username) else {}

    def extract_extra_data(self, _answer: Mapping[str, Any]) -> dict[str, str]:
        """Nothing."""
        return {}

    def extract_email_addresses(self, _answer: Mapping[str, Any]) -> list[Any]:
        """None."""
        return []


class OfficeClient(OAuth2Client):  # type: ignore[misc] # allauth has no types
    """What asks for tokens; each office has a dialect of its own."""


class OfficeProvider(FromEntry, OAuth2Provider):  # type: ignore[misc] # allauth has no types
    """A provider on OAuth 2."""

    def get_oauth2_adapter(self, request: HttpRequest) -> OAuth2Adapter:
        """The adapter of this entry."""
        return self.oauth2_adapter_class(request, self.entry)

    def finish(self, request: HttpRequest) -> HttpResponse:
        """Answer the browser that comes back."""
        answer: HttpResponse = OAuth2CallbackView.adapter_view(self.get_oauth2_adapter(request))(request)
        return answer


class OfficeAdapter(OAuth2Adapter):  # type: ignore[misc] # allauth has no types
    """The part of OAuth 2 that follows from the entry."""

    def __init__(self, request: HttpRequest, entry: WebEntry) -> None:
        self.entry = entry
        self.provider_id = entry.id
        super().__init__(request)

    def get_callback_url(self, request: HttpRequest, _app: SocialApp) -> str:
        """Where the provider sends the browser back to."""
        return callback_url(request, self.entry)

    def parse_token(self, answer: Mapping[str, Any]) -> SocialToken:
        """The token for the next question. It is not kept, so that its end does not matter."""
        return SocialToken(token=told(answer, "access_token"))


def app_of(entry: WebEntry) -> SocialApp:
    """The entry as allauth knows applications; it is never stored."""
    secret = getattr(entry, "secret", None)
    return SocialApp(
        provider=entry.kind,
        provider_id=entry.id,
        name=entry.name,
        client_id=getattr(entry, "client_id", ""),
        secret=secret.get_secret_value() if secret else "",
    )


def callback_url(request: HttpRequest, entry: WebEntry) -> str:
    """Where the provider sends the browser back to, in full."""
    return request.build_absolute_uri(reverse("sign_on_callback", args=[entry.id]))


def told(answer: Mapping[str, Any], key: str) -> str:
    """A text that a provider has to tell. Raises ProviderException."""
    value = answer.get(key)
    if not isinstance(value, str) or not value:
        raise ProviderException(f"no {key}")
    return value


def told_table(response: Response) -> dict[str, Any]:
    """The object in an answer. Raises ProviderException or RequestException."""
    response.raise_for_status()
    answer = response.json()
    if not isinstance(answer, dict):
        raise ProviderException("not an object")
    return answer
