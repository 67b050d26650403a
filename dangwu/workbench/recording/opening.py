"""What the page of a record opens with, so that little is left to type."""

from datetime import date
from typing import Any, NamedTuple

from dangwu.foundation.actors import Actor
from dangwu.members.models import Post
from dangwu.members.queries import person_of_key
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import groups_of
from dangwu.records.attending import Attendee, attendees, how_many
from dangwu.records.kind_shapes import Expected
from dangwu.records.models import Activity
from dangwu.records.queries import last_of, left_open, record_of, told_of
from dangwu.records.told import Whom
from dangwu.workbench.recording.forms import Subject, initial_of


class Opening(NamedTuple):
    """What stands in the fields, and the activity of which it was taken over."""

    initial: dict[str, Any]
    last: Activity | None


def opening(subject: Subject, on: date, by: Actor) -> Opening:
    """What is likely: as the last time, with the kind's agenda and what was left open."""
    kind, organisation = subject.kind, subject.standing.organisation
    last = last_of(organisation, kind.id, on)
    told = told_of(record_of(last)) if last else None
    people = attendees(kind, subject.standing, on, group=subject.group)
    initial: dict[str, Any] = {"held_on": on, "agenda": _agenda(subject)}
    if told:
        initial |= {name: getattr(told, name) for name in ("place", "starts_at", "hours")}
    initial["chair"] = _who(told.chair if told else None, people) or _leader(people)
    initial["recorder"] = _who(told.recorder if told else None, people) or _oneself(by, people)
    if not people and kind.expected is not Expected.NAMED:
        initial["expected"] = how_many(kind, subject.standing, on) or (told.expected if told else None)
    return Opening(initial, last)


def again(activity: Activity, on: date) -> dict[str, Any]:
    """The same once more: everything but the day, who was away, and what came of it."""
    told = told_of(record_of(activity))
    kept = initial_of(told) | {"held_on": on, "until_on": None, "absent": (), "votes": [], "minutes": ""}
    kept["agenda"] = [row | {"outcome": "", "from": "", "open": ""} for row in kept["agenda"]]
    return kept


def _agenda(subject: Subject) -> list[dict[str, str]]:
    """What the last one left open, then what the kind usually deals with."""
    waiting = left_open(subject.standing.organisation, [subject.kind.id])
    carried = [{"text": item.text, "outcome": "", "from": str(item.pk), "open": ""} for item in waiting]
    return [*carried, *({"text": text, "outcome": "", "from": "", "open": ""} for text in subject.kind.agenda)]


def _who(whom: Whom | None, people: list[Attendee]) -> Whom | None:
    """Whoever did it the last time, if he still belongs here, or never was on the roster."""
    if whom is None or (whom.person and people and whom.person not in {one.person for one in people}):
        return None
    return whom


def _leader(people: list[Attendee]) -> Whom | None:
    secretary = str(Post.Kind.SECRETARY.label)
    return next((Whom(one.name, one.person) for one in people if one.note == secretary), None)


def _oneself(by: Actor, people: list[Attendee]) -> Whom | None:
    mine = person_of_key(by.key)
    return next((Whom(one.name, one.person) for one in people if mine and one.person == mine.pk), None)


def first_group(organisation: Organisation, on: date, wanted: str) -> tuple[str, list[str]]:
    """The party group that a page is about, and all there are."""
    names = [group.name for group in groups_of(organisation, on) if group.party_group]
    return (wanted if wanted in names else next(iter(names), "")), names
