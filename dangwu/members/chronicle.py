"""Somebody's whole history as events, the latest first: what came, what went, and what was put right afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from dangwu.foundation.pages.parts import Event
from dangwu.kernel.span import DAWN, FAR
from dangwu.members.held import HeldRow, of_circumstances
from dangwu.members.models import Affiliation, Amendment, Circumstances, GroupPlace, Membership, Person, Post
from dangwu.members.queries import rows_of

Kind = Membership.Kind


def chronicle(person: Person, lines: Sequence[HeldRow], *, today: date, until: date = FAR) -> list[Event]:
    """The events of somebody whose rows these are, up to and including a day; what is yet to come is marked."""
    events = [
        *_membership([row for row in lines if isinstance(row.row, Membership)]),
        *_affiliation([row for row in lines if isinstance(row.row, Affiliation)]),
        *_circumstances([row.row for row in lines if isinstance(row.row, Circumstances)]),
        *_posts(lines),
        *_put_right(person),
    ]
    told = [event for event in events if DAWN < event.day <= min(until, date.max) and event.day != FAR]
    marked = [replace(event, ahead=True) if event.day > today else event for event in told]
    return sorted(marked, key=lambda event: event.day, reverse=True)


def _membership(rows: Sequence[HeldRow]) -> Iterator[Event]:
    told = set()
    for held in rows:
        row = held.row
        for day, title in ((row.joined_on, "入党，成为预备党员"), (row.confirmed_on, "按期转正，成为正式党员")):
            if day and (day, title) not in told:
                told.add((day, title))
                yield Event(day, title, kind="党籍")
    days = {day for day, _ in told}
    for held in rows:
        row = held.row
        if row.valid_from not in days and row.kind:
            title = "党籍终止" if row.kind == Kind.ENDED else f"登记为{row.get_kind_display()}"
            yield Event(row.valid_from, title, row.get_ending_display() if row.ending else "", kind="党籍")


def _affiliation(rows: Sequence[HeldRow]) -> Iterator[Event]:
    """Rows come the latest first."""
    if not rows:
        return
    for after, before in pairwise(rows):
        yield from _between(before, after)
    first, last = rows[-1], rows[0]
    yield Event(_begin(first), f"编入{first.summary}", kind="组织关系")
    yield Event(_end(last), f"组织关系转出{last.summary}", kind="组织关系")


def _between(before: HeldRow, after: HeldRow) -> Iterator[Event]:
    if before.row.valid_until < after.row.valid_from:
        yield Event(before.row.valid_until, f"组织关系转出{before.summary}", kind="组织关系")
        yield Event(after.row.valid_from, f"编入{after.summary}", kind="组织关系")
    elif before.row.organisation_id != after.row.organisation_id:
        yield Event(after.row.valid_from, f"转入{after.summary}", f"由{before.summary}转来", kind="组织关系")
    else:
        group = after.row.group
        yield Event(after.row.valid_from, f"编入{group.name}" if group else "不再编入小组", kind="小组")


def _begin(held: HeldRow) -> date:
    return held.row.valid_from  # type: ignore[no-any-return] # a dated row


def _end(held: HeldRow) -> date:
    return held.row.valid_until  # type: ignore[no-any-return] # a dated row


def _circumstances(rows: Sequence[Circumstances]) -> Iterator[Event]:
    return (Event(row.valid_from, of_circumstances(row), kind="状况") for row in rows)


def _posts(rows: Iterable[HeldRow]) -> Iterator[Event]:
    for held in rows:
        if isinstance(held.row, Post):
            yield Event(held.row.valid_from, f"任{held.summary}", kind="任职")
            yield Event(held.row.valid_until, f"不再任{held.summary}", kind="卸任")
        elif isinstance(held.row, GroupPlace):
            yield Event(held.row.valid_from, f"编入{held.summary}", kind="小组")
            yield Event(held.row.valid_until, f"退出{held.summary}", kind="小组")


def _put_right(person: Person) -> Iterator[Event]:
    for row in rows_of(person, Amendment).order_by("-pk")[:200]:
        yield Event(row.on, row.what, f"{row.told}。{row.reason}（{row.done_by}办理）", kind="更正")
