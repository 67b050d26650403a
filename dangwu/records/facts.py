"""What the rulebook may know of activities: counts by month, whose meetings, whose lectures, whose hours."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, FilteredRelation, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce, Substr

from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span
from dangwu.organisations.queries import Only, among, read_once
from dangwu.records.models import Absence, Activity, Part, Participation, Service

WHOLE = "all activities of a unit are judged together"
_SECRETARY = re.compile(r"(?:党组|党委|机关党委|党?总支|党?支部)?书记")
Monthly = Mapping[int, Mapping[int, Any]]  # month index → subject → number
Told = Mapping[int, Collection[int]]  # month index → organisations of which something is so

MONTH_TEXT = Substr(Cast("held_on", CharField(max_length=10)), 1, 7)  # a date's text is its ISO form on every engine
HELD_MONTH = Substr(Cast("activity__held_on", CharField(max_length=10)), 1, 7)


ACTIVITY_COLUMNS = {
    "id": "activity",
    "organisation": "organisation",
    "held_on": "held_on",
    "activity": "kind",
    "expected": "those_expected",
    "present": "those_present",
    "in_favour": "activity__in_favour",
    "ledger": "activity__ledger",
    "ledger_row": "activity__ledger_row",
}


def in_month(text: str) -> int:
    """The index of the month of a day in ISO form."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def of_period(monthly: Monthly, period: Period) -> Mapping[int, Any]:
    """The numbers of one period: those of its months added up."""
    months = [monthly[month] for month in period.months if month in monthly]
    if len(months) == 1:
        return months[0]
    total: dict[int, Any] = defaultdict(int)
    for month in months:
        for subject, number in month.items():
            total[subject] += number
    return total


def in_period(told: Told, period: Period) -> set[int]:
    """Of which organisations it is so in some month of a period."""
    return {organisation for month in period.months for organisation in told.get(month, ())}


def by_month(rows: Iterable[tuple[int, str]]) -> Told:
    """Of which organisations it is so, by month."""
    told: dict[int, set[int]] = defaultdict(set)
    for organisation, text in rows:
        told[in_month(text)].add(organisation)
    return told


def services(unit_id: int, span: Span, kinds: Collection[str], only: Only = None) -> QuerySet[Service]:
    """The duties of these kinds that were served in a span by a unit, or by some of its organisations."""
    rows = Service.objects.unscoped(WHOLE).filter(among(only), unit=unit_id, kind__in=kinds)
    return rows.filter(held_on__gte=span.start, held_on__lt=span.end)


def _with_hours(unit_id: int, span: Span, only: Only) -> QuerySet[Activity]:
    return Activity.objects.unscoped(WHOLE).filter(_tells_hours(unit_id, span), among(only))


def _tells_hours(unit_id: int, span: Span, activity: str = "") -> Q:
    """The condition of activities that tell hours, on them or on rows that belong to an `activity__`: of a few people
    the database then begins with their rows, not with all that was held.
    """
    told = {
        "unit": unit_id,
        "held_on__gte": span.start,
        "held_on__lt": span.end,
        "hours__isnull": False,
        "state": Activity.State.CONCLUDED,
    }
    return Q(**{f"{activity}{name}": value for name, value in told.items()})


