"""What is not final can be taken back: every row is then what it was, whatever the action was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from dangwu.access.models import Appointment
from dangwu.access.services.appointing import end_appointment
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.foundation.undo.keeping import HALF_A_MINUTE, Undo, forget_undos, way_back
from dangwu.foundation.undo.taking_back import BUILT_ON, TOO_LATE, take_back
from dangwu.members.models import GroupPlace, Person, Post
from dangwu.members.services.admitting import describe_admission
from dangwu.members.services.groups import disband_group, join_group, leave_group
from dangwu.members.services.lines import change_circumstances, change_membership, leave, transfer_person
from dangwu.members.services.posts import leave_post, take_post
from dangwu.members.services.registering import describe_person, register_person
from dangwu.members.tests.accounts import linked, somebody
from dangwu.members.tests.conftest import BY, FOUNDED, House
from dangwu.organisations.models import Group
from dangwu.organisations.services.keeping import change_group, describe_organisation, form_group
from dangwu.organisations.services.reorganising import found_organisation, rename_organisation
from tests.accounts import actor, appointed
from tests.undoing import rows

DAY = date(2026, 6, 1)


@dataclass
class Stage:
    """A house with a secretary who has an account and numbers, in two groups; and a clerk of the committee."""

    house: House
    zhong: Person
    post: Post
    group: Group
    place: GroupPlace
    appointment: Appointment


@pytest.fixture
def stage(house: House) -> Stage:
    told = {"phone": "13900001111", "identity": "990101194910010013"}
    office, since = house.office, FOUNDED + timedelta(days=1)
    zhong = register_person(by=BY, organisation=office, name="钟正", kind="full", on=FOUNDED, told=told)
    linked(zhong, somebody("zhong"))
    group, other = (form_group(by=BY, organisation=office, name=name, on=FOUNDED) for name in ("第一小组", "第二小组"))
    transfer_person(by=BY, person=zhong, organisation=office, group=group, on=since)
    place = join_group(by=BY, person=zhong, group=other, on=since)
    post = take_post(by=BY, person=zhong, organisation=office, kind="secretary", on=FOUNDED)
    appointed(house.committee, username="wenqing")
    appointment = Appointment.objects.unscoped("a test").get(account__username="wenqing")
    return Stage(house, zhong, post, group, place, appointment)


ON: dict[str, Any] = {"by": BY, "on": DAY}
WHY: dict[str, Any] = ON | {"reason": "按批复办理"}
OTHERS: dict[str, Any] = {"name": "钟政", "phone": "", "identity": ""}
KINDS = {"party_group": True, "mutual_help_group": True}
DEEDS: dict[str, Callable[[Stage], object]] = {
    "appointment.end": lambda s: end_appointment(appointment=s.appointment, **WHY),
    "group.change": lambda s: change_group(row=s.group, version=s.group.version, kinds=KINDS, **ON),
    "group.disband": lambda s: disband_group(row=s.group, version=s.group.version, heir=s.place.group, **WHY),
    "group.form": lambda s: form_group(organisation=s.house.office, name="第三小组", **ON),
    "member.admission": lambda s: describe_admission(person=s.zhong, version=None, told={"applied": "1998"}, **WHY),
    "member.advance": lambda s: change_membership(person=s.zhong, kind="ended", ending="died", **ON),
    "member.describe": lambda s: describe_person(person=s.zhong, version=s.zhong.version, told=OTHERS, **WHY),
    "member.join_group": lambda s: join_group(person=s.zhong, group=s.group, **ON),
    "member.leave": lambda s: leave(person=s.zhong, **WHY),
    "member.leave_group": lambda s: leave_group(row=s.place, **ON),
    "member.settle": lambda s: change_circumstances(person=s.zhong, employment="retired", **ON),
    "member.transfer": lambda s: transfer_person(person=s.zhong, organisation=s.house.personnel, **ON),
    "organisation.describe": lambda s: describe_organisation(
        organisation=s.house.office, version=s.house.office.version, told={"staff_total": 30}, **ON
    ),
    "organisation.rename": lambda s: rename_organisation(organisation=s.house.office, name="秘书处党支部", **ON),
    "post.leave": lambda s: leave_post(row=s.post, **ON),
    "post.take": lambda s: take_post(person=s.zhong, organisation=s.house.personnel, kind="committee_member", **ON),
}


def done(stage: Stage, verb: str) -> Undo:
    DEEDS[verb](stage)
    return Undo.objects.latest("at")


def back(undo: Undo, *, later: timedelta = timedelta()) -> None:
    take_back(by=BY, undo=undo, now=undo.at + later)


@pytest.mark.parametrize("verb", DEEDS)
def test_every_row_is_again_what_it_was(stage: Stage, verb: str) -> None:
    before = rows()
    undo = done(stage, verb)
    assert rows() != before
    back(undo)
    assert rows() == before


def test_it_is_a_deed_of_its_own_about_the_same(stage: Stage) -> None:
    back(done(stage, "post.leave"))
    first, second = AuditEntry.objects.order_by("-sequence")[:2][::-1]
    assert (second.verb, second.subject, second.place) == ("deed.take_back", first.subject, first.place)
    assert second.reason == f"半分钟内撤回{first}"
    assert "members.post" in second.body


def test_after_half_a_minute_it_stays(stage: Stage) -> None:
    undo = done(stage, "post.leave")
    with pytest.raises(ObjectionError, match=TOO_LATE):
        back(undo, later=HALF_A_MINUTE + timedelta(seconds=1))
    assert not post_of(stage).is_open
    back(undo, later=HALF_A_MINUTE)
    assert post_of(stage).is_open


def post_of(stage: Stage) -> Post:
    return Post.objects.unscoped("a test").get(pk=stage.post.pk)


def test_it_is_undone_once(stage: Stage) -> None:
    undo = done(stage, "post.leave")
    back(undo)
    with pytest.raises(ObjectionError, match=TOO_LATE):
        take_back(by=BY, undo=undo, now=timezone.now())


def test_nobody_undoes_what_another_did(stage: Stage) -> None:
    undo = done(stage, "post.leave")
    with pytest.raises(RefusedError):
        take_back(by=actor(somebody("other", stage.house.committee), DAY), undo=undo, now=undo.at)


BUILT: dict[str, tuple[str, Callable[[Stage], object]]] = {
    "a new row was changed": (
        "organisation.rename",
        lambda s: rename_organisation(by=BY, organisation=s.house.office, name="办公厅党支部", on=DAY),
    ),
    "somebody else has the post": (
        "post.leave",
        lambda s: take_post(
            person=s.house.register("方圆", s.house.office), organisation=s.house.office, kind="secretary", **ON
        ),
    ),
    "the same post was taken again": (
        "post.leave",
        lambda s: take_post(person=s.zhong, organisation=s.house.office, kind="secretary", by=BY, on=DAY),
    ),
    "the number is another's": (
        "member.describe",
        lambda s: register_person(
            organisation=s.house.office, name="方圆", kind="full", told={"identity": "990101194910010013"}, **ON
        ),
    ),
    "the name is another's": (
        "organisation.rename",
        lambda s: found_organisation(
            unit=s.house.unit, parent=s.house.committee, name="办公室党支部", kind="branch", **ON
        ),
    ),
    "somebody is in the new group": (
        "group.form",
        lambda s: join_group(person=s.zhong, group=Group.objects.unscoped("a test").latest("pk"), **ON),
    ),
}


@pytest.mark.parametrize("case", BUILT)
def test_what_something_was_built_on_stays(stage: Stage, case: str) -> None:
    verb, then = BUILT[case]
    undo = done(stage, verb)
    then(stage)
    after = rows()
    with pytest.raises(ObjectionError, match=BUILT_ON):
        back(undo)
    assert rows() == after


def test_what_others_do_elsewhere_does_not_matter(stage: Stage) -> None:
    undo = done(stage, "organisation.rename")
    DEEDS["organisation.describe"](stage)
    back(undo)
    assert stage.house.roster(DAY) == {"办公室党支部": ["钟正"]}


def test_only_what_was_just_done_is_offered(stage: Stage) -> None:
    undo = done(stage, "post.leave")
    assert way_back() == f"/undo/{undo.pk}/"
    assert way_back() == ""
    done(stage, "member.describe")
    register_person(by=BY, organisation=stage.house.office, name="方圆", kind="full", on=DAY)
    assert way_back() == ""


def test_what_cannot_be_undone_any_more_is_forgotten(stage: Stage) -> None:
    undo = done(stage, "member.describe")
    assert "13900001111" not in undo.rows
    forget_undos(now=undo.at + HALF_A_MINUTE + timedelta(seconds=1))
    assert not Undo.objects.exists()
