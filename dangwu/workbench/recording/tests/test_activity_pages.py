"""Activities as they are read and listed: by whoever keeps them, by whoever was expected, and by nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, doing
from dangwu.organisations.models import Organisation
from dangwu.records.facts import activity_facts
from dangwu.records.models import Activity
from dangwu.records.services.minuting import conclude_activity
from dangwu.records.told import Away, Matter, Told, Vote
from dangwu.workbench.recording.rulings import facts_kept
from dangwu.workbench.recording.tests.conftest import TODAY
from dangwu.workbench.recording.tests.test_own_year import YEAR
from tests.accounts import account, sign_in
from tests.cast import Bureau

pytestmark = pytest.mark.django_db
BY = CommandLine("test")


def conclude(office: Organisation, **more: Any) -> Activity:  # noqa: ANN401 - whatever is told
    told: dict[str, Any] = {"kind": "general_assembly", "held_on": TODAY, "topic": "讨论年度工作"} | more
    return conclude_activity(by=BY, organisation=office, told=Told(**told), today=TODAY)


@pytest.fixture
def held(place: Bureau, office: Organisation) -> Activity:
    return conclude(
        office,
        absent=(Away(place.people["谷雨"].pk, "出差"),),
        agenda=(Matter("工作计划", "通过"),),
        votes=(Vote("通过工作计划", 6, 1),),
        minutes="第一段。\n<b>第二段</b>",
    )


def member(place: Bureau, name: str) -> Client:
    person = place.people[name]
    person.account = account(f"member{person.pk}", name=name)
    with doing(Deed("test", BY)):
        person.save()
    return sign_in(Client(), person.account)


def test_it_is_read_with_numbers_reasons_and_what_the_rules_say(page: Client, held: Activity) -> None:
    words = page.get(reverse("activity", args=[held.pk])).content.decode()
    for told in (
        "应到 8 人，实到 7 人",
        "谷雨（出差）",
        "赞成 6 票，反对 1 票，弃权 0 票",
        "决议通过",
        "党员大会每季度",
    ):
        assert told in words
    assert "&lt;b&gt;第二段&lt;/b&gt;" in words


def test_what_is_judged_is_what_the_engine_judges(place: Bureau, held: Activity) -> None:
    (kept,) = activity_facts(place.unit.pk, YEAR, ["general_assembly"])
    assert facts_kept(held) == [{name: kept[name] for name in ("activity", "expected", "present", "in_favour")}]


def test_whoever_was_expected_reads_it_and_a_stranger_does_not(place: Bureau, held: Activity) -> None:
    address = reverse("activity", args=[held.pk])
    assert member(place, "谷雨").get(address).status_code == 200
    assert member(place, "方圆").get(address).status_code == 404


def test_a_members_reader_sees_no_history_and_no_buttons(place: Bureau, held: Activity) -> None:
    words = member(place, "谷雨").get(reverse("activity", args=[held.pk])).content.decode()
    assert "办理经过" not in words
    assert "更正" not in words
    assert "minutes.docx" not in words


def test_its_papers_are_one_tap_away_once_it_is_concluded(page: Client, held: Activity) -> None:
    words = page.get(reverse("activity", args=[held.pk])).content.decode()
    for suffix in (".docx", ".pdf"):
        address = reverse("minutes-file", args=[held.pk, suffix])
        assert address in words
        assert page.get(address).status_code == 200


def test_the_list_finds_filters_and_exports(page: Client, office: Organisation, held: Activity) -> None:
    conclude(office, kind="theme_day", topic="参观纪念馆")
    assert held.organisation_id == office.pk
    address = reverse("activities")
    assert "参观纪念馆" not in page.get(address, {"kind": "general_assembly"}).content.decode()
    assert "讨论年度工作" not in page.get(address, {"q": "纪念馆"}).content.decode()
    chosen = {"organisation": "办公室党支部", "organisation_key": str(office.pk)}
    assert "讨论年度工作" in page.get(address, chosen).content.decode()
    assert page.get(address, {"as": "xlsx"})["Content-Type"].endswith("sheet")


def test_a_list_costs_the_same_however_long(
    page: Client, office: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        conclude(office, kind="theme_day", topic=f"第 {number} 次")
    page.get(reverse("activities"))
    with django_assert_max_num_queries(14):
        page.get(reverse("activities"))


def test_a_branch_sees_its_year_by_month(page: Client, office: Organisation, held: Activity) -> None:  # noqa: ARG001 - it is there
    words = page.get(reverse("organisation-activities", args=[office.pk])).content.decode()
    assert "5 月" in words
    assert "讨论年度工作" in words
    assert (
        "讨论年度工作"
        not in page.get(reverse("organisation-activities", args=[office.pk]) + "?year=2025").content.decode()
    )


def test_the_choice_of_kinds_says_when_each_was_held_last(page: Client, office: Organisation, held: Activity) -> None:  # noqa: ARG001 - it is there
    words = page.get(reverse("record-choose", args=[office.pk])).content.decode()
    assert "上次 5月12日" in words
    assert "中心组学习" not in words
