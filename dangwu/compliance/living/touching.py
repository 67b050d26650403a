"""What verdicts depend on: whom a changed row touches, and on which days.

A period is touched where one of its days is. Whoever changes what `facts.py` of a module tells, changes this as well:
the property test of `catching_up` finds what was forgotten.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dangwu.foundation.audit.changes import Change
from dangwu.kernel.periods import Period
from dangwu.kernel.span import DAWN, FAR, Span

Row = Mapping[str, Any]
COMMITTEE, LECTURE = "committee_meeting", "party_lecture"
BY_NAME = frozenset({"community_rotation", "training"})
LECTURER = "lecturer"  # the role
ALWAYS = Span(DAWN, FAR)


class Spans(dict[int, Span]):
    """The days that are touched of each of many things: the shortest span that holds them all."""

    def add(self, key: int | None, span: Span) -> None:
        """Touch these days, too."""
        if key is not None:
            known = self.get(key)
            self[key] = span if known is None else both(known, span)

    def add_all(self, other: Mapping[int, Span]) -> None:
        """Touch all that another touches."""
        for key, span in other.items():
            self.add(key, span)


def both(mine: Span, other: Span) -> Span:
    """The shortest span that holds two."""
    return Span(min(mine.start, other.start), max(mine.end, other.end))


@dataclass
class Touched:
    """What the rows of a deed touch, before it is found out whose that is."""

    units: set[int] = field(default_factory=set)
    organisations: Spans = field(default_factory=Spans)
    above: Spans = field(default_factory=Spans)  # organisations of which all above count the people
    around: Spans = field(default_factory=Spans)  # organisations that what stands next above or below looks at
    paths: dict[str, Span] = field(default_factory=dict)  # places in the tree: all on the way there counts the people
    people: Spans = field(default_factory=Spans)
    counted: Spans = field(default_factory=Spans)  # people who are counted upwards
    holders: Spans = field(default_factory=Spans)  # people whose names or offices count where they hold posts
    posts: Spans = field(default_factory=Spans)
    grouped: Spans = field(default_factory=Spans)  # affiliations with a group
    held: Spans = field(default_factory=Spans)  # activities
    attending: set[tuple[int, int]] = field(default_factory=set)  # people and activities
    lectures: set[int] = field(default_factory=set)  # activities
    named: dict[str, Span] = field(default_factory=dict)  # who lectured or was in the chair
    by_name: dict[str, Spans] = field(default_factory=dict)  # activities of kinds that tell who took part


def touched_by(changes: Iterable[Change]) -> Touched:
    """What these changes touch."""
    touched = Touched()
    for change in changes:
        tell = TELLING.get(change.model)
        if tell is None or _is_the_same(change):
            continue
        for row in (change.before, change.after):
            if row is not None:
                touched.units.add(row["unit_id"])
                tell(touched, int(change.pk), row)
    return touched


def _is_the_same(change: Change) -> bool:
    """Whether nothing that counts differs: of a person hardly anything does."""
    columns = COUNTING.get(change.model)
    if columns is None or change.before is None or change.after is None:
        return False
    return all(change.before[name] == change.after[name] for name in columns)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def one(day: date | str) -> Span:
    """One day."""
    first = _day(day)
    return Span(first, first + timedelta(days=1))


def _dated(row: Row) -> Span:
    return Span(_day(row["valid_from"]), _day(row["valid_until"]))


def _activity(touched: Touched, pk: int, row: Row) -> None:
    span = one(row["held_on"])
    touched.held.add(pk, span)
    touched.organisations.add(row["organisation_id"], span)
    for name in filter(None, (row["lecturer"], row["chair"])):
        touched.named[name] = both(span, touched.named.get(name, span))


def _service(touched: Touched, _pk: int, row: Row) -> None:
    span, activity = one(row["held_on"]), row["activity_id"]
    lasting = Span(span.start, FAR) if row["kind"] == COMMITTEE else span  # there is a committee from then on
    touched.organisations.add(row["organisation_id"], lasting)
    touched.held.add(activity, span)
    if row["kind"] == LECTURE:
        touched.lectures.add(activity)
    if row["kind"] in BY_NAME:
        touched.by_name.setdefault(row["kind"], Spans()).add(activity, span)


def _attendance(touched: Touched, _pk: int, row: Row) -> None:
    if row["person_id"]:
        touched.attending.add((row["person_id"], row["activity_id"]))


def _part(touched: Touched, _pk: int, row: Row) -> None:
    if row["role"] == LECTURER:
        _attendance(touched, _pk, row)


def _talk(touched: Touched, _pk: int, row: Row) -> None:
    touched.attending |= {(row[side], row["activity_id"]) for side in ("talker_id", "partner_id")}


def _affiliation(touched: Touched, pk: int, row: Row) -> None:
    span = _dated(row)
    touched.organisations.add(row["organisation_id"], span)
    touched.above.add(row["organisation_id"], span)
    if row["group_id"]:
        touched.grouped.add(pk, span)


def _membership(touched: Touched, _pk: int, row: Row) -> None:
    touched.counted.add(row["person_id"], _dated(row))


def _circumstances(touched: Touched, _pk: int, row: Row) -> None:
    touched.people.add(row["person_id"], _dated(row))


def _post(touched: Touched, pk: int, row: Row) -> None:
    span = _dated(row)
    touched.organisations.add(row["organisation_id"], span)
    touched.people.add(row["person_id"], span)
    touched.posts.add(pk, span)


def _person(touched: Touched, pk: int, _row: Row) -> None:
    touched.holders.add(pk, ALWAYS)


def _standing(touched: Touched, _pk: int, row: Row) -> None:
    span = _dated(row)
    touched.organisations.add(row["organisation_id"], span)
    touched.organisations.add(row["parent_id"], span)
    touched.around.add(row["organisation_id"], span)
    touched.paths[row["path"]] = both(span, touched.paths.get(row["path"], span))


def _organisation(touched: Touched, pk: int, _row: Row) -> None:
    touched.organisations.add(pk, ALWAYS)
    touched.around.add(pk, ALWAYS)


def _term(touched: Touched, _pk: int, row: Row) -> None:
    started = row["started_on"]
    touched.organisations.add(row["organisation_id"], Span(_day(started) if started else DAWN, FAR))


def _exemption(touched: Touched, _pk: int, row: Row) -> None:
    touched.organisations.add(row["organisation_id"], Span(_day(row["since"]), _end(_day(row["until"]))))


def _end(last: date) -> date:
    return last if last == FAR else last + timedelta(days=1)


def _overruling(touched: Touched, _pk: int, row: Row) -> None:
    span = Period.parse(row["period"]).span if row["period"] else Span(_day(row["given_on"]), FAR)
    touched.organisations.add(row["organisation_id"], span)


TELLING: Mapping[str, Callable[[Touched, int, Row], None]] = {
    "records.activity": _activity,
    "records.service": _service,
    "records.absence": _attendance,
    "records.participation": _attendance,
    "records.part": _part,
    "records.talk": _talk,
    "members.affiliation": _affiliation,
    "members.membership": _membership,
    "members.circumstances": _circumstances,
    "members.post": _post,
    "members.person": _person,
    "organisations.standing": _standing,
    "organisations.organisation": _organisation,
    "organisations.term": _term,
    "compliance.exemption": _exemption,
    "compliance.overruling": _overruling,
}
COUNTING: Mapping[str, tuple[str, ...]] = {"members.person": ("name", "unit_post")}
