from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess, Provider, ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from dangwu.access.requests import ActingRequest, confirmed, once
from dangwu.access.shown import my_tabs
from dangwu.access.sso import answers
from dangwu.access.sso.binding import bound_providers, unbind_account
from dangwu.access.sso.offering import offered_providers
from dangwu.access.sso.sign_on_file import SignOnFileError
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.shell import tell, warn

TROUBLES = (RequestException, OAuth2Error, ProviderException)


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Somebody signs on."""
    return _leave(request, provider_id, AuthProcess.LOGIN)


@never_cache
@require_POST
@confirmed
def connect(request: ActingRequest, provider_id: str) -> HttpResponse:
    """The holder of an account binds it."""
    return _leave(request, provider_id, AuthProcess.CONNECT)


@login_not_required
@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The browser comes back from the provider."""
    provider = _provider(request, provider_id)
    try:
        answer: HttpResponse = provider.finish(request)
    except TROUBLES as error:
        return answers.failed(request, provider, AuthError.UNKNOWN, error)
    return answer


@never_cache
@require_GET
def bindings(request: ActingRequest) -> HttpResponse:
    """How the holder of an account can sign in beside his password."""
    bound = bound_providers(request.user)
    offers = [(offer, offer.id in bound) for offer in offered_providers()]
    context = {"heading": "登录方式", "here": "account", "tabs": my_tabs("sign_on_bindings"), "offers": offers}
    return render(request, "access/sign_on/bindings.html", context)


@require_POST
@once
def unbind(request: ActingRequest, provider_id: str) -> HttpResponse:
    try:
        unbind_account(by=request.actor, account=request.user, provider=provider_id, on=request.actor.today)
    except ObjectionError as objection:
        warn(request, objection.message)
    else:
        tell(request, "已解除绑定。")
    return redirect("sign_on_bindings")


def _leave(request: HttpRequest, provider_id: str, process: str) -> HttpResponse:
    """Send the browser to the provider by way of a page: a redirected form would need its address in our policy."""
    provider = _provider(request, provider_id)
    try:
        address = provider.redirect(request, process, get_next_redirect_url(request)).url
    except TROUBLES as error:
        return answers.failed(request, provider, AuthError.UNKNOWN, error)
    return render(request, "access/sign_on/leaving.html", {"address": address, "name": provider.name})


def _provider(request: HttpRequest, provider_id: str) -> Provider:
    try:
        return get_adapter(request).get_provider(request, provider_id)
    except (SocialApp.DoesNotExist, SignOnFileError) as error:
        raise Http404 from error
