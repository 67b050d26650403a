import time

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.decorators import login_not_required
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthError, AuthProcess, Provider, ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from dangwu.access.sso import answers
from dangwu.access.sso.binding import bound_providers, unbind_account
from dangwu.access.sso.offering import offered_providers
from dangwu.foundation.objections import ObjectionError

RECENT = 15 * 60  # seconds after signing in during which a binding needs no new proof
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)  # what an answer of an unexpected shape ends in


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the provider by way of a page: a redirected form would need its address in our policy."""
    provider = _provider(request, provider_id)
    process = AuthProcess.CONNECT if request.POST.get("process") == AuthProcess.CONNECT else AuthProcess.LOGIN
    if process == AuthProcess.CONNECT and not _signed_in_recently(request):
        return answers.page(request, answers.SIGN_IN_AGAIN, provider.name, status=403)
    try:
        response = provider.redirect(request, process, get_next_redirect_url(request))
    except (RequestException, OAuth2Error, ProviderException, *UNREADABLE) as error:
        return answers.failed(request, provider, AuthError.UNKNOWN, error)
    if isinstance(response, HttpResponseRedirect):
        return render(request, "access/sign_on/leaving.html", {"address": response.url, "name": provider.name})
    return response


@login_not_required
@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The browser comes back from the provider."""
    provider = _provider(request, provider_id)
    try:
        return provider.finish(request)
    except UNREADABLE as error:
        return answers.failed(request, provider, AuthError.UNKNOWN, error)


@login_required
@never_cache
@require_GET
def bindings(request: HttpRequest) -> HttpResponse:
    """How the holder of an account can sign in beside his password."""
    bound = bound_providers(request.user)
    offers = [(offer, offer.id in bound) for offer in offered_providers()]
    return render(request, "access/sign_on/bindings.html", {"offers": offers})


@login_required
@require_POST
def unbind(request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        unbind_account(by=request.actor, account=request.user, provider=provider_id)
    except ObjectionError as objection:
        messages.error(request, objection.message)
    else:
        messages.success(request, "已解除绑定。")
    return redirect("sign_on_bindings")


def _provider(request: HttpRequest, provider_id: str) -> Provider:
    try:
        return get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


def _signed_in_recently(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(time.time() - record["at"] < RECENT for record in records)
