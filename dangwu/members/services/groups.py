"""Who is in which group beside his party group, and the end of groups."""

from collections.abc import Iterable, Sequence
from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import as_of, change_many, close, close_many, open_line, open_lines
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.undo.checks import freely
from dangwu.members.models import Affiliation, GroupPlace, Person, Post
from dangwu.members.policies import may_keep, may_keep_row
from dangwu.members.queries import rows_in
from dangwu.members.services.posts import end_posts
from dangwu.organisations.models import Group
from dangwu.organisations.queries import lasting_group, standing_of
from dangwu.organisations.services.keeping import may_keep_row as may_keep_group


@action("member.join_group", allow=may_keep, undo=freely)
def join_group(*, by: Actor, person: Person, group: Group, on: date) -> GroupPlace:
    """Put somebody into a group beside his party group from a day on. Raises ObjectionError."""
    place = GroupPlace(unit_id=person.unit_id, person=person, group=group, valid_from=on, valid_until=group.valid_until)
    open_deed().about(person)
    return open_line(place)


@action("member.leave_group", allow=may_keep_row, undo=freely)
def leave_group(*, by: Actor, row: GroupPlace, on: date) -> GroupPlace:
    """Take somebody out of a group from a day on. Raises ObjectionError."""
    open_deed().about(row.person)
    return close(row, on=on)


@action("group.disband", allow=may_keep_group, undo=freely)
def disband_group(*, by: Actor, row: Group, version: int, on: date, reason: str, heir: Group | None = None) -> Group:
    """End a group on a day: whoever is in it goes on to another of the same organisation, else he is in none, and its
    leader is its leader no longer. Raises ObjectionError, ConflictError.
    """
    if not reason.strip():
        raise ObjectionError("请写明理由，例如“党员减少，两个小组合为一个”。", field="reason")
    open_deed().reason = reason.strip()
    _refuse_later(row, on)
    members = list(rows_in(row, Affiliation).filter(as_of(on)))
    if heir is not None:
        _refuse_unfit(heir, row, on, holds_members=bool(members))
    change_many(members, on=on, new=[{"group_id": heir.pk if heir else None} for _ in members])
    _hand_on(list(rows_in(row, GroupPlace).filter(as_of(on))), heir, on)
    end_posts(rows_in(row, Post).filter(kind=Post.Kind.GROUP_LEADER, valid_until__gt=on), on=on)
    row.version = version
    standing = standing_of(row.organisation, on)
    open_deed().about(row.organisation, name=standing.name, place=standing.path)
    return close(row, on=on)


def end_places(places: Iterable[GroupPlace], *, on: date) -> None:
    """End many places in groups; one that begins on that day or later has never been held, and goes away. Part of an
    action.
    """
    every = list(places)
    close_many(every, on=on)
    for place in (place for place in every if place.valid_from >= on):
        place.delete()


def _hand_on(places: Sequence[GroupPlace], heir: Group | None, on: date) -> None:
    """End places in a group; whoever is not yet in the heir gets his place there."""
    if heir is not None:
        there = {*_people_in(heir, Affiliation, on), *_people_in(heir, GroupPlace, on)}
        coming = [place for place in places if place.person_id not in there]
        open_lines([_instead(place, heir, on) for place in coming])
    close_many(places, on=on)


def _instead(place: GroupPlace, group: Group, on: date) -> GroupPlace:
    return GroupPlace(
        unit_id=place.unit_id, person_id=place.person_id, group=group, valid_from=on, valid_until=place.valid_until
    )


def _people_in(group: Group, model: type[Affiliation | GroupPlace], on: date) -> Iterable[int]:
    return rows_in(group, model).filter(valid_until__gt=on).values_list("person", flat=True)


def _refuse_later(group: Group, on: date) -> None:
    """Refuse to end a group before somebody came into it."""
    later = (
        rows_in(group, Affiliation).filter(valid_from__gt=on).order_by("valid_from").first(),
        rows_in(group, GroupPlace).filter(valid_from__gte=on).order_by("valid_from").first(),
    )
    if days := [row.valid_from for row in later if row]:
        told = f"{min(days)} 已登记有人编入这个小组。请把撤销日期改在那之后，或者先更正那次编入。"
        raise ObjectionError(told, field="on")


def _refuse_unfit(heir: Group, group: Group, on: date, *, holds_members: bool) -> None:
    """Refuse a group that cannot take over."""
    lasting_group(heir, group.organisation, field="heir")
    if heir.name == group.name:
        raise ObjectionError("请选择另一个小组。", field="heir")
    if heir.valid_from > on:
        raise ObjectionError(f"“{heir.name}”自 {heir.valid_from} 起才设立，请核对日期或者另选一个。", field="heir")
    if holds_members and not heir.party_group:
        raise ObjectionError(f"其中有人以“{group.name}”为党小组，请选择一个党小组。", field="heir")
