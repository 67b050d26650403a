"""The entries of a calendar: of each kind within what the account may see, what is alike on a day put together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from dangwu.access.models import Account
from dangwu.access.scoping import AccountActor
from dangwu.compliance.living.matrix import Place, places
from dangwu.compliance.rulebooks import every_rule
from dangwu.duties.policies import SEE as SEE_DUTIES
from dangwu.duties.queries import OpenTask, open_tasks
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.members.policies import SEE as SEE_MEMBERS
from dangwu.members.queries import person_of
from dangwu.organisations.policies import SEE as SEE_ORGANISATIONS
from dangwu.records.models import Activity
from dangwu.records.policies import SEE as SEE_RECORDS
from dangwu.records.standing import activity_kinds
from dangwu.workbench.branch.items import ALWAYS
from dangwu.workbench.calendar import queries
from dangwu.workbench.recording.activity_listing import TONES
from dangwu.workbench.recording.own_year import called_to
from dangwu.workbench.upcoming import address_of, probation_ends

KINDS: Mapping[str, str] = {
    "mine": "我应参加",
    "activity": "组织生活",
    "deadline": "要求期限",
    "task": "任务期限",
    "term": "届期",
    "probation": "预备期",
}
OF_TERMS = frozenset({"branch-term", "general-branch-term", "committee-term"})
OF_PROBATIONS = "probation-decided-after-one-year"
STATES: Mapping[str, str] = {str(state): str(label) for state, label in Activity.State.choices}


class Entry(NamedTuple):
    """Something on a day, and the page it opens. `key` tells it from all others, for as long as it means the same.
    `named` is the title with the name of a person in it, for the site alone.
    """

    day: date
    kind: str
    key: str
    title: str
    url: str
    note: str = ""
    tone: str = ""
    named: str = ""
    place: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    until: date | None = None


@dataclass
class Sight:
    """What an account sees of a span; `under` narrows it to an organisation of its own and all below."""

    actor: AccountActor
    span: Span
    under: int | None = None
    kinds: Collection[str] = field(default_factory=lambda: frozenset(KINDS))

    @cached_property
    def places(self) -> Mapping[int, Place]:
        """The organisations in sight, in the order of the tree."""
        return {place.organisation: place for place in places(self.actor.scope(SEE_ORGANISATIONS, self.today))}

    @property
    def today(self) -> date:
        return self.actor.today

    def scope(self, right: str) -> Scope:
        """Where a right holds, and what was asked for."""
        scope = self.actor.scope(right, self.today)
        if self.under is None:
            return scope
        place = self.places.get(self.under)
        lies_there = place is not None and scope.covers(place.path)
        return Scope((TreePath(place.path),), self.today) if place and lies_there else Scope.nothing(self.today)

    def name(self, organisation: int) -> str:
        """What an organisation is called; nothing where there is only one, of which everything is."""
        place = self.places.get(organisation)
        return place.name if place and len(self.places) > 1 else ""

    def entries(self) -> list[Entry]:
        """Everything of the kinds that are wanted, in the order of days."""
        found = [entry for kind, told in TOLD.items() if kind in self.kinds for entry in told(self)]
        return sorted(found, key=lambda entry: (entry.day, entry.starts_at or time.max))

    @cached_property
    def terms(self) -> Mapping[date, list[Any]]:
        """The terms that end, by day."""
        if "term" not in self.kinds:
            return {}
        return _by_day((row.ends_on, row) for row in queries.terms(self.scope(SEE_ORGANISATIONS), self.span))

    @cached_property
    def probations(self) -> Mapping[date, list[Any]]:
        """Those whose probation ends, by day."""
        if "probation" not in self.kinds:
            return {}
        rows = queries.ending_probations(self.scope(SEE_MEMBERS), self.span)
        return _by_day((day, row) for row in rows if (day := probation_ends(row)) in self.span)

    @cached_property
    def mine(self) -> Sequence[Activity]:
        """Where the account's owner should come; what was narrowed to an organisation is about that alone."""
        if "mine" not in self.kinds or self.under is not None or self.actor.account.kind != Account.Kind.PERSON:
            return []
        person = person_of(self.actor.account)
        return called_to(person, self.span, self.today) if person else []


def _mine(sight: Sight) -> Iterator[Entry]:
    for one in sight.mine:
        yield Entry(
            one.held_on,
            "mine",
            f"activity-{one.pk}",
            " ".join(filter(None, (_kind_name(one.kind), sight.name(one.organisation_id)))),
            reverse("activity", args=[one.pk]),
            STATES[one.state],
            TONES[Activity.State(one.state)],
            place=one.place,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            until=one.until_on,
        )


def _kind_name(kind: str) -> str:
    found = activity_kinds().get(kind)
    return found.name if found else "活动"