def counts(unit_id: int, span: Span, kinds: Collection[str], only: Only = None) -> dict[str, Monthly]:
    """How often each of these kinds of activity was held, by month and organisation."""
    rows = (
        services(unit_id, span, kinds, only)
        .annotate(month=MONTH_TEXT)
        .values_list("kind", "organisation", "month")
        .annotate(times=Count("id"))
        .order_by()
    )
    months: dict[str, int] = {}
    tables: dict[str, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for kind, organisation, text, times in read_once(rows, only):
        month = months.get(text)
        if month is None:
            month = months[text] = in_month(text)
        tables[kind][month][organisation] = times
    return dict(tables)


GroupsMet = Iterable[tuple[int, str, int, str]]


def group_meetings(unit_id: int, span: Span, only: Only = None) -> dict[int, list[Any]]:
    """By month, for each organisation how many groups are named by its meetings, and the first of the names."""
    rows = (
        services(unit_id, span, ["group_meeting"], only)
        .annotate(month=MONTH_TEXT)
        .values_list("organisation", "month")
        .annotate(named=Count("activity__group", distinct=True), first=Min("activity__group"))
        .order_by()
    )
    table: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        table[row[1]].append(row)
    return {in_month(text): its for text, its in table.items()}


def groups_met(rows: GroupsMet, groups: Mapping[int, int | None]) -> Monthly:
    """How many groups of each organisation met, by month. A meeting without a group's name counts for all of them."""
    table: dict[int, dict[int, int]] = defaultdict(dict)
    months: dict[str, int] = {}
    for organisation, text, named, first in rows:  # of all names the empty one comes first
        everyone = groups.get(organisation) or 0
        month = months[text] if text in months else months.setdefault(text, in_month(text))
        table[month][organisation] = min(named, everyone) if first else everyone
    return table


class Leader(NamedTuple):
    """A secretary; by the name alone where no roster tells who that is."""

    name: str
    person: int | None = None


class Lecture(NamedTuple):
    """A lecture: who held it, in which month, and what is written of the lecturer, else of who chaired it; his key
    where he was chosen from a roster.
    """

    activity: int
    organisation: int
    month: int
    lecturer: str
    person: int | None = None


def lectures(unit_id: int, span: Span, only: Only = None, leaders: Iterable[Leader] = ()) -> list[Lecture]:
    """All lectures of a unit; or those of some organisations, and all that these leaders gave anywhere."""
    lecturers = FilteredRelation("activity__parts", condition=Q(activity__parts__role=Part.Role.LECTURER))
    rows = services(unit_id, span, ["party_lecture"]).annotate(told=lecturers)
    if only is not None:
        asked = among(only)
        for name, person in leaders:
            asked |= Q(activity__lecturer__contains=name) | Q(activity__lecturer="", activity__chair__contains=name)
            asked |= Q(told__person=person) if person else Q()
        rows = rows.filter(asked)
    columns = ("activity", "organisation", MONTH_TEXT, "activity__lecturer", "activity__chair", "told__person")
    return [
        Lecture(activity, organisation, in_month(text), lecturer or chair, person)
        for activity, organisation, text, lecturer, chair, person in rows.values_list(*columns)
    ]


def secretary_lectures(given: Iterable[Lecture], secretaries: Mapping[int, Leader]) -> Monthly:
    """How many lectures each organisation's secretary gave anywhere in the unit."""
    table: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for lecture, organisation in counted_lectures(given, secretaries):
        table[lecture.month][organisation] += 1
    return table


def counted_lectures(given: Iterable[Lecture], secretaries: Mapping[int, Leader]) -> Iterator[tuple[Lecture, int]]:
    """Each lecture with the organisations whose secretary gave it. A key tells him from others of his name."""
    leads: dict[str, list[int]] = defaultdict(list)
    by_key: dict[int | None, list[int]] = defaultdict(list)
    for organisation, leader in secretaries.items():
        leads[leader.name].append(organisation)
        by_key[leader.person].append(organisation)
    meant: dict[str, list[int]] = {}
    told: set[tuple[int, int]] = set()  # one that several organisations held together is one lecture
    for lecture in given:
        if lecture.lecturer not in meant:
            meant[lecture.lecturer] = _led_by(lecture.lecturer, leads)
        own = [lecture.organisation] if _SECRETARY.fullmatch(lecture.lecturer) else []
        named = [key for key in meant[lecture.lecturer] or own if _may_be(lecture.person, secretaries.get(key))]
        for organisation in (by_key.get(lecture.person) if lecture.person else None) or named:
            if (lecture.activity, organisation) not in told:
                told.add((lecture.activity, organisation))
                yield lecture, organisation


def _may_be(person: int | None, leader: Leader | None) -> bool:
    """Whether nothing tells the two apart."""
    return person is None or leader is None or leader.person is None or leader.person == person


def _led_by(lecturer: str, leads: Mapping[str, list[int]]) -> list[int]:
    """The organisations whose secretary is named, be it with a title: “党组书记王林同志”."""
    return leads.get(lecturer) or [place for name, places in leads.items() if name in lecturer for place in places]


def nameless_lectures(given: Iterable[Lecture]) -> Told:
    """The organisations that held a lecture of which nobody says who gave it, by month."""
    told: dict[int, set[int]] = defaultdict(set)
    for lecture in given:
        if not lecture.lecturer:
            told[lecture.month].add(lecture.organisation)
    return told


def committees_that_met(unit_id: int, on: date, only: Only = None) -> set[int]:
    """Organisations whose committee has a meeting on record up to a day, so that there is a committee."""
    held = Service.objects.unscoped(WHOLE).filter(among(only), unit=unit_id, kind="committee_meeting", held_on__lte=on)
    return set(held.values_list("organisation", flat=True).distinct())


def tell_hours(unit_id: int, span: Span, only: Only = None) -> Told:
    """The organisations whose ledgers tell hours of study, by month; of the members of others no hours are known."""
    held = _with_hours(unit_id, span, only)
    return by_month(held.values_list("organisation", MONTH_TEXT).distinct())


def study_hours(unit_id: int, span: Span, belongs: Mapping[int, int], only: Only = None) -> Monthly:
    """Hours of every member: those of his organisation's activities, less those he was away from. Where an activity
    names who took part, only they have its hours.
    """
    table: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    _add_for_all(table, _with_hours(unit_id, span, only).filter(participations__isnull=True), belongs)
    whose = Q(_tells_hours(unit_id, span, "activity__"), _whose(belongs, only), person__isnull=False)
    away = Absence.objects.unscoped(WHOLE).filter(whose, activity__participations__isnull=True)
    for person, text, hours in _of_persons(away):
        table[in_month(text)][person] -= hours
    for person, text, hours in _of_persons(Participation.objects.unscoped(WHOLE).filter(whose)):
        table[in_month(text)][person] += hours
    return table


def _add_for_all(
    table: dict[int, dict[int, Decimal]], activities: QuerySet[Activity], belongs: Mapping[int, int]
) -> None:
    members: dict[int, list[int]] = defaultdict(list)
    for person, organisation in belongs.items():
        members[organisation].append(person)
    by_month = activities.annotate(month=MONTH_TEXT).values_list("organisation", "month")
    sums = by_month.annotate(total=Sum("hours")).order_by()
    for organisation, text, total in sums:
        row = table[in_month(text)]
        for person in members[organisation]:
            row[person] += total


def _whose(belongs: Collection[int], only: Only) -> Q:
    """The condition that a row is of somebody who is asked for: of many nobody picks."""
    return Q() if only is None else Q(person__in=list(belongs))


def _of_persons(rows: Any) -> Iterator[tuple[int, str, Any]]:  # noqa: ANN401 - a queryset of absences or participations
    yield from rows.values_list("person", HELD_MONTH, "activity__hours")


def rotation_days(unit_id: int, span: Span, belongs: Collection[int] = (), only: Only = None) -> Monthly:
    """Days that each member served in a community, by month; a record without days counts one."""
    table: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for _, person, text, days in _named_for(unit_id, span, "community_rotation", belongs, only):
        table[in_month(text)][person] += days if days is not None else 1
    return table


def times_named(unit_id: int, span: Span, kind: str, belongs: Collection[int] = (), only: Only = None) -> Monthly:
    """How often each member is named among those who took part in a kind of activity, by month."""
    table: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for _, person, text, _ in _named_for(unit_id, span, kind, belongs, only):
        table[in_month(text)][person] += 1
    return table


def _named_for(unit_id: int, span: Span, kind: str, belongs: Collection[int], only: Only) -> Any:  # noqa: ANN401 - rows of columns
    """Who took part when and for how long; once, however many organisations held it together."""
    rows = _named(unit_id, span, kind).filter(_whose(belongs, only))
    return rows.values_list("pk", "person", HELD_MONTH, "activity__days").distinct()


def without_names(unit_id: int, span: Span, kind: str, only: Only = None) -> Told:
    """The organisations that have records of a kind of activity which do not say who took part, by month."""
    rows = services(unit_id, span, [kind], only).filter(activity__participations__isnull=True)
    return by_month(rows.values_list("organisation", MONTH_TEXT).distinct())


def months_named(unit_id: int, span: Span, kind: str) -> set[int]:
    """The months in which anybody of the unit is named: where nobody ever is, nobody knows of it."""
    return {in_month(text) for text in _named(unit_id, span, kind).values_list(HELD_MONTH, flat=True).distinct()}


def _named(unit_id: int, span: Span, kind: str) -> QuerySet[Participation]:
    return Participation.objects.unscoped(WHOLE).filter(
        unit=unit_id,
        person__isnull=False,
        activity__services__kind=kind,
        activity__held_on__gte=span.start,
        activity__held_on__lt=span.end,
    )


def activity_facts(unit_id: int, span: Span, kinds: Collection[str], only: Only = None) -> list[dict[str, Any]]:
    """Every service of these kinds that tells who came or how was voted: what validity rules judge, one by one.

    What is only entailed is left out: the assembly at which was elected is judged as an election. Where those with a
    vote were counted apart, they alone are meant; of an activity held together, whoever keeps its record is judged.
    """
    told = Q(activity__present__isnull=False) | Q(activity__in_favour__isnull=False)
    own = Q(activity__organisation=F("organisation"))
    judged = services(unit_id, span, kinds, only).filter(told, own, entailed=False).order_by("kind", "held_on", "pk")
    judged = judged.annotate(
        those_expected=Coalesce("activity__voters", "activity__expected"),
        those_present=Coalesce("activity__voters_present", "activity__present"),
    )
    rows = judged.values_list(*ACTIVITY_COLUMNS.values())
    return [dict(zip(ACTIVITY_COLUMNS, row, strict=True)) for row in rows]
