"""An activity as it is read: when, who, what was decided, what the rules say, and how its record came to be."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.audit.queries import search
from dangwu.foundation.pages.parts import Datum, DefinitionList, Link
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.kernel.days import told_day
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import last_standing
from dangwu.records.attachment_pages import attachments_part
from dangwu.records.documents.words import number_told
from dangwu.records.models import Activity, Part
from dangwu.records.policies import SEE, may_keep
from dangwu.records.queries import Record, record_of
from dangwu.records.standing import activity_kinds
from dangwu.rules.rulebook import Rule
from dangwu.workbench.audit_words import verb_words
from dangwu.workbench.recording.activity_listing import HERE, kind_words, state_tag
from dangwu.workbench.recording.joint import together
from dangwu.workbench.recording.light import compressed
from dangwu.workbench.recording.likeness import asked_of
from dangwu.workbench.recording.queries import served
from dangwu.workbench.recording.rulings import PACKS, facts_kept, rulings
from dangwu.workbench.recording.seeing import seen_or_404

State = Activity.State
STEPS = (State.PLANNED, State.CALLED, State.MINUTED, State.CONCLUDED)
MANY = 40  # entries of a history


class Step(NamedTuple):
    """A state on the way of an activity."""

    title: str
    done: bool
    here: bool


@require_safe
@compressed
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of an activity."""
    by, today = actor_of(request), timezone.localdate()
    activity = seen_or_404(request, pk)
    record, standing = record_of(activity), last_standing(activity.organisation_id, activity.held_on)
    keeps = may_keep(by=by, activity=activity, today=today)
    sees = standing is not None and by.scope(SEE, today).covers(standing.path)
    name = standing.called if standing else ""
    context = {
        "here": HERE,
        "heading": kind_words(activity),
        "place": name,
        "crumbs": _crumbs(activity, name, sees=sees),
        "actions": list(_ways(activity)) if keeps else [],
        "activity": activity,
        "state": state_tag(activity),
        "steps": _steps(activity),
        "record": record,
        "data": DefinitionList([datum for datum in _data(activity, record) if not datum.is_empty]),
        "rulings": rulings(facts_kept(activity), activity.held_on, subject=name),
        "paragraphs": [line for line in activity.minutes.split("\n") if line.strip()],
        "served": _served(activity),
        "duties": _duties(activity),
        "history": history(activity) if sees else [],
        "sees": sees,
        "partners": together(activity, record.partners, by),
        "confidential": _is_confidential(activity),
        "attachments": attachments_part(activity, by) if sees else "",
        "keeps": keeps,
        "alike": asked_of(by.scope(SEE, today), activity, record.agenda) if sees else [],
    }
    return render(request, "workbench/recording/activity.html", context)


def _crumbs(activity: Activity, name: str, *, sees: bool) -> list[Crumb]:
    """Back to the organisation's list, or to one's own."""
    if sees:
        return [Crumb(name, reverse("organisation-activities", args=[activity.organisation_id])), Crumb("记录")]
    return [Crumb("我的组织生活", reverse("my-activities")), Crumb("记录")]


def _is_confidential(activity: Activity) -> bool:
    kind = activity_kinds().get(activity.kind)
    return kind is not None and kind.is_confidential


def _ways(activity: Activity) -> Iterator[Link]:
    """What whoever keeps it may do next."""
    pk, place, kind = activity.pk, activity.organisation_id, activity.kind
    if _is_confidential(activity) or activity_kinds().get(kind) is None:
        return
    if activity.is_open:
        yield Link("填写记录", reverse("activity-minutes", args=[pk]), main=True)
    if activity.state in {State.PLANNED, State.CALLED}:
        yield Link("通知", reverse("activity-call", args=[pk]))
        yield Link("改计划", reverse("activity-replan", args=[pk]))
    if activity.is_open:
        yield Link("取消", reverse("activity-cancel", args=[pk]))
    if activity.state == State.CONCLUDED and not activity.ledger:
        yield Link("更正", reverse("activity-correct", args=[pk]))
    if activity.state in {State.CONCLUDED, State.CANCELLED}:
        yield Link("再记一次", reverse("record", args=[place, kind]) + f"?like={pk}")


