"""Records that say the same as another: asked about before one is concluded, on its page and in a list. What it means
is for people to judge; nothing here counts anywhere.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dangwu.foundation.pages.addresses import Choices
from dangwu.foundation.pages.columns import Column
from dangwu.foundation.pages.listing import Listing
from dangwu.foundation.pages.parts import EmptyState
from dangwu.foundation.pages.shell import Crumb
from dangwu.foundation.requests import actor_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.members.queries import names_of
from dangwu.records.models import Activity, AgendaItem
from dangwu.records.policies import SEE
from dangwu.records.resembling import LISTED, Pair, Resemblance, alike_in, similar_to
from dangwu.records.services.telling import export_activities
from dangwu.records.signatures import text_said
from dangwu.workbench.recording.activity_listing import kind_words
from dangwu.workbench.recording.forms import RecordForm

HERE = "activities"
SPANS = {"30": "近一个月", "90": "近三个月", "365": "近一年"}
LEAD = (
    "下列记录与更早的一次有六成以上文字相同，已除去姓名、日期和会议套话。相同不等于有问题：学习原文、同一议题分几次办理，"
    f"都会这样。请打开看一看，再向支部了解。最多列出最近 {LISTED} 条，不影响任何统计和考核。"
)


class Question(NamedTuple):
    """That a record is like another, as a page says it."""

    other: str
    percent: int
    url: str
    common: tuple[str, ...]

    @property
    def to_whoever_writes(self) -> str:
        """What the secretary is asked before he concludes it."""
        return f"与 {self.other} 的记录有 {self.percent}% 相同，是否用错了内容？"

    @property
    def to_whoever_reads(self) -> str:
        """What whoever supervises it reads."""
        return f"与 {self.other} 的记录有 {self.percent}% 相同，请核实。"


def asked_before(scope: Scope, form: RecordForm, activity: Activity | None) -> list[Question]:
    """What is to be asked of a valid form before it becomes a record."""
    subject = form.subject
    kinds = (subject.kind.id, *form.cleaned_data.get("besides", ()))
    return _asked(scope, form.said(), subject.standing.organisation_id, kinds, activity, form.cleaned_data["held_on"])


def asked_of(scope: Scope, activity: Activity, agenda: Sequence[AgendaItem]) -> list[Question]:
    """What is to be asked of a record at hand."""
    text = text_said(activity.minutes, (item.outcome for item in agenda))
    return _asked(scope, text, activity.organisation_id, activity.kinds, activity, activity.held_on)


def _asked(
    scope: Scope, text: str, place: int, kinds: Sequence[str], activity: Activity | None, on: date
) -> list[Question]:
    but = activity.pk if activity else None
    likes = similar_to(scope, text, organisation=place, kinds=kinds, but=but) if text else []
    return _questions(likes, place, on)


def _questions(likes: Sequence[Resemblance], organisation: int, on: date) -> list[Question]:
    named = names_of({like.other.organisation_id for like in likes}) if likes else None
    found = []
    for like in likes:
        other = like.other
        place = (
            f"{named(other.organisation_id, other.held_on)} " if named and other.organisation_id != organisation else ""
        )
        day = f"{other.held_on.month}月{other.held_on.day}日"
        year = "" if other.held_on.year == on.year else f"{other.held_on.year}年"
        found.append(Question(f"{place}{year}{day}", like.percent, reverse("activity", args=[other.pk]), like.common))
    return found


class Row(NamedTuple):
    """A line of the list."""

    activity: Activity
    like: Resemblance
    place: str
    other_place: str


class AlikeListing(Listing):
    """Records that are like an earlier one."""

    title, noun = "内容相近的记录，请核实", "条"
    columns = (
        Column("held_on", "日期", value=lambda row: row.activity.held_on),
        Column(
            "kind",
            "类型",
            value=lambda row: kind_words(row.activity),
            link=lambda row: reverse("activity", args=[row.activity.pk]),
            width=20,
        ),
        Column("organisation", "党组织", value=lambda row: row.place, width=28),
        Column("percent", "相同（%）", value=lambda row: row.like.percent, number=True),
        Column(
            "other",
            "与哪一次相近",
            value=lambda row: f"{row.like.other.held_on} {row.other_place}",
            link=lambda row: reverse("activity", args=[row.like.other.pk]),
            width=36,
        ),
        Column("common", "相同的一段", value=lambda row: _first(row.like), width=60),
    )
    empty = EmptyState("没有内容相近的记录", "这段时间里，没有哪次会议记录与更早的一次有六成以上相同。")


def _first(like: Resemblance) -> str:
    """The beginning of the longest passage in common."""
    line = " ".join(like.common[0].split()) if like.common else ""
    return f"{line[:SHOWN]}……" if len(line) > SHOWN else line


SHOWN = 60


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newest records in one's scope that are like an earlier one."""
    by, today = actor_of(request), timezone.localdate()
    chosen = request.GET.get("days", "") if request.GET.get("days", "") in SPANS else "90"
    span = Span(today - timedelta(days=int(chosen)), today + timedelta(days=1))
    shown = AlikeListing(_rows(alike_in(by.scope(SEE, today), span)), request.GET)
    choices = Choices(request.GET)
    context = {
        "here": HERE,
        "crumbs": [Crumb("组织生活", reverse("activities")), Crumb("内容相近的记录")],
        "lead": LEAD,
        "spans": [(title, choices.with_(days=days, page=None), days == chosen) for days, title in SPANS.items()],
    }

    def note(rows: int) -> None:
        export_activities(by=by, rows=rows, chosen=f"内容相近的记录，{SPANS[chosen]}", today=today)

    return shown.answer(request, "workbench/recording/alike.html", context=context, exported=note)


def _rows(pairs: Sequence[Pair]) -> list[Row]:
    every = [activity for pair in pairs for activity in (pair.activity, pair.like.other)]
    named = names_of({activity.organisation_id for activity in every})
    return [
        Row(
            activity,
            like,
            named(activity.organisation_id, activity.held_on),
            named(like.other.organisation_id, like.other.held_on),
        )
        for activity, like in pairs
    ]
