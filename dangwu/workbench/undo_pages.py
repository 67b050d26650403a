"""Undoing what one has just done, from the message that says so."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.pages.addresses import way_on
from dangwu.foundation.pages.shell import tell, warn
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import Undo
from dangwu.foundation.undo.taking_back import take_back
from dangwu.records.services.drafts import bring_back
from dangwu.workbench.recording.drafts import account_of, address_of


@require_POST
@once
def undo(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Take it back, and return to the page on which that was offered, or to the form that was sent, as it was."""
    by = actor_of(request)
    try:
        take_back(by=by, undo=Undo.objects.filter(pk=key, actor=by.key).first(), now=timezone.now())
    except ObjectionError as objection:
        warn(request, objection.message)
    else:
        account = account_of(request)
        if draft := account and bring_back(account, key):
            tell(request, "已撤回，恢复到办理之前。刚才填写的内容都在，可以接着改。")
            return redirect(address_of(draft))
        tell(request, "已撤回，恢复到办理之前。")
    return redirect(way_on(request, otherwise=reverse("home")))