def _steps(activity: Activity) -> list[Step]:
    """Where it stands; what is called off has left the way, and what is concluded has come to its end."""
    if activity.state == State.CONCLUDED:
        return []
    if activity.state == State.CANCELLED:
        return [
            Step(str(State.PLANNED.label), done=True, here=False),
            Step(str(State.CANCELLED.label), done=False, here=True),
        ]
    at = STEPS.index(State(activity.state))
    return [Step(str(step.label), place < at, place == at) for place, step in enumerate(STEPS)]


def _data(activity: Activity, record: Record) -> Iterator[Datum]:
    yield Datum("时间", _when(activity))
    yield Datum("党小组", activity.group)
    yield Datum("地点", activity.place)
    yield Datum("主题", activity.topic)
    yield Datum("主持人", activity.chair)
    yield Datum("记录人", activity.recorder)
    yield Datum("主讲人", activity.lecturer)
    yield Datum("出席", _attendance(activity))
    yield Datum("缺席", "、".join(f"{row.name}（{row.reason}）" if row.reason else row.name for row in record.absences))
    yield Datum("参加人员", "、".join(row.name for row in record.participations))
    for role in (Part.Role.NON_VOTING, Part.Role.MENTOR):
        yield Datum(str(role.label), "、".join(part.name for part in record.parts if part.role == role))
    yield Datum("学时", number_told(activity.hours or ""))
    yield Datum("每人天数", number_told(activity.days or ""))
    yield Datum("听众人数", activity.audience)
    yield Datum("对方确认", activity.confirmed_by)
    yield Datum("通知日期", activity.called_on)
    yield Datum("记录日期", _recorded(activity))
    yield Datum("取消原因", activity.cancel_reason)


def _when(activity: Activity) -> str:
    """The day, the hours and the last day, as people write them."""
    day = told_day(activity.held_on)
    hours = "—".join(at.strftime("%H:%M") for at in (activity.starts_at, activity.ends_at) if at)
    until = f"至{told_day(activity.until_on)}" if activity.until_on else ""
    return " ".join(part for part in (day + until, hours) if part)


def _attendance(activity: Activity) -> str:
    if activity.present is None:
        return ""
    told = [f"应到 {activity.expected} 人" if activity.expected is not None else "", f"实到 {activity.present} 人"]
    if activity.voters is not None and activity.voters != activity.expected:
        told.append(f"其中有表决权的应到 {activity.voters} 人、实到 {activity.voters_present} 人")
    return "，".join(filter(None, told))


def _recorded(activity: Activity) -> str:
    if activity.recorded_on is None:
        return ""
    return f"{activity.recorded_on}" + (f"（补记：{activity.late_reason}）" if activity.late_reason else "")


class Served(NamedTuple):
    """For whom an activity is counted, and as what."""

    place: Standing | None
    kinds: str


def _served(activity: Activity) -> list[Served]:
    rows, every = served(activity), activity_kinds()
    places = dict.fromkeys(row.organisation_id for row in rows)
    return [
        Served(
            last_standing(place, activity.held_on),
            "、".join(kind.name for row in rows if row.organisation_id == place and (kind := every.get(row.kind))),
        )
        for place in places
    ]


def _duties(activity: Activity) -> list[Rule]:
    """The rules for which it counts, where it is concluded."""
    if activity.state != State.CONCLUDED:
        return []
    known = [kind for kind in activity.kinds if activity_kinds().get(kind)]
    kinds = set(activity_kinds().served(known))
    every = every_rule().about("organisation")
    return [r for r in every if r.pack in PACKS and kinds.intersection(r.facts) and r.in_force_on(activity.held_on)]


class Happened(NamedTuple):
    """An entry of the history of a record."""

    entry: AuditEntry
    words: str


def history(activity: Activity) -> list[Happened]:
    """Who did what to a record and why; who read a talk is not told here."""
    entries = search(subject=f"records.activity:{activity.pk}").exclude(verb="talk.read")
    return [Happened(entry, verb_words(entry.verb)) for entry in entries[:MANY]]