def _activities(sight: Sight) -> Iterator[Entry]:
    open_kinds = [kind.id for kind in activity_kinds() if not kind.is_confidential]
    for row in queries.held(sight.scope(SEE_RECORDS), sight.span, open_kinds, [one.pk for one in sight.mine]):
        alone = row.number == 1
        whose = sight.name(row.organisation) if alone else f"{row.number} 次"
        yield Entry(
            row.day,
            "activity",
            f"activity-{row.activity}" if alone else f"activities-{row.kind}-{row.state}-{row.day}",
            " ".join(filter(None, (_kind_name(row.kind), whose))),
            reverse("activity", args=[row.activity]) if alone else _list_of(row, sight),
            STATES[row.state],
            TONES[Activity.State(row.state)],
            place=row.place if alone else "",
            starts_at=row.starts_at if alone else None,
            ends_at=row.ends_at if alone else None,
            until=row.until if alone else None,
        )


def _list_of(row: queries.Held, sight: Sight) -> str:
    asked = {"kind": row.kind, "state": row.state, "since": row.day, "until": row.day}
    if sight.under is not None:
        asked |= {"organisation": sight.places[sight.under].name, "organisation_key": sight.under}
    return f"{reverse('activities')}?{urlencode(asked)}"


def _deadlines(sight: Sight) -> Iterator[Entry]:
    rules = every_rule().rules
    for row in queries.deadlines(sight.scope(SEE_RECORDS), sight.span):
        rule = rules.get(row.rule)
        if rule is None or _is_told_besides(row, sight):
            continue
        whose = sight.name(row.organisation) if row.number == 1 else f"{row.number} 个党组织"
        yield Entry(
            row.day,
            "deadline",
            f"deadline-{row.rule}-{row.period or ALWAYS}-{row.day}",
            "：".join(filter(None, (rule.title, whose))),
            _reasons(row, sight),
            "已过期限" if row.day < sight.today else "未完成",
            "overdue" if row.day < sight.today else "soon",
        )


def _is_told_besides(row: queries.Deadline, sight: Sight) -> bool:
    """Whether the terms and probations of the day say the same already."""
    if row.rule == OF_PROBATIONS:
        return row.number <= len(sight.probations.get(row.day, ()))
    return row.rule in OF_TERMS and row.number <= len(sight.terms.get(row.day, ()))


def _reasons(row: queries.Deadline, sight: Sight) -> str:
    """Why it stands so with one, or with whom it stands so."""
    if row.number == 1:
        return reverse("branch-duty", args=[row.organisation, row.rule, row.period or ALWAYS])
    asked = {"rule": row.rule, "year": row.day.year} | ({"under": sight.under} if sight.under is not None else {})
    return f"{reverse('overview')}?{urlencode(asked)}"


def _tasks(sight: Sight) -> Iterator[Entry]:
    for row in open_tasks(sight.scope(SEE_DUTIES), sight.span):
        late = row.due_on < sight.today
        yield Entry(
            row.due_on,
            "task",
            f"task-{row.task}-{row.due_on}",
            "：".join(filter(None, (row.title, _who(row, sight)))),
            reverse("duty", args=[row.assignment]) if row.number == 1 else reverse("duty-task", args=[row.task]),
            "已过期限" if late else "未办结",
            "overdue" if late else "soon",
        )


def _who(row: OpenTask, sight: Sight) -> str:
    return sight.name(row.organisation) if row.number == 1 else f"{row.number} 个党组织"


def _terms(sight: Sight) -> Iterator[Entry]:
    for day, rows in sight.terms.items():
        alone = len(rows) == 1
        title = f"{sight.name(rows[0].organisation_id)}届满" if alone else f"届满：{len(rows)} 个党组织"
        url = address_of(rows[0].organisation_id) if alone else reverse("terms-ending")
        yield Entry(day, "term", f"terms-{day}", title, url, *_past(day, sight))


def _probations(sight: Sight) -> Iterator[Entry]:
    for day, rows in sight.probations.items():
        alone = len(rows) == 1
        url = reverse("member", args=[rows[0].person_id]) if alone else reverse("probations-ending")
        named = f"{rows[0].person.name}预备期满" if alone else ""
        title = f"预备期满：{len(rows)} 名"
        yield Entry(day, "probation", f"probations-{day}", title, url, *_past(day, sight), named=named)


def _by_day(pairs: Iterable[tuple[date, Any]]) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = defaultdict(list)
    for day, row in pairs:
        found[day].append(row)
    return found


def _past(day: date, sight: Sight) -> tuple[str, str]:
    """A word and a tone for what is over."""
    return ("已过", "overdue") if day < sight.today else ("", "")


TOLD = {
    "mine": _mine,
    "activity": _activities,
    "deadline": _deadlines,
    "task": _tasks,
    "term": _terms,
    "probation": _probations,
}
