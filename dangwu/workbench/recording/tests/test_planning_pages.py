"""From the plan to the call: what those who should come are told, and what is called off."""

import pytest
from django.test import Client
from django.urls import reverse

from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity
from dangwu.workbench.recording.tests.conftest import Typed, undone

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


@pytest.fixture
def planned(page: Client, office: Organisation, typed: Typed) -> Activity:
    told = typed(
        held_on="2026-05-15", starts_at="14:30", agenda_text=["学习计划"], agenda_outcome=[""], agenda_from=[""]
    )
    page.post(reverse("activity-plan", args=[office.pk, "general_assembly"]), told)
    return Activity.objects.unscoped("a test").get()


def changed(page: Client, name: str, activity: Activity, typed: Typed, **more: str) -> Activity:
    """Send the form of a page about an activity as it is seen."""
    address = reverse(name, args=[activity.pk])
    version = page.get(address).context["form"]["version"].value()
    page.post(address, typed(version=version, **more))
    activity.refresh_from_db()
    return activity


def test_a_plan_is_put_down_and_changed(page: Client, planned: Activity, typed: Typed) -> None:
    assert (planned.state, planned.topic) == ("planned", "讨论年度工作")
    assert changed(page, "activity-replan", planned, typed, held_on="2026-05-16").held_on.day == 16


def test_a_plan_that_is_taken_back_can_be_gone_on_with(page: Client, office: Organisation, typed: Typed) -> None:
    told = typed(held_on="2026-05-15", topic="讨论换届")
    form = undone(page, reverse("activity-plan", args=[office.pk, "general_assembly"]), told)
    assert not Activity.objects.unscoped("a test").exists()
    assert form.initial["topic"] == "讨论换届"


def test_what_has_passed_is_not_planned(page: Client, office: Organisation, typed: Typed) -> None:
    response = page.post(reverse("activity-plan", args=[office.pk, "general_assembly"]), typed())
    assert response.status_code == 422
    assert "已经开展的请直接记录" in response.content.decode()


def test_the_notice_says_who_when_where_and_about_what(page: Client, planned: Activity) -> None:
    words = page.get(reverse("activity-call", args=[planned.pk])).content.decode()
    assert "定于2026年5月15日（星期五） 14:30在三楼会议室开展党员大会，主题为“讨论年度工作”" in words
    assert "钟正、严明、文清" in words
    assert "1．学习计划" in words


def test_that_all_were_told_is_noted_with_its_day(page: Client, planned: Activity, typed: Typed) -> None:
    called = changed(page, "activity-call", planned, typed)
    assert (called.state, str(called.called_on)) == ("called", "2026-05-12")


def test_a_notice_of_the_site_is_drafted_for_those_who_should_come(
    page: Client, planned: Activity, typed: Typed
) -> None:
    address = reverse("activity-call", args=[planned.pk])
    version = page.get(address).context["form"]["version"].value()
    response = page.post(address, typed(version=version, then="draft"), follow=True)
    words = response.content.decode()
    assert "关于开展党员大会的通知" in words
    assert "谷雨" in words


def test_a_calendar_takes_the_activity(page: Client, planned: Activity) -> None:
    told = page.get(reverse("activity-calendar", args=[planned.pk])).content.decode()
    assert "DTSTART;TZID=Asia/Shanghai:20260515T143000" in told
    assert "SUMMARY:办公室党支部党员大会" in told
    assert "LOCATION:三楼会议室" in told


def test_the_code_is_a_picture_of_the_address(page: Client, planned: Activity) -> None:
    response = page.get(reverse("activity-code", args=[planned.pk]))
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")


def test_what_is_called_off_says_why_and_is_not_minuted(page: Client, planned: Activity, typed: Typed) -> None:
    cancelled = changed(page, "activity-cancel", planned, typed, reason="与全局会议冲突")
    assert (cancelled.state, cancelled.cancel_reason) == ("cancelled", "与全局会议冲突")
    assert page.get(reverse("activity-minutes", args=[planned.pk])).status_code == 302


def test_a_plan_opens_its_record_with_what_was_planned(page: Client, planned: Activity) -> None:
    form = page.get(reverse("activity-minutes", args=[planned.pk])).context["form"]
    assert (form.initial["topic"], form.initial["agenda"][0]["text"], form.initial["chair"].name) == (
        "讨论年度工作",
        "学习计划",
        "钟正",
    )
