"""How allauth is told of our providers, and where it must not do what it would do by itself."""

from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess, Provider
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from requests import Session

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.access.sso import answers
from dangwu.access.sso.binding import account_of, connect_account
from dangwu.access.sso.cas import CasProvider
from dangwu.access.sso.confinement import confined_session
from dangwu.access.sso.dingtalk import DingTalkProvider
from dangwu.access.sso.entries import LdapEntry, WebEntry
from dangwu.access.sso.feishu import FeishuProvider
from dangwu.access.sso.oidc import OidcProvider
from dangwu.access.sso.sign_on_file import configured_entries
from dangwu.access.sso.wecom import WeComProvider
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.shell import tell, warn

PROVIDERS = {kind.id: kind for kind in (OidcProvider, CasProvider, DingTalkProvider, FeishuProvider, WeComProvider)}


class SignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Providers come from the operator's file alone; nobody is signed up, and nobody outside that file is asked."""

    def get_provider(self, request: HttpRequest, provider: str, **_: object) -> Provider:
        """The provider of an entry, by its id."""
        entry = web_entries().get(provider)
        if entry is None:
            raise SocialApp.DoesNotExist
        return PROVIDERS[entry.kind](request, entry)

    def list_apps(self, *_: object, **__: object) -> list[SocialApp]:
        """None: what allauth would keep in the database or in settings does not count."""
        return []

    def get_requests_session(self) -> Session:
        """A session to the servers of the file."""
        return confined_session({place: entry.ca for entry in web_entries().values() for place in entry.origins})

    def populate_user(self, _request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Account:
        """What a provider tells becomes part of no account; the name is what one may be found by."""
        account: Account = sociallogin.user
        account.username = data.get("username", "")
        return account

    def is_open_for_signup(self, *_: object) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let the one sign on who has an account; everybody else is answered here."""
        sociallogin.token = None  # it has told who somebody is, and is not kept, not even in a session
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_connected(request, sociallogin))
        provider, subject = sociallogin.account.provider, sociallogin.account.uid
        claimed = "" if sociallogin.user.pk else sociallogin.user.username
        account = account_of(provider, subject, claimed)
        if account is None:
            raise ImmediateHttpResponse(answers.refused(request, sociallogin.provider))
        sociallogin.user = account

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str = AuthError.UNKNOWN,
        exception: Exception | None = None,
        extra_context: Mapping[str, object] | None = None,
    ) -> None:
        """Answer in our own words. A state without anything known of it is one that is not, or no longer, ours."""
        if "state_id" in (extra_context or {}):
            raise ImmediateHttpResponse(answers.expired(request, provider))
        raise ImmediateHttpResponse(answers.failed(request, provider, error, exception))


def web_entries() -> dict[str, WebEntry]:
    """The entries that a browser is sent to."""
    return {id_: entry for id_, entry in configured_entries().items() if not isinstance(entry, LdapEntry)}


def _connected(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """Bind the subject to whoever is signed in, and go back to the page of the bindings."""
    if not isinstance(request.user, Account):
        return answers.page(request, answers.EXPIRED, sociallogin.provider.name, status=403)
    bound = sociallogin.account
    try:
        connect_account(
            by=AccountActor(request.user, timezone.localdate()),
            account=request.user,
            provider=bound.provider,
            subject=bound.uid,
        )
    except ObjectionError as objection:
        warn(request, objection.message)
    else:
        tell(request, f"已绑定“{sociallogin.provider.name}”，以后可以用它登录。")
    return HttpResponseRedirect(reverse("sign_on_bindings"))
