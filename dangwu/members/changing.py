"""The pages on which a member's record is changed. A service says who may; here who may not sees a 404."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dangwu.foundation.history import as_of as on_day
from dangwu.foundation.pages.forms import SafeForm
from dangwu.foundation.pages.shell import Crumb, tell, warn
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.foundation.submissions import once
from dangwu.foundation.undo.keeping import way_back
from dangwu.members.correction_forms import ROW_FORMS, TransferCorrectionForm
from dangwu.members.fetching import person_or_404, row_or_404
from dangwu.members.forms import (
    COLUMNS,
    AdmissionForm,
    CircumstancesForm,
    DescribeForm,
    EndForm,
    JoinGroupForm,
    LeaveForm,
    MembershipForm,
    PostForm,
    RegisterForm,
    RegroupForm,
    TransferForm,
)
from dangwu.members.models import (
    Admission,
    Affiliation,
    Circumstances,
    GroupPlace,
    Membership,
    Person,
    Post,
)
from dangwu.members.panels import arrival_words
from dangwu.members.policies import KEEP, may_correct_transfer
from dangwu.members.queries import posts_ended_between, row_before, rows_of
from dangwu.members.services.admitting import describe_admission
from dangwu.members.services.groups import join_group, leave_group
from dangwu.members.services.lines import (
    STEPS,
    change_circumstances,
    change_membership,
    correct_row,
    leave,
    transfer_person,
)
from dangwu.members.services.posts import leave_post, take_post
from dangwu.members.services.registering import SEALED, describe_person, register_person
from dangwu.members.services.transfers import correct_transfer
from dangwu.members.steps import STEP_LABELS
from dangwu.members.views import HERE
from dangwu.organisations.forms import OrganisationField
from dangwu.organisations.models import Group
from dangwu.organisations.queries import standing_of
from dangwu.organisations.views import day_of

Service = Callable[..., Any]
editing = require_http_methods(["GET", "HEAD", "POST"])


def keeps(request: HttpRequest) -> Scope:
    """Where the visitor keeps members today."""
    return actor_of(request).scope(KEEP, day_of(request).today)


@editing
@once
def new(request: HttpRequest) -> HttpResponseBase:
    """Put somebody on a roster."""
    scope = keeps(request)
    if scope.is_nothing:
        raise Http404
    today = day_of(request).today
    form = RegisterForm(request.POST or None, initial={"on": today}, today=today)
    _find_within(form, request)

    def service(**given: Any) -> Person:  # noqa: ANN401 - what the form gives
        own = {name: given[name] for name in ("organisation", "kind", "on", "joined_on", "confirmed_on")}
        told = {name: value for name, value in form.told.items() if name != "name"}
        return register_person(by=actor_of(request), name=given["name"], told=told, **own)

    if form.carried_out(service):
        tell(request, f"{form.result.name}已登记入册。")
        return redirect("member", form.result.pk)
    return _page(request, form, "登记人员", None)


@editing
@once
def describe(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change what is told of somebody."""
    person = person_or_404(keeps(request), pk)
    initial = {name: getattr(person, name) for name in COLUMNS if name not in SEALED}
    form = DescribeForm(request.POST or None, initial=initial, of=person, has_phone=person.phone is not None)

    def service(reason: str, **_: object) -> Person:
        by, version, on = actor_of(request), person.version, day_of(request).today
        return describe_person(by=by, person=person, version=version, on=on, reason=reason, told=form.told)

    return carry(request, form, person, service, "修改基本情况")


@editing
@once
def admit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tell how far somebody's way into the Party went."""
    person = person_or_404(keeps(request), pk)
    row = rows_of(person, Admission).first()
    initial = {name: getattr(row, name) for name in STEP_LABELS} if row else {}
    form = AdmissionForm(request.POST or None, initial=initial, of=row)

    def service(reason: str, **_: object) -> Admission:
        by, version, on = actor_of(request), row.version if row else None, day_of(request).today
        return describe_admission(by=by, person=person, version=version, on=on, reason=reason, told=form.told)

    return carry(request, form, person, service, "发展情况")


