"""My page: what is held about whoever is signed in, and why; who looked; what he asked; and all of it to take away."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dangwu.access.queries import my_appointments
from dangwu.access.rights import words_for
from dangwu.access.scoping import AccountActor
from dangwu.foundation.pages.addresses import way_on
from dangwu.foundation.pages.parts import Datum, DefinitionList, Timeline
from dangwu.foundation.pages.shell import Crumb, tell
from dangwu.foundation.personal import Personal
from dangwu.foundation.requests import actor_of
from dangwu.foundation.submissions import once
from dangwu.members.changing import editing
from dangwu.members.chronicle import chronicle
from dangwu.members.correctable import Correctable, correctable, title_of, wanted_words
from dangwu.members.fetching import ROWS
from dangwu.members.forms import AskForm
from dangwu.members.held import UNTIL_NOW, HeldField, HeldRow, about, admission_of, lines_of
from dangwu.members.looks import looks_at
from dangwu.members.models import Admission, Affiliation, CorrectionRequest, Person
from dangwu.members.own_copy import requests_of
from dangwu.members.own_panels import own_panels
from dangwu.members.panels import head_of, in_force
from dangwu.members.queries import keepers_of, leaders_of, person_of
from dangwu.members.services.correcting import ask_correction
from dangwu.members.services.telling import take_own_copy
from dangwu.organisations.views import day_of

HERE = "mine"
YEAR = 365 * 24 * 3600


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Everything that concerns me."""
    actor = _account_actor(request)
    person = person_of(actor.account)
    today = day_of(request).today
    context = {"here": HERE, "heading": "我的", "large": _is_large(request), "rights": _rights(actor, today)}
    if person is None:
        return render(request, "members/nobody.html", context)
    lines = lines_of(person)
    now = [held for held in lines if held.row.in_force(today)]
    affiliations = [held.row for held in lines if isinstance(held.row, Affiliation)]
    place = next((row for row in affiliations if row.in_force(today)), None)
    context |= {
        "heading": person.name,
        "head": head_of(person, lines, today),
        "leaders": leaders_of(place.organisation_id, today) if place else [],
        "place": in_force(lines, Affiliation, today),
        "held": [_held(row) for row in (about(person), *admission_of(person), *now)],
        "panels": own_panels(person, today),
        "timeline": Timeline(chronicle(person, lines, today=today)),
        "looks": looks_at(person, affiliations),
        "requests": [_told(each) for each in requests_of(person)],
        "keepers": keepers_of(place.organisation_id, today, but=person.account_id) if place else [],
    }
    return render(request, "members/mine.html", context)


def _account_actor(request: HttpRequest) -> AccountActor:
    """Raises Http404 for whoever is no account: such a page is somebody's own."""
    actor = actor_of(request)
    if not isinstance(actor, AccountActor):
        raise Http404
    return actor


def _me(request: HttpRequest) -> Person:
    person = person_of(_account_actor(request).account)
    if person is None:
        raise Http404
    return person


def _rights(actor: AccountActor, today: date) -> list[tuple[str, str]]:
    """Which roles I have where, and what they let me do."""
    return [
        (f"{row.place} · {row.get_role_display()}", words_for(row.role, delegated=bool(row.delegated_from_id)))  # type: ignore[attr-defined] # annotated
        for row in my_appointments(actor.account, today)
        if row.in_force(today)
    ]


class Held(NamedTuple):
    """A row that is held about me: in a few words, on what ground and how long most of it is kept, and every value."""

    title: str
    summary: str
    ground: str
    data: DefinitionList


def _held(held: HeldRow) -> Held:
    fields = [field for field in held.fields() if not _says_nothing(field)]
    told = [field.told.told for field in fields]
    basis, retention = (Counter(column).most_common(1)[0][0] for column in zip(*map(_ground, told), strict=True))
    entries = [_datum(held, field, basis, retention) for field in fields]
    summary = "" if isinstance(held.row, Person) else held.summary
    return Held(held.title, summary, f"依据{basis}。保存到：{retention}。", DefinitionList(entries))


def _ground(told: Personal) -> tuple[str, str]:
    return told.basis, told.retention


