"""What is typed into the forms of recording: kept on the way, and there again when its sending is undone."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import Submission
from dangwu.foundation.undo.keeping import offered_undo
from dangwu.organisations.models import Organisation
from dangwu.records.models import Draft
from dangwu.records.queries import drafts_of
from dangwu.records.services.drafts import drop_draft, keep_draft, set_aside

OF_ACTIVITY = {"activity": "activity-minutes", "correct": "activity-correct", "replan": "activity-replan"}
OF_KIND = {"record": "record", "plan": "activity-plan"}
NOT_TYPED = ("csrfmiddlewaretoken", "then", "more", "seen")


def of_activity(verb: str, activity: int) -> str:
    """The subject of a draft about an activity that is there."""
    assert verb in OF_ACTIVITY
    return f"{verb}:{activity}"


def of_kind(verb: str, kind: str, group: str) -> str:
    """The subject of a draft about an activity that is to be."""
    assert verb in OF_KIND
    return f"{verb}:{kind}:{group}"


def address_of(draft: Draft) -> str:
    """The page on which somebody goes on with it."""
    verb, _, what = draft.subject.partition(":")
    if verb in OF_ACTIVITY:
        return f"{reverse(OF_ACTIVITY[verb], args=[what])}?{urlencode({'draft': draft.key})}"
    kind, _, group = what.partition(":")
    asked = {"draft": draft.key} | ({"group": group} if group else {})
    return f"{reverse(OF_KIND[verb], args=[draft.organisation_id, kind])}?{urlencode(asked)}"


def keep_typed(request: HttpRequest, organisation: Organisation, subject: str) -> Draft | None:
    """Keep what is typed; nothing of what was sent meanwhile and done."""
    key = key_told(request.POST.get("idempotency_key"))
    if key is None or Submission.objects.filter(pk=key).exists():
        return None
    return _keep(request, organisation, subject, key)


def put_aside(request: HttpRequest, organisation: Organisation, subject: str) -> None:
    """What was sent is no draft any more, unless what it did is undone: then it is one of what there was before."""
    key, undo, account = key_told(request.POST.get("idempotency_key")), offered_undo(), account_of(request)
    if account is None or key is None:
        return
    if undo is None:
        drop_draft(account, key)
    elif draft := _keep(request, organisation, subject, key, but=("version",)):
        set_aside(draft, undo)


def _keep(
    request: HttpRequest, organisation: Organisation, subject: str, key: UUID, but: tuple[str, ...] = ()
) -> Draft | None:
    account, typed = account_of(request), request.POST.copy()
    for name in (*NOT_TYPED, *but):
        typed.pop(name, None)
    return keep_draft(account, organisation, subject, key, typed.urlencode()) if account else None


def own_drafts(request: HttpRequest, organisation: Organisation, subject: str) -> list[Draft]:
    """What the visitor has typed and not sent."""
    account = account_of(request)
    return drafts_of(account, organisation, subject) if account else []


def taken(request: HttpRequest, drafts: list[Draft]) -> Draft | None:
    """The one with which the visitor wants to go on."""
    wanted = key_told(request.GET.get("draft"))
    return next((draft for draft in drafts if draft.key == wanted), None)


def key_told(text: str | None) -> UUID | None:
    """The key of a form; None for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def account_of(request: HttpRequest) -> Account | None:
    """Whose drafts these are: the command line has none."""
    by = actor_of(request)
    return by.account if isinstance(by, AccountActor) else None