@editing
@once
def advance(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The next stage of a membership."""
    person = person_or_404(keeps(request), pk)
    row = _in_force(request, Membership, person)
    form = MembershipForm(request.POST or None, initial=_today(request), of=row, kinds=sorted(STEPS[row.kind]))
    service = partial(change_membership, by=actor_of(request), person=person)
    return carry(request, form, person, _versioned(service, row), "变更党籍")


@editing
@once
def transfer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let somebody belong elsewhere."""
    person = person_or_404(keeps(request), pk)
    row = _belonging(request, person)
    form = TransferForm(request.POST or None, initial=_today(request), of=row)
    _find_within(form, request)
    service = partial(transfer_person, by=actor_of(request), person=person)
    return carry(request, form, person, _versioned(service, row), "转接组织关系")


@editing
@once
def regroup(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put somebody into another group of his organisation."""
    person = person_or_404(keeps(request), pk)
    row = _in_force(request, Affiliation, person)
    groups = _groups(request, row, party_group=True)
    now = groups.filter(name=row.group.name).first() if row.group else None
    form = RegroupForm(request.POST or None, initial=_today(request) | {"group": now}, of=row, groups=groups)
    service = partial(transfer_person, by=actor_of(request), person=person, organisation=row.organisation)
    return carry(request, form, person, _versioned(service, row), "调整小组")


@editing
@once
def join(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put somebody into a further group."""
    person = person_or_404(keeps(request), pk)
    row = _in_force(request, Affiliation, person)
    form = JoinGroupForm(request.POST or None, initial=_today(request), groups=_groups(request, row))
    return carry(request, form, person, partial(join_group, by=actor_of(request), person=person), "编入小组")


@editing
@once
def leave_here(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let somebody go to where this site ends."""
    person = person_or_404(keeps(request), pk)
    form = LeaveForm(request.POST or None, initial=_today(request))
    return carry(request, form, person, partial(leave, by=actor_of(request), person=person), "转出本系统")


@editing
@once
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tell of other circumstances."""
    person = person_or_404(keeps(request), pk)
    rows = rows_of(person, Circumstances).filter(on_day(day_of(request).today))
    row = rows.first()
    names = ("employment", "whereabouts", "category", "infirm")
    initial = _today(request) | ({name: getattr(row, name) for name in names} if row else {})
    form = CircumstancesForm(request.POST or None, initial=initial, of=row)
    service = partial(change_circumstances, by=actor_of(request), person=person)
    return carry(request, form, person, _versioned(service, row), "变更人员状况")


@editing
@once
def post(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let somebody hold a post."""
    person = person_or_404(keeps(request), pk)
    row = _in_force(request, Affiliation, person)
    standing = standing_of(row.organisation_id, day_of(request).today)
    initial = _today(request) | {"organisation": (str(row.organisation_id), standing.name)}
    form = PostForm(request.POST or None, initial=initial, groups=_groups(request, row, party_group=True))
    _find_within(form, request)
    return carry(request, form, person, partial(take_post, by=actor_of(request), person=person), "登记任职")


@editing
@once
def end_post(request: HttpRequest, pk: int, row: int) -> HttpResponseBase:
    """Let somebody hold a post no longer."""
    person = person_or_404(keeps(request), pk)
    held = row_or_404(person, "post", row)
    assert isinstance(held, Post)
    form = EndForm(request.POST or None, initial=_today(request), of=held)
    service = partial(leave_post, by=actor_of(request), row=held)
    return carry(request, form, person, service, f"卸任{held.get_kind_display()}")


@editing
@once
def end_group(request: HttpRequest, pk: int, row: int) -> HttpResponseBase:
    """Take somebody out of a group."""
    person = person_or_404(keeps(request), pk)
    held = row_or_404(person, "groupplace", row)
    assert isinstance(held, GroupPlace)
    form = EndForm(request.POST or None, initial=_today(request), of=held)
    form.fields["on"].label = "从哪一天起不在这个小组"
    return carry(request, form, person, partial(leave_group, by=actor_of(request), row=held), "退出小组")


@editing
@once
def correct(request: HttpRequest, pk: int, word: str, row: int) -> HttpResponseBase:
    """Mend a dated row that was wrong from the beginning."""
    person = person_or_404(keeps(request), pk)
    held = row_or_404(person, word, row)
    kind = ROW_FORMS[type(held)]
    initial = {name: getattr(held, name) for name in kind.base_fields if name != "reason" and hasattr(held, name)}
    form = kind(request.POST or None, initial=initial | {"version": held.version}, of=held)

    def service(reason: str, **_: object) -> object:
        by, on = actor_of(request), day_of(request).today
        return correct_row(by=by, row=held, version=held.version, reason=reason, on=on, told=form.told)

    return carry(request, form, person, service, f"更正{held._meta.verbose_name}")  # noqa: SLF001 - Django's own way


@editing
@once
def correct_arrival(request: HttpRequest, pk: int, row: int) -> HttpResponseBase:
    """Mend a transfer, both sides of it, with the posts that ended with it."""
    person, on = person_or_404(keeps(request), pk), day_of(request).today
    arrival = row_or_404(person, "affiliation", row)
    assert isinstance(arrival, Affiliation)
    before = row_before(arrival)
    if before is None:
        raise Http404
    if not may_correct_transfer(by=actor_of(request), row=arrival, on=on):
        warn(request, "这次转接的另一方不在您的管理范围内，请由上级党组织更正。")
        return redirect("member", pk)
    ended = posts_ended_between(before, arrival)
    initial = {"day": arrival.valid_from, "posts": [post.pk for post in ended]}
    form = TransferCorrectionForm(request.POST or None, initial=initial, of=arrival, posts=ended)

    def service(reason: str, day: date | None, posts: Sequence[int] = (), **_: object) -> object:
        seen = partial(correct_transfer, row=arrival, version=arrival.version, on=on)
        return seen(by=actor_of(request), day=day, posts=posts, reason=reason)

    return carry(request, form, person, service, arrival_words(before, arrival))


def carry(
    request: HttpRequest, form: SafeForm, person: Person, service: Service, what: str, *, submit: str = "保存"
) -> HttpResponseBase:
    """Do what a form asks and go back to the member, or to the roster where he is gone; or show the form."""
    if form.carried_out(service):
        tell(request, f"{what}已登记。", undo=way_back())
        return redirect("member", person.pk)
    return _page(request, form, what, person, submit)


def _page(
    request: HttpRequest, form: SafeForm, heading: str, person: Person | None, submit: str = "保存"
) -> HttpResponseBase:
    back = reverse("member", args=[person.pk]) if person else reverse("members")
    crumbs = [Crumb("党员名册", reverse("members")), *([Crumb(person.name, back)] if person else [])]
    context = {"here": HERE, "heading": heading, "crumbs": [*crumbs, Crumb(heading)], "form": form}
    context |= {"submit": submit, "cancel": back, "lead": person.name if person else ""}
    return render(request, "foundation/form_page.html", context, status=form.status)


def _today(request: HttpRequest) -> dict[str, Any]:
    return {"on": day_of(request).today}


def _versioned(service: Service, row: Any) -> Service:  # noqa: ANN401 - a dated row, or None
    """The service with the version that the user has seen, which the form puts into the row."""
    return lambda **given: service(version=row.version if row else None, **given)


def _belonging(request: HttpRequest, person: Person) -> Affiliation | None:
    row: Affiliation | None = rows_of(person, Affiliation).filter(on_day(day_of(request).today)).first()
    return row


def _in_force(request: HttpRequest, model: Any, person: Person) -> Any:  # noqa: ANN401 - a model of dated rows, and a row
    row = rows_of(person, model).filter(on_day(day_of(request).today)).first()
    if row is None:
        raise Http404
    return row


def _groups(request: HttpRequest, row: Affiliation, **kinds: bool) -> Any:  # noqa: ANN401 - a queryset
    rows = Group.objects.within(keeps(request)).filter(on_day(day_of(request).today), organisation=row.organisation_id)
    return rows.filter(**kinds).order_by("name")


def _find_within(form: SafeForm, request: HttpRequest) -> None:
    field = form.fields["organisation"]
    assert isinstance(field, OrganisationField)
    field.within(actor_of(request), KEEP, day_of(request), reverse("organisations-found"))
