"""Members are carried along when organisations merge, split and dissolve; past days keep them where they were."""

from datetime import date

import pytest

from dangwu.foundation.objections import ObjectionError
from dangwu.members.models import Post
from dangwu.members.services.posts import take_post
from dangwu.members.services.reorganising import Part, dissolve_organisation, merge_organisations, split_organisation
from dangwu.members.tests.conftest import BY, House
from dangwu.organisations.queries import standing_of
from dangwu.organisations.services.reorganising import rename_organisation

DAY, EVE = date(2026, 6, 1), date(2026, 5, 31)


def test_a_merged_branch_brings_its_members(house: House) -> None:
    house.register("钟正", house.office)
    house.register("方圆", house.personnel)
    merge_organisations(by=BY, organisations=[house.personnel], into=house.office, on=DAY)
    assert house.roster(EVE) == {"办公室党支部": ["钟正"], "人事处党支部": ["方圆"]}
    assert house.roster(DAY) == {"办公室党支部": ["钟正", "方圆"]}
    with pytest.raises(ObjectionError, match="已经撤销"):
        standing_of(house.personnel, DAY)


def test_a_split_takes_some_members_and_leaves_the_others(house: House) -> None:
    house.register("钟正", house.office)
    going = house.register("严明", house.office)
    part = Part(name="机要室党支部", kind="branch", members=[going.pk])
    (new,) = split_organisation(by=BY, organisation=house.office, parts=[part], on=DAY)
    assert house.roster(EVE) == {"办公室党支部": ["钟正", "严明"]}
    assert house.roster(DAY) == {"办公室党支部": ["钟正"], "机要室党支部": ["严明"]}
    assert new.parent == house.committee


def test_dissolving_needs_an_heir_while_there_are_members(house: House) -> None:
    house.register("方圆", house.personnel)
    with pytest.raises(ObjectionError, match="还有 1 名党员"):
        dissolve_organisation(by=BY, organisation=house.personnel, heir=None, on=DAY)
    dissolve_organisation(by=BY, organisation=house.personnel, heir=house.office, on=DAY)
    assert house.roster(DAY) == {"办公室党支部": ["方圆"]}


def test_a_dissolved_committee_hands_its_branches_on(house: House) -> None:
    heir = house.office
    general = split_organisation(
        by=BY,
        organisation=house.office,
        parts=[Part(name="后勤党总支", kind="general_branch", children=[])],
        on=date(2026, 2, 1),
    )[0].organisation
    house.register("谷雨", general, on=date(2026, 3, 1))
    dissolve_organisation(by=BY, organisation=general, heir=heir, on=DAY)
    assert house.roster(DAY) == {"办公室党支部": ["谷雨"]}


def test_posts_in_a_dissolved_organisation_end_on_the_day(house: House) -> None:
    secretary = house.register("方圆", house.personnel)
    post = take_post(by=BY, person=secretary, organisation=house.personnel, kind="secretary", on=date(2025, 3, 1))
    dissolve_organisation(by=BY, organisation=house.personnel, heir=house.office, on=DAY)
    assert Post.objects.unscoped("a test").get(pk=post.pk).valid_until == DAY


def test_a_post_taken_on_the_day_of_the_end_was_never_held(house: House) -> None:
    secretary = house.register("方圆", house.personnel)
    post = take_post(by=BY, person=secretary, organisation=house.personnel, kind="secretary", on=DAY)
    dissolve_organisation(by=BY, organisation=house.personnel, heir=house.office, on=DAY)
    assert not Post.objects.unscoped("a test").filter(pk=post.pk).exists()


def test_nothing_ends_on_the_day_of_another_change(house: House) -> None:
    rename_organisation(by=BY, organisation=house.personnel, name="组织人事处党支部", on=DAY)
    with pytest.raises(ObjectionError, match="当天刚有变动"):
        dissolve_organisation(by=BY, organisation=house.personnel, heir=house.office, on=DAY)


def test_nobody_is_in_two_parts(house: House) -> None:
    person = house.register("钟正", house.office)
    parts = [Part(name=name, kind="branch", members=[person.pk]) for name in ("甲党支部", "乙党支部")]
    with pytest.raises(ObjectionError, match="同一名党员只能分到其中一个"):
        split_organisation(by=BY, organisation=house.office, parts=parts, on=DAY)
