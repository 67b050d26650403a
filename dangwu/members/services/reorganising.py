"""Merging, splitting and dissolving organisations with everybody in them: members are carried along, none is lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import as_of, change_many
from dangwu.foundation.objections import ObjectionError
from dangwu.members.models import Affiliation, GroupPlace, Post
from dangwu.members.services.groups import end_places
from dangwu.members.services.posts import end_posts
from dangwu.organisations.models import Organisation, Standing
from dangwu.organisations.policies import may_found, may_reorganise
from dangwu.organisations.queries import lasting_standing, standing_of
from dangwu.organisations.services.reorganising import dissolve, found_organisation, move

HERE = "part of an action on organisations that its policy has let pass"


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of an organisation becomes: a new organisation beside it, with these of its members and of the
    organisations below it.
    """

    name: str
    kind: str
    members: Collection[int] = ()
    children: Collection[int] = ()
    short_name: str = ""


def may_merge(*, by: Actor, organisations: Sequence[Organisation], into: Organisation, on: date, **_: object) -> bool:
    """Whether the actor reorganises above all of them."""
    return all(may_reorganise(by=by, organisation=organisation, on=on) for organisation in [*organisations, into])


def may_dissolve(*, by: Actor, organisation: Organisation, heir: Organisation | None, on: date, **_: object) -> bool:
    """Whether the actor reorganises above it, and at the organisation to which its members go."""
    may_take = heir is None or may_found(by=by, parent=heir, on=on)
    return may_reorganise(by=by, organisation=organisation, on=on) and may_take


@action("organisation.merge", allow=may_merge)
def merge_organisations(*, by: Actor, organisations: Sequence[Organisation], into: Organisation, on: date) -> Standing:
    """Let organisations go into another on a day, with their members and all below them. Raises ObjectionError."""
    if not organisations or into in organisations:
        raise ObjectionError("请选择要并入的党组织，并入的和接收的不能相同。", field="organisations")
    for organisation in organisations:
        _hand_over(organisation, into, on)
    return _told(standing_of(into, on))


@action("organisation.split", allow=may_reorganise)
def split_organisation(*, by: Actor, organisation: Organisation, parts: Sequence[Part], on: date) -> list[Standing]:
    """Make parts of an organisation organisations of their own on a day; what no part takes stays.
    Raises ObjectionError.
    """
    standing = standing_of(organisation, on)
    _refuse_taken_twice(parts)
    made = []
    for part in parts:
        new = found_organisation(
            by=by,
            unit=organisation.unit,
            parent=standing.parent,
            name=part.name,
            short_name=part.short_name,
            kind=part.kind,
            on=on,
            stands_in=organisation.stands_in,
        )
        carry_members(_members_of(organisation, on, part.members), new.organisation, on)
        for child in _children_of(organisation, on, part.children):
            move(child, new.organisation, on)
        made.append(new)
    _told(standing)
    return made


@action("organisation.dissolve", allow=may_dissolve)
def dissolve_organisation(*, by: Actor, organisation: Organisation, heir: Organisation | None, on: date) -> Standing:
    """End an organisation on a day; its members and all below it go to the heir. Without one there must be neither.
    Raises ObjectionError.
    """
    if heir is None:
        _refuse_members_left(organisation, on)
        return _told(_end(organisation, on))
    return _told(_hand_over(organisation, heir, on))


def carry_members(members: Sequence[Affiliation], organisation: Organisation, on: date) -> None:
    """Let people belong to another organisation from a day on; their posts and their places in groups of the old one
    end. Part of an action.
    """
    columns = [{"organisation_id": organisation.pk, "group_id": None} for _ in members]
    left = {row.organisation_id for row in members}
    change_many(members, on=on, new=columns)
    people = [row.person_id for row in members]
    posts = Post.objects.unscoped(HERE).filter(person__in=people, organisation__in=left, valid_until__gt=on)
    end_posts(posts, on=on)
    places = GroupPlace.objects.unscoped(HERE).filter(person__in=people, group__organisation__in=left)
    end_places(places.filter(valid_until__gt=on), on=on)


def _hand_over(organisation: Organisation, heir: Organisation, on: date) -> Standing:
    if organisation.pk == heir.pk:
        raise ObjectionError("接收党员的党组织不能是它自己，请另选一个。", field="heir")
    lasting_standing(heir, on)
    carry_members(_members_of(organisation, on), heir, on)
    for child in _children_of(organisation, on):
        move(child, heir, on)
    return _end(organisation, on)


def _end(organisation: Organisation, on: date) -> Standing:
    later = Affiliation.objects.of(organisation=organisation).filter(valid_from__gt=on)
    if first := later.order_by("valid_from").first():
        told = f"{first.valid_from} 已登记有人转入这里，不能在那之前撤销。请把生效日期改在那之后，或者先更正那次转入。"
        raise ObjectionError(told, field="on")
    end_posts(Post.objects.of(organisation=organisation).filter(valid_until__gt=on), on=on)
    return dissolve(organisation, on)


def _members_of(organisation: Organisation, on: date, people: Collection[int] | None = None) -> list[Affiliation]:
    rows = Affiliation.objects.of(organisation=organisation).filter(as_of(on))
    found = list(rows if people is None else rows.filter(person__in=people))
    if people is not None and len(found) < len(set(people)):
        raise ObjectionError("所选的人员中有人在这一天不属于这个党组织，请核对名单。", field="members")
    return found


def _children_of(organisation: Organisation, on: date, wanted: Collection[int] | None = None) -> list[Standing]:
    rows = Standing.objects.of(parent=organisation).filter(as_of(on)).order_by("path")
    return list(rows if wanted is None else rows.filter(organisation__in=wanted))


def _refuse_members_left(organisation: Organisation, on: date) -> None:
    rows = Affiliation.objects.of(organisation=organisation).filter(valid_until__gt=on)
    if number := rows.count():
        raise ObjectionError(f"还有 {number} 名党员的组织关系在这里，请选择由哪个党组织接收。", field="heir")


def _refuse_taken_twice(parts: Sequence[Part]) -> None:
    members = [person for part in parts for person in part.members]
    if not parts or len(members) != len(set(members)):
        raise ObjectionError("请至少列出一个新的党组织，同一名党员只能分到其中一个。", field="parts")


def _told(standing: Standing) -> Standing:
    open_deed().about(standing.organisation, name=standing.name, place=standing.path)
    return standing
