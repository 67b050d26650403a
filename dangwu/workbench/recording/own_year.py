"""Somebody's own year: what he was expected at, where he was and was not, his hours of study and days of service."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dangwu.foundation.history import during
from dangwu.foundation.scope import Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import MEMBERS, Affiliation, Circumstances, Membership, Person, Post
from dangwu.organisations.queries import ancestors, last_standing
from dangwu.records.attending import NO_COMMITTEE, is_young
from dangwu.records.gathered import is_told, records_by_organisation
from dangwu.records.kind_shapes import Expected
from dangwu.records.models import Activity, Part
from dangwu.records.queries import Record, activities, lectures_of, participations_of
from dangwu.records.standing import activity_kinds

NOT_CALLED = (Activity.State.PLANNED, Activity.State.CANCELLED)


class Attended(NamedTuple):
    """An activity at which somebody was expected or `lectured`: what it is called, and why he was away where he was."""

    record: Record
    name: str
    away: str
    hours: Decimal | None
    days: Decimal | None
    lectured: bool = False

    @property
    def was_there(self) -> bool:
        return not self.away


@dataclass(frozen=True)
class OwnYear:
    """A year of one person."""

    attended: Sequence[Attended]

    @property
    def hours(self) -> Decimal:
        return sum((one.hours for one in self.attended if one.hours and one.was_there), Decimal())

    @property
    def days(self) -> Decimal:
        return sum((one.days for one in self.attended if one.days), Decimal())

    @property
    def present(self) -> int:
        return sum(one.was_there for one in self.attended)


@dataclass(frozen=True)
class _Rows:
    """Where somebody belonged, sat and served, over the days of a span."""

    person: Person
    stays: Sequence[Affiliation]
    posts: Sequence[Post]
    memberships: Sequence[Membership]
    circumstances: Sequence[Circumstances]
    above: frozenset[int]

    def is_expected(self, record: Record) -> bool:
        """Whether he should have come, by what his rows say of the day."""
        activity, day = record.activity, record.activity.held_on
        kind = activity_kinds().get(activity.kind)
        stay = self._stay(day)
        match kind.expected if kind else None:
            case Expected.COMMITTEE:
                return any(p.in_force(day) and p.organisation_id == activity.organisation_id for p in self.posts)
            case Expected.MEMBERS:
                return stay is not None and self._is_his(activity.organisation_id, stay)
            case Expected.GROUP:
                group = stay.group.name if stay and stay.group else ""
                return (
                    stay is not None and self._is_his(activity.organisation_id, stay) and activity.group in {"", group}
                )
            case Expected.YOUNG:
                serves = any(row.in_force(day) for row in self.circumstances)
                return stay is not None and serves and is_young(self.person, day)
        return False

    def _stay(self, day: date) -> Affiliation | None:
        """Where he belonged as a member."""
        member = any(row.in_force(day) and row.kind in {*MEMBERS, ""} for row in self.memberships)
        return next((row for row in self.stays if row.in_force(day)), None) if member else None

    def _is_his(self, organisation: int, stay: Affiliation) -> bool:
        return organisation == stay.organisation_id or organisation in self.above


def own_year(person: Person, span: Span, today: date) -> OwnYear:
    """What concerned somebody in a span, the newest first. The same number of queries however much it was."""
    rows = _rows(person, span, today)
    places = {row.organisation_id for row in rows.stays} | {row.organisation_id for row in rows.posts} | rows.above
    places |= set(participations_of(person, span).values_list("activity__organisation", flat=True))
    places |= set(lectures_of(person, span).values_list("activity__organisation", flat=True))
    held = records_by_organisation(_scope(places, today), places, span)
    records = {record.activity.pk: record for each in held.values() for record in each}
    told = (record for record in records.values() if is_told(record, activity_kinds()))
    attended = filter(None, (_attended(record, rows) for record in told))
    return OwnYear(sorted(attended, key=lambda one: one.record.activity.held_on, reverse=True))


def called_to(person: Person, span: Span, today: date) -> list[Activity]:
    """The activities of a span to which somebody was called, or that were held, where his rows say he should come."""
    rows = _rows(person, span, today)
    places = {row.organisation_id for row in rows.stays} | {row.organisation_id for row in rows.posts} | rows.above
    known = activities(_scope(places, today)).filter(organisation__in=places).exclude(state__in=NOT_CALLED)
    told = known.filter(held_on__gte=span.start, held_on__lt=span.end)
    records = (Record(activity, [], [], [], [], [], []) for activity in told.order_by("held_on", "starts_at", "pk"))
    return [record.activity for record in records if is_told(record, activity_kinds()) and rows.is_expected(record)]


def _rows(person: Person, span: Span, today: date) -> _Rows:
    stays = list(Affiliation.objects.of(person=person).filter(during(span)).select_related("group"))
    posts = Post.objects.of(person=person).filter(during(span)).exclude(kind__in=NO_COMMITTEE)
    in_service = Circumstances.Employment.IN_SERVICE
    serving = Circumstances.objects.of(person=person).filter(during(span), employment=in_service)
    memberships = list(Membership.objects.of(person=person).filter(during(span)))
    last = last_standing(stays[-1].organisation_id, today) if stays else None
    above = frozenset(row.organisation_id for row in ancestors(last, today)) if last else frozenset()
    return _Rows(person, stays, list(posts), memberships, list(serving), above)


def _scope(places: Iterable[int], today: date) -> Scope:
    standings = (last_standing(place, today) for place in places)
    return Scope(tuple(TreePath(row.path) for row in standings if row), today)


def _attended(record: Record, rows: _Rows) -> Attended | None:
    activity, person = record.activity, rows.person
    named = [row.person_id for row in record.participations]
    lectured = any(part.person_id == person.pk and part.role == Part.Role.LECTURER for part in record.parts)
    if not lectured and person.pk not in named and (named or not rows.is_expected(record)):
        return None
    away = next((row.reason or "缺席" for row in record.absences if row.person_id == person.pk), "")
    kind = activity_kinds().get(activity.kind)
    serves = "community_rotation" in activity.kinds
    return Attended(
        record,
        kind.name if kind else "活动",
        away,
        activity.hours,
        (activity.days if activity.days is not None else Decimal(1)) if serves else None,
        lectured,
    )
