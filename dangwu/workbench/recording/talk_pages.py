"""Confidential talks: recorded by whoever keeps records, read by the two and their secretary; each reading logged."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dangwu.foundation.pages.finding import PickField
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import AsOf, Crumb, tell
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import Person
from dangwu.members.panels import found_people
from dangwu.members.policies import SEE as SEE_MEMBERS
from dangwu.members.queries import person_in, person_of_key
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import last_standing
from dangwu.records.kinds import ActivityKind
from dangwu.records.queries import led_by, not_talked_to, talks_for
from dangwu.records.services.talks import read_talk, record_talk
from dangwu.records.standing import activity_kinds
from dangwu.workbench.recording.desk import kept_or_404
from dangwu.workbench.recording.fields import key_of

HERE = "talks"


class PersonField(PickField):
    """Somebody on a roster that whoever records sees."""

    def within(self, scope: Scope, as_of: AsOf) -> None:
        self.scope = scope
        self.url = reverse("members-found")
        self.find = lambda text: found_people(scope, text, as_of)

    def clean(self, value: Any) -> Person | None:  # noqa: ANN401 - Django's own signature
        key = key_of(super().clean(value))
        person = person_in(self.scope, key) if key else None
        if person is None:
            raise forms.ValidationError("请从名册里选择一个人。")
        return person


class TalkForm(SafeForm):
    """Who talked with whom, when, and what was said."""

    held_on = forms.DateField(label="日期", widget=forms.DateInput())
    talker = PersonField(label="谈话人", help_text="输入姓名或者拼音首字母。")
    partner = PersonField(label="谈话对象", help_text="输入姓名或者拼音首字母。")
    content = forms.CharField(
        label="谈话内容",
        required=False,
        max_length=20_000,
        help_text="加密保存，只有谈话双方和支部书记能看，每次查看都有记录。可以不写。",
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
    )
    late_reason = forms.CharField(
        label="补记原因", required=False, max_length=300, help_text="一周以前的谈话才需要写。"
    )

    def __init__(self, *args: Any, scope: Scope, as_of: AsOf, **options: Any) -> None:  # noqa: ANN401 - the options of a form
        """Take the part of the tree in which people may be found."""
        super().__init__(*args, **options)
        for name in ("talker", "partner"):
            self.fields[name].within(scope, as_of)  # type: ignore[attr-defined] # a PersonField


@never_cache
@once
def record(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Record that two talked with each other. No draft of it is kept."""
    organisation, found, today = kept_or_404(request, pk), _kind_or_404(kind), timezone.localdate()
    standing = last_standing(organisation, today)
    if standing is None or standing.kind not in found.held_by:
        raise Http404
    scope, as_of = actor_of(request).scope(SEE_MEMBERS, today), AsOf.of(request.GET, today=today)
    initial = {"held_on": today, "talker": _oneself(request, scope)}
    form = TalkForm(request.POST or None, initial=initial, scope=scope, as_of=as_of)

    def write(**told: Any) -> object:  # noqa: ANN401 - what was filled in
        return record_talk(by=actor_of(request), organisation=organisation, kind=kind, today=today, **told)

    if form.carried_out(write):
        tell(request, "已登记。谈话双方和内容不会出现在其他页面上。")
        return redirect("activity", form.result.pk)
    context = {
        "here": HERE,
        "heading": f"登记{found.name}",
        "lead": standing.called,
        "crumbs": [Crumb(standing.called, reverse("organisation", args=[pk])), Crumb(f"登记{found.name}")],
        "form": form,
        "submit": "登记",
    }
    return render(request, "foundation/form_page.html", context, status=form.status)


def _kind_or_404(kind: str) -> ActivityKind:
    found = activity_kinds().get(kind)
    if found is None or not found.is_confidential:
        raise Http404
    return found


def _oneself(request: HttpRequest, scope: Scope) -> tuple[str, str] | None:
    me = person_of_key(actor_of(request).key)
    return (str(me.pk), me.name) if me and person_in(scope, me.pk) else None


class Waiting(NamedTuple):
    """With whom nobody talked this year, in an organisation that one leads."""

    place: Standing
    people: list[Person]


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The talks of which somebody may know; and, for a secretary, with whom nobody talked yet."""
    today = timezone.localdate()
    me = person_of_key(actor_of(request).key)
    talks = list(talks_for(me, today)[:200]) if me else []
    every = activity_kinds()
    context = {
        "here": HERE,
        "heading": "谈心谈话",
        "lead": "这里只有您参加的谈话，以及您担任书记的党组织的谈话。",
        "talks": [(talk, every.name_of(talk.activity.kind)) for talk in talks],
        "waiting": _waiting(me, today) if me else [],
        "year": today.year,
    }
    return render(request, "workbench/recording/talks.html", context)


def _waiting(me: Person, today: date) -> list[Waiting]:
    year = Span(date(today.year, 1, 1), date(today.year + 1, 1, 1))
    rows = []
    for organisation in led_by(me, today):
        standing = last_standing(organisation, today)
        if standing:
            scope = Scope((TreePath(standing.path),), today)
            rows.append(Waiting(standing, list(not_talked_to(scope, organisation, year))))
    return rows


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """A talk; what was said is shown once it is asked for, and that is logged. Raises Http404."""
    today, by = timezone.localdate(), actor_of(request)
    me = person_of_key(by.key)
    found = talks_for(me, today).filter(pk=pk).first() if me else None
    if found is None:
        raise Http404
    opened = request.method == "POST"
    context = {
        "here": HERE,
        "heading": activity_kinds().name_of(found.activity.kind),
        "crumbs": [Crumb("谈心谈话", reverse("talks")), Crumb("查看")],
        "talk": found,
        "opened": opened,
        "content": read_talk(by=by, talk=found, today=today) if opened else "",
    }
    return render(request, "workbench/recording/talk.html", context)
