"""What a clerk does on the pages of a member, form by form."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.scope import Scope
from dangwu.members.models import Affiliation, Membership, Person
from dangwu.members.services.lines import change_membership
from dangwu.members.services.posts import take_post
from dangwu.members.tests.accounts import signed_in, somebody
from dangwu.members.tests.conftest import BY, FOUNDED, House
from dangwu.members.tests.sending import in_two_steps, messages_on, send
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standings

DAY = date(2026, 6, 1)


@pytest.fixture
def clerk(house: House) -> Client:
    return signed_in(somebody("clerk", house.committee))


@pytest.fixture
def zhong(house: House) -> Person:
    return house.register("钟正", house.office)


def of(name: str, person: Person, *more: object) -> str:
    return reverse(name, args=[person.pk, *more])


def picked(organisation: Organisation) -> dict[str, object]:
    return {"organisation": "", "organisation_key": organisation.pk}


def test_somebody_is_registered(house: House, clerk: Client) -> None:
    told = {"name": "白露", "kind": "full", "on": "2026-06-01", "phone": "13900001111", "birth": "1986-03"}
    answer = send(clerk, reverse("member-new"), **told, **picked(house.office))
    assert answer.status_code == 302
    person = Person.objects.unscoped("a test").get(name="白露")
    assert (person.initials, person.birth) == ("bl", "1986-03")
    assert house.roster(DAY) == {"办公室党支部": ["白露"]}


def test_a_namesake_is_asked_about(house: House, clerk: Client, zhong: Person) -> None:
    told = {"name": zhong.name, "kind": "full", "on": "2026-06-01", **picked(house.personnel)}
    asked = send(clerk, reverse("member-new"), **told)
    assert asked.status_code == 422
    assert "已登记有同名人员：钟正（办公室党支部）" in asked.content.decode()
    assert send(clerk, reverse("member-new"), **told, is_another="on").status_code == 302


def test_an_edit_needs_a_reason_and_keeps_numbers_that_were_left_empty(clerk: Client, zhong: Person) -> None:
    url = of("member-describe", zhong)
    assert send(clerk, url, name="钟正", phone="13900001111", reason="补登").status_code == 422
    assert send(clerk, url, name="钟正", phone="13900001111", reason="本人提供").status_code == 302
    assert send(clerk, url, name="钟正", education="大学", reason="本人提供证书").status_code == 302
    zhong.refresh_from_db()
    assert zhong.phone is not None
    assert (zhong.phone.masked, zhong.education) == ("139****1111", "大学")


def test_the_slower_of_two_editors_sees_both(clerk: Client, zhong: Person) -> None:
    url = of("member-describe", zhong)
    seen = clerk.get(url).context["form"].initial["version"]
    assert send(clerk, url, name="钟正", education="大学", reason="本人提供").status_code == 302
    late = {"idempotency_key": uuid4(), "version": seen, "name": "钟正", "education": "研究生", "reason": "本人提供"}
    answer = clerk.post(url, late)
    assert answer.status_code == 409
    assert "大学" in answer.content.decode()


def test_a_transfer_and_a_change_of_stage(house: House, clerk: Client) -> None:
    person = house.register("谷雨", house.office, kind="probationary")
    assert send(clerk, of("member-advance", person), kind="full", on="2026-06-01").status_code == 302
    moved = send(clerk, of("member-transfer", person), on="2026-06-01", **picked(house.personnel))
    assert moved.status_code == 302
    assert house.roster(DAY) == {"人事处党支部": ["谷雨"]}
    full = Membership.objects.unscoped("a test").get(person=person, kind="full")
    assert full.confirmed_on == DAY


def test_whoever_left_can_come_back(house: House, clerk: Client, zhong: Person) -> None:
    assert send(clerk, of("member-leave", zhong), on="2026-06-01", reason="转往外省某单位").status_code == 302
    assert clerk.get(of("member", zhong)).status_code == 200
    assert send(clerk, of("member-transfer", zhong), on="2026-07-01", **picked(house.personnel)).status_code == 302
    assert house.roster(date(2026, 6, 30)) == {}
    assert house.roster(date(2026, 7, 1)) == {"人事处党支部": ["钟正"]}


def test_a_post_is_taken_and_left(house: House, clerk: Client, zhong: Person) -> None:
    taken = send(clerk, of("post-take", zhong), kind="secretary", on="2026-06-01", **picked(house.office))
    assert taken.status_code == 302
    post = zhong.posts.unscoped("a test").get()
    assert send(clerk, of("post-leave", zhong, post.pk), on="2026-09-01").status_code == 302
    post.refresh_from_db()
    assert post.valid_until == date(2026, 9, 1)


def test_circumstances_are_told_from_a_day_on(clerk: Client, zhong: Person) -> None:
    url = of("member-settle", zhong)
    assert send(clerk, url, employment="in_service", on="2026-06-01").status_code == 302
    assert send(clerk, url, employment="retired", infirm="on", on="2026-09-01").status_code == 302
    told = [(row.employment, row.infirm) for row in zhong.circumstances.unscoped("a test").order_by("valid_from")]
    assert told == [("in_service", False), ("retired", True)]


def test_a_row_is_corrected_with_a_reason(clerk: Client, zhong: Person) -> None:
    row = zhong.affiliations.unscoped("a test").get()
    url = of("member-correct", zhong, "affiliation", row.pk)
    assert send(clerk, url, valid_from="2024-03-01", reason="按介绍信更正").status_code == 302
    assert Affiliation.objects.unscoped("a test").get(pk=row.pk).valid_from == date(2024, 3, 1)
    assert AuditEntry.objects.latest("sequence").reason == "按介绍信更正"


def test_a_number_is_shown_for_a_purpose_once(clerk: Client, zhong: Person) -> None:
    send(clerk, of("member-describe", zhong), name="钟正", phone="13900001111", reason="本人提供")
    url = of("member-reveal", zhong, "phone")
    assert "13900001111" not in clerk.get(url).content.decode()
    assert "13900001111" not in send(clerk, url, purpose="看").content.decode()
    shown = send(clerk, url, purpose="通知参加党员大会")
    assert "13900001111" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.verb, entry.reason) == ("member.reveal", "通知参加党员大会")


def test_a_phone_that_is_given_up_is_taken_away_for_a_reason(clerk: Client, zhong: Person) -> None:
    url, told = of("member-describe", zhong), {"name": "钟正", "reason": "本人告知已停用"}
    assert "no_phone" not in clerk.get(url).context["form"].fields
    send(clerk, url, phone="13900001111", **told)
    assert send(clerk, url, phone="13900002222", no_phone="on", **told).status_code == 422
    assert send(clerk, url, no_phone="on", **told).status_code == 302
    zhong.refresh_from_db()
    assert zhong.phone is None
    assert AuditEntry.objects.latest("sequence").reason == "本人告知已停用"


def test_an_account_is_linked_by_finding_it_and_parted_again(clerk: Client, zhong: Person) -> None:
    account = somebody("zhongzheng")
    assert send(clerk, of("member-link", zhong), account="", account_key=account.pk).status_code == 302
    assert "zhongzheng" in clerk.get(of("member", zhong)).content.decode()
    assert send(clerk, of("member-unlink", zhong), reason="关联错了人").status_code == 302
    zhong.refresh_from_db()
    assert zhong.account is None


def test_the_history_tells_what_came_and_what_was_put_right(house: House, clerk: Client, zhong: Person) -> None:
    take_post(by=BY, person=zhong, organisation=house.office, kind="secretary", on=DAY)
    send(clerk, of("member-describe", zhong), name="钟正", education="大学", reason="本人提供证书")
    change_membership(by=BY, person=zhong, kind="ended", ending="died", on=date(2027, 1, 1))
    told = [f"{event.kind}：{event.title}" for event in clerk.get(of("member", zhong)).context["timeline"].events]
    assert "任职：任办公室党支部 · 书记" in told
    assert "更正：修改基本情况" in told
    assert "组织关系：编入办公室党支部" in told
    assert told[0] in {"党籍：党籍终止", "卸任：不再任办公室党支部 · 书记", "组织关系：组织关系转出办公室党支部"}


# --- reorganising


def names_on(day: date) -> list[str]:
    return [standing.name for standing in standings(Scope.everything(day))]


def test_a_merger_says_first_who_goes_where(house: House, clerk: Client, zhong: Person) -> None:
    url = reverse("organisation-merge", args=[house.personnel.pk])
    before, after = in_two_steps(clerk, url, organisations=[house.office.pk])
    assert "1 名党员的组织关系转入“人事处党支部”" in before[0]
    assert after.status_code == 302
    assert house.roster(DAY) == {"人事处党支部": [zhong.name]}
    assert names_on(FOUNDED) == ["机关党委", "办公室党支部", "人事处党支部"]


def test_nothing_has_happened_before_it_is_confirmed(house: House, clerk: Client, zhong: Person) -> None:
    url = reverse("organisation-dissolve", args=[house.office.pk])
    told = {"idempotency_key": uuid4(), "on": "2026-06-01", "heir": "", "heir_key": house.personnel.pk}
    entries = AuditEntry.objects.count()
    assert clerk.post(url, told).status_code == 200
    assert house.roster(DAY) == {"办公室党支部": [zhong.name]}
    assert AuditEntry.objects.count() == entries


def test_a_split_takes_those_who_are_ticked(house: House, clerk: Client, zhong: Person) -> None:
    house.register("方圆", house.office)
    url = reverse("organisation-split", args=[house.office.pk])
    before, after = in_two_steps(clerk, url, name="机要室党支部", kind="branch", members=[zhong.pk])
    assert "1 名党员转入新党组织：钟正。其余 1 名留在原处。" in before
    assert after.status_code == 302
    assert house.roster(DAY) == {"办公室党支部": ["方圆"], "机要室党支部": ["钟正"]}


def test_a_dissolution_that_cannot_be_is_refused_at_once(house: House, clerk: Client, zhong: Person) -> None:
    url = reverse("organisation-dissolve", args=[house.office.pk])
    answer = clerk.post(url, {"idempotency_key": uuid4(), "on": "2026-06-01", "heir": ""})
    assert answer.status_code == 422
    assert "还有 1 名党员的组织关系在这里" in answer.content.decode()
    assert zhong.pk


def test_whoever_dissolved_an_organisation_comes_to_the_one_that_took_over(
    house: House, clerk: Client, zhong: Person
) -> None:
    url = reverse("organisation-dissolve", args=[house.office.pk])
    _, after = in_two_steps(clerk, url, heir="", heir_key=house.personnel.pk)
    shown = clerk.get(after["Location"])
    assert shown.context["heading"] == "人事处党支部"
    assert messages_on(shown) == ["“办公室党支部”已撤销。这里是接收它的党组织。"]
    assert house.roster(DAY) == {"人事处党支部": [zhong.name]}


def test_what_nobody_took_over_is_shown_on_its_last_day(house: House, clerk: Client) -> None:
    url = reverse("organisation-dissolve", args=[house.office.pk])
    _, after = in_two_steps(clerk, url, heir="")
    shown = clerk.get(after["Location"])
    assert (shown.context["heading"], shown.context["as_of"].on) == ("办公室党支部", date(2026, 5, 31))
    assert messages_on(shown) == ["“办公室党支部”已撤销。以下是它最后一天的情况。"]


def test_what_is_yet_to_be_dissolved_is_still_there(house: House, clerk: Client) -> None:
    url, ahead = reverse("organisation-dissolve", args=[house.office.pk]), timezone.localdate() + timedelta(days=30)
    _, after = in_two_steps(clerk, url, heir="", on=str(ahead))
    shown = clerk.get(after["Location"])
    assert (shown.context["heading"], len(messages_on(shown))) == ("办公室党支部", 1)
