"""The history of an organisation reads as it was: merged, split and moved, with those whom it concerned."""

from datetime import date

import pytest

from dangwu.foundation.actors import CommandLine
from dangwu.members.services.groups import disband_group
from dangwu.members.services.lines import transfer_person
from dangwu.members.services.registering import register_person
from dangwu.members.services.reorganising import Part, merge_organisations, split_organisation
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import terms_of
from dangwu.organisations.services.keeping import change_group, form_group
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from dangwu.workbench.organisation_chronicle import chronicle

pytestmark = pytest.mark.django_db
BY = CommandLine("test")
FOUNDED, CHANGED, TODAY = date(2024, 1, 1), date(2025, 6, 1), date(2025, 7, 1)


@pytest.fixture
def places() -> dict[str, Organisation]:
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)
    told = {"by": BY, "unit": unit, "on": FOUNDED}
    top = found_organisation(name="机关党委", kind="committee", parent=None, **told).organisation  # type: ignore[arg-type]
    names = ("第一党支部", "第二党支部")
    return {"机关党委": top} | {
        name: found_organisation(name=name, kind="branch", parent=top, **told).organisation  # type: ignore[arg-type]
        for name in names
    }


def titles(organisation: Organisation, on: date = CHANGED) -> list[str]:
    events = chronicle(organisation, terms_of(organisation), today=TODAY)
    return [event.title for event in events if event.day == on]


def registered(where: Organisation, *names: str) -> list[int]:
    return [register_person(by=BY, organisation=where, name=n, kind="full", on=FOUNDED).pk for n in names]


def test_a_merger_is_told_on_both_sides_and_above(places: dict[str, Organisation]) -> None:
    top, first, second = places.values()
    registered(second, "安宁", "白洁")
    merge_organisations(by=BY, organisations=[second], into=first, on=CHANGED)
    assert titles(first) == ["2 名党员由“第二党支部”转入"]
    assert titles(second) == ["“第二党支部”不再存在", "2 名党员转入“第一党支部”"]
    assert titles(top) == ["撤销：第二党支部"]


def test_a_split_is_told_on_both_sides(places: dict[str, Organisation]) -> None:
    top, first, _ = places.values()
    going, _staying = registered(first, "安宁", "白洁")
    part = Part(name="第三党支部", kind="branch", members=[going])
    (new,) = split_organisation(by=BY, organisation=first, parts=[part], on=CHANGED)
    assert titles(first) == ["1 名党员转入“第三党支部”"]
    assert titles(new.organisation) == ["成立，名称为“第三党支部”", "1 名党员由“第一党支部”转入"]
    assert titles(top) == ["新建：第三党支部"]


def test_who_comes_and_goes_by_himself_is_not_told(places: dict[str, Organisation]) -> None:
    _, first, second = places.values()
    person = register_person(by=BY, organisation=first, name="安宁", kind="full", on=FOUNDED)
    transfer_person(by=BY, person=person, organisation=second, on=CHANGED)
    assert titles(first) == titles(second) == []


def test_many_that_were_founded_on_a_day_are_one_event(places: dict[str, Organisation]) -> None:
    top = places["机关党委"]
    for number in range(6):
        found_organisation(
            by=BY, unit=top.unit, parent=top, name=f"第{number}临时党支部", kind="temporary_branch", on=CHANGED
        )
    (title,) = titles(top)
    assert title.endswith("第3临时党支部等 6 个")


def test_groups_are_told_when_they_are_formed_and_when_they_end(places: dict[str, Organisation]) -> None:
    branch = places["第一党支部"]
    first, second = (form_group(by=BY, organisation=branch, name=name, on=FOUNDED) for name in ("甲组", "乙组"))
    kinds = {"party_group": True, "duty_group": True}
    changed = change_group(by=BY, row=first, version=first.version, on=date(2025, 1, 1), kinds=kinds)
    disband_group(by=BY, row=changed, version=changed.version, on=CHANGED, reason="两个小组合为一个", heir=second)
    assert titles(branch, FOUNDED)[1:] == ["设立：乙组、甲组"]
    assert (titles(branch, date(2025, 1, 1)), titles(branch)) == ([], ["撤销：甲组"])


def test_the_groups_that_end_with_a_branch_are_not_told_besides(places: dict[str, Organisation]) -> None:
    _, first, second = places.values()
    form_group(by=BY, organisation=second, name="甲组", on=FOUNDED)
    merge_organisations(by=BY, organisations=[second], into=first, on=CHANGED)
    second.refresh_from_db()
    assert titles(second) == ["“第二党支部”不再存在"]
