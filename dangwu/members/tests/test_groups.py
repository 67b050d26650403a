"""A group ends on a day: whoever was in it goes on, its leader leads it no longer, and past days keep it."""

from datetime import date, timedelta

import pytest

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.history import as_of
from dangwu.foundation.objections import ObjectionError
from dangwu.members.facts import group_counts
from dangwu.members.models import Affiliation, GroupPlace, Person, Post
from dangwu.members.services.groups import disband_group, join_group
from dangwu.members.services.lines import transfer_person
from dangwu.members.services.posts import take_post
from dangwu.members.services.reorganising import merge_organisations
from dangwu.members.tests.conftest import BY, FOUNDED, House
from dangwu.organisations.models import Group
from dangwu.organisations.services.keeping import change_group, form_group

SINCE, DAY, EVE = FOUNDED + timedelta(days=1), date(2026, 6, 1), date(2026, 5, 31)
WHY = "党员减少，两个小组合为一个"


@pytest.fixture
def first(house: House) -> Group:
    return form_group(by=BY, organisation=house.office, name="第一党小组", on=FOUNDED)


@pytest.fixture
def second(house: House) -> Group:
    return form_group(by=BY, organisation=house.office, name="第二党小组", on=FOUNDED)


@pytest.fixture
def zhong(house: House, first: Group) -> Person:
    """He leads the first group."""
    person = put(house, house.register("钟正", house.office), first)
    take_post(by=BY, person=person, organisation=house.office, kind="group_leader", group=first, on=SINCE)
    return person


def put(house: House, person: Person, group: Group, on: date = SINCE) -> Person:
    transfer_person(by=BY, person=person, organisation=house.office, group=group, on=on)
    return person


def end(group: Group, heir: Group | None = None, on: date = DAY) -> None:
    disband_group(by=BY, row=group, version=group.version, on=on, reason=WHY, heir=heir)


def team(person: Person, day: date) -> str:
    row = Affiliation.objects.of(person=person).select_related("group").get(as_of(day))
    return row.group.name if row.group else ""


def places(person: Person, day: date) -> list[str]:
    rows = GroupPlace.objects.of(person=person).filter(as_of(day))
    return list(rows.order_by("pk").values_list("group__name", flat=True))


def test_those_in_it_go_to_another_group_or_to_none(house: House, zhong: Person, first: Group, second: Group) -> None:
    end(first, heir=second)
    assert (team(zhong, EVE), team(zhong, DAY)) == ("第一党小组", "第二党小组")
    end(second, on=date(2026, 9, 1))
    assert (team(zhong, DAY), team(zhong, date(2026, 9, 1))) == ("第二党小组", "")
    assert house.roster(date(2026, 9, 1)) == {"办公室党支部": ["钟正"]}


def test_its_leader_leads_it_until_the_day_and_keeps_other_posts(house: House, zhong: Person, first: Group) -> None:
    take_post(by=BY, person=zhong, organisation=house.office, kind="publicity_member", on=SINCE)
    end(first)
    held = Post.objects.of(person=zhong)
    assert {post.kind for post in held.filter(as_of(EVE))} == {"group_leader", "publicity_member"}
    assert {post.kind for post in held.filter(as_of(DAY))} == {"publicity_member"}


def test_it_is_one_entry_in_the_audit_with_its_reason(zhong: Person, first: Group, second: Group) -> None:
    before = AuditEntry.objects.count()
    end(first, heir=second)
    entry = AuditEntry.objects.latest("sequence")
    assert AuditEntry.objects.count() == before + 1
    assert (entry.verb, entry.reason) == ("group.disband", WHY)
    assert all(model in entry.body for model in ("members.affiliation", "members.post", "organisations.group"))
    assert zhong.name not in entry.body


