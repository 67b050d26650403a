"""The pages before the sign-in."""

from functools import partial

from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from dangwu.access.actors import Visitor
from dangwu.access.addresses import client_address
from dangwu.access.entrance_forms import BeginForm, CodeForPasswordForm
from dangwu.access.models import OneTimeCode
from dangwu.access.passkeys import can_have_passkeys
from dangwu.access.queries import is_new
from dangwu.access.services import administrators, passwords
from dangwu.foundation.pages.shell import tell
from dangwu.foundation.submissions import once

secret = sensitive_post_parameters("password", "again", "code", "old")


class SignIn(LoginView):  # type: ignore[misc] # allauth has no types
    """The entrance; on a new site it leads to the first set-up."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if is_new():
            return redirect("begin")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **told: object) -> dict[str, object]:
        """Tell whether a code for an administrator waits: the way to use it is shown then."""
        context: dict[str, object] = super().get_context_data(**told)
        return {**context, "awaits_administrators": _awaits_administrators()}


sign_in = login_not_required(SignIn.as_view())


class Code(AuthenticateView):  # type: ignore[misc] # allauth has no types
    """The second factor at the sign-in."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        return {**context, "passkeys": can_have_passkeys(self.request) and "webauthn" in self._types()}

    def _types(self) -> set[str]:
        return set(self.stage.login.user.authenticator_set.values_list("type", flat=True))


code = Code.as_view()


@login_not_required
@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("account_login")


@login_not_required
@never_cache
@secret
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Where an administrator opens his account with a code; on a new site, what to do to get one."""
    if not _awaits_administrators():
        if not is_new():
            raise Http404
        return render(request, "access/new_site.html")
    return _begin(request)


@once
def _begin(request: HttpRequest) -> HttpResponseBase:
    form = BeginForm(request.POST or None)
    now = timezone.now()
    service = partial(administrators.begin, by=_visitor(request), now=now, on=timezone.localdate(now))
    if form.carried_out(service):
        answer: HttpResponseBase = perform_login(request, Login(user=form.result, redirect_url="/"))
        return answer
    return render(request, "access/begin.html", {"form": form}, status=form.status)


@login_not_required
@never_cache
@secret
@require_http_methods(["GET", "HEAD", "POST"])
@once
def new_password(request: HttpRequest) -> HttpResponseBase:
    form = CodeForPasswordForm(request.POST or None)
    service = partial(passwords.set_password_with_code, by=_visitor(request), now=timezone.now())
    if form.carried_out(service):
        tell(request, "密码已设置，请用它登录。")
        return redirect("account_login")
    return render(request, "access/new_password.html", {"form": form}, status=form.status)


def _awaits_administrators() -> bool:
    return bool(OneTimeCode.objects.filter(used=False, until__gt=timezone.now()).exclude(duty="").exists())


def _visitor(request: HttpRequest) -> Visitor:
    return Visitor(client_address(request))
