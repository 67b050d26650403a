"""Who is in which group beside his party group, and the end of groups."""

from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import as_of, change_many, close, close_many, open_line
from dangwu.foundation.undo.checks import freely
from dangwu.members.models import Affiliation, GroupPlace, Person, Post
from dangwu.members.policies import may_keep, may_keep_row
from dangwu.organisations.models import Group
from dangwu.organisations.queries import standing_of
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
def disband_group(*, by: Actor, row: Group, on: date) -> Group:
    """End a group on a day; whoever was in it stays in the organisation without one. Raises ObjectionError."""
    members = list(Affiliation.objects.of(group=row).filter(as_of(on)))
    change_many(members, on=on, new=[{"group_id": None} for _ in members])
    close_many(GroupPlace.objects.of(group=row).filter(valid_until__gt=on), on=on)
    close_many(Post.objects.of(group=row).filter(valid_until__gt=on), on=on)
    standing = standing_of(row.organisation, on)
    open_deed().about(row.organisation, name=standing.name, place=standing.path)
    return close(row, on=on)