def test_places_beside_the_party_group_go_on_too_and_nobody_has_two(house: House, first: Group, second: Group) -> None:
    helping = form_group(by=BY, organisation=house.office, name="互助组", on=FOUNDED, mutual_help_group=True)
    both, one = (put(house, house.register(name, house.office), first) for name in ("方圆", "严明"))
    for person, group in ((both, helping), (both, second), (one, helping)):
        join_group(by=BY, person=person, group=group, on=SINCE)
    end(helping, heir=second)
    assert places(both, EVE) == ["互助组", "第二党小组"]
    assert (places(both, DAY), places(one, DAY)) == (["第二党小组"], ["第二党小组"])


def test_a_group_that_became_one_of_other_kinds_ends_with_all_who_were_in_it(zhong: Person, first: Group) -> None:
    kinds = {"party_group": True, "mutual_help_group": True}
    changed = change_group(by=BY, row=first, version=first.version, on=date(2026, 1, 1), kinds=kinds)
    end(changed)
    assert (team(zhong, EVE), team(zhong, DAY)) == ("第一党小组", "")
    assert not Post.objects.of(person=zhong).filter(as_of(DAY)).exists()


def test_a_group_that_became_one_of_other_kinds_counts_once(house: House, zhong: Person, first: Group) -> None:
    kinds = {"party_group": True, "mutual_help_group": True}
    changed = change_group(by=BY, row=first, version=first.version, on=date(2026, 1, 1), kinds=kinds)
    put(house, house.register("方圆", house.office), changed, on=date(2026, 2, 1))
    assert group_counts(house.unit.pk, DAY) == {house.office.pk: 1}
    assert (changed.pk, team(zhong, DAY)) != (first.pk, "")


def test_it_does_not_end_before_somebody_came(house: House, first: Group) -> None:
    put(house, house.register("方圆", house.office), first, on=date(2026, 7, 1))
    with pytest.raises(ObjectionError, match="2026-07-01 已登记有人编入这个小组"):
        end(first)


def test_nobody_is_put_into_a_group_whose_end_is_known(house: House, first: Group) -> None:
    person = house.register("方圆", house.office)
    end(first)
    first.refresh_from_db()
    with pytest.raises(ObjectionError, match="已登记自 2026-06-01 起撤销"):
        put(house, person, first, on=EVE)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"name": "互助组", "party_group": False, "mutual_help_group": True, "on": FOUNDED}, "请选择一个党小组"),
        ({"name": "第三党小组", "on": date(2026, 7, 1)}, "自 2026-07-01 起才设立"),
    ],
)
def test_what_cannot_take_over_is_refused(
    house: House, zhong: Person, first: Group, told: dict[str, object], refusal: str
) -> None:
    heir = form_group(by=BY, organisation=house.office, **told)  # type: ignore[arg-type] # what the cases give
    with pytest.raises(ObjectionError, match=refusal):
        end(first, heir=heir)
    assert team(zhong, DAY) == "第一党小组"


def test_the_group_of_another_organisation_does_not_take_over(house: House, zhong: Person, first: Group) -> None:
    elsewhere = form_group(by=BY, organisation=house.personnel, name="第二党小组", on=FOUNDED)
    with pytest.raises(ObjectionError, match="不在所选的党组织中"):
        end(first, heir=elsewhere)
    assert team(zhong, DAY) == "第一党小组"


@pytest.mark.parametrize("joined", [SINCE, DAY])
def test_whoever_goes_elsewhere_leaves_the_groups_that_he_was_in(house: House, second: Group, joined: date) -> None:
    moved, merged = (house.register(name, house.office) for name in ("方圆", "严明"))
    for person in (moved, merged):
        join_group(by=BY, person=person, group=second, on=joined)
    transfer_person(by=BY, person=moved, organisation=house.personnel, on=DAY)
    assert (places(moved, DAY), places(merged, DAY)) == ([], ["第二党小组"])
    merge_organisations(by=BY, organisations=[house.office], into=house.personnel, on=DAY)
    assert places(merged, DAY) == []
    assert places(moved, EVE) == places(merged, EVE) == (["第二党小组"] if joined == SINCE else [])