def _says_nothing(field: HeldField) -> bool:
    """Whether it is an end that has not come."""
    return (field.told.name == "ending" and not field.value) or field.value == UNTIL_NOW


def _datum(held: HeldRow, field: HeldField, basis: str, retention: str) -> Datum:
    """A value with its purpose, and with its ground where that is not the usual one of the row."""
    told = field.told.told
    words = told.purpose
    words += f"依据{told.basis}。" if told.basis != basis else ""
    words += f"保存到：{told.retention}。" if told.retention != retention else ""
    return Datum(field.title, field.value, words, _correction_url(held, field))


def _correction_url(held: HeldRow, field: HeldField) -> str:
    if correctable(field.told.label) is None:
        return ""
    if isinstance(held.row, Person):
        return reverse("correction-ask", args=[field.told.name])
    return reverse("correction-ask-row", args=[held.row._meta.model_name, held.row.pk, field.told.name])  # noqa: SLF001 - Django's own way


def _told(request: CorrectionRequest) -> dict[str, object]:
    return {"title": title_of(request), "wanted": wanted_words(request), "row": request}


@editing
@once
def ask(request: HttpRequest, column: str) -> HttpResponseBase:
    """Ask for the correction of what is held of me."""
    return _ask(request, about(_me(request)), column)


@editing
@once
def ask_row(request: HttpRequest, word: str, row: int, column: str) -> HttpResponseBase:
    """Ask for the correction of a row of my history."""
    person = _me(request)
    held = next((each for each in _rows(person, word) if each.row.pk == row), None)
    if held is None:
        raise Http404
    return _ask(request, held, column)


def _rows(person: Person, word: str) -> list[HeldRow]:
    """What is held about somebody under the word of an address."""
    if word == Admission._meta.model_name:  # noqa: SLF001 - Django's own way
        return admission_of(person)
    return lines_of(person, [ROWS[word]]) if word in ROWS else []


def _ask(request: HttpRequest, held: HeldRow, column: str) -> HttpResponseBase:
    person = _me(request)
    target = correctable(f"{held.row._meta.label_lower}.{column}")  # noqa: SLF001 - Django's own way
    if target is None:
        raise Http404
    form = _form(request, target)

    def service(**_: object) -> CorrectionRequest:
        row = None if isinstance(held.row, Person) else held.row.pk
        asked = {"wanted": form.wanted, "note": form.cleaned_data["note"], "row": row}
        on = day_of(request).today
        return ask_correction(by=actor_of(request), person=person, column=target.told.label, on=on, **asked)

    if form.carried_out(service):
        tell(request, "已提出。办理结果会显示在这一页。")
        return redirect("mine")
    present = next(field for field in held.fields() if field.told.name == column)
    context = {
        "here": HERE,
        "heading": f"更正{present.title}",
        "crumbs": [Crumb("我的", reverse("mine")), Crumb(f"更正{present.title}")],
        "lead": held.title if held.since else "",
        "present": DefinitionList([Datum("现在登记的", present.value)]),
        "form": form,
        "submit": "提出更正",
        "cancel": reverse("mine"),
    }
    return render(request, "members/ask.html", context, status=form.status)


def _form(request: HttpRequest, target: Correctable) -> AskForm:
    field = target.field()
    field.label, field.required = "应当为", not target.column.null and not target.column.blank
    return AskForm(request.POST or None, field=field)


@require_POST
def own_copy(request: HttpRequest) -> HttpResponse:
    """Everything that is held about me, as one file."""
    today = day_of(request).today
    copy = take_own_copy(by=actor_of(request), person=_me(request), on=today)
    answer = HttpResponse(copy.archive(), content_type="application/zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{_FILE_NAME}{today}.zip"
    answer.headers["Cache-Control"] = "no-store"
    return answer


_FILE_NAME = "%E6%88%91%E7%9A%84%E8%AE%B0%E5%BD%95-"  # 我的记录-


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Keep the size of letters in a cookie, so that pages come as wished without a script."""
    answer = HttpResponseRedirect(way_on(request, otherwise=reverse("mine")))
    if request.POST.get("letters") == "large":
        answer.set_cookie("letters", "large", YEAR, secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie("letters")
    return answer


def _is_large(request: HttpRequest) -> bool:
    return request.COOKIES.get("letters") == "large"
