"""The first page tells everybody what waits for him, and nothing else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dangwu.access.models import Account, Appointment
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.checkpoints import checkpoint_now
from dangwu.foundation.deeds import Deed, doing
from dangwu.foundation.pages.parts import StatTile, StatTiles
from dangwu.foundation.ticking import TickRun, tick
from dangwu.members.models import Membership
from dangwu.organisations.models import Term
from dangwu.workbench.home_panels import Panel, panels
from tests.accounts import actor, appointed, cast_of_accounts, sign_in
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau, bureau

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

ON = date(2026, 11, 23)


@pytest.fixture
def place() -> Bureau:
    return bureau()


def clerk_of(place: Bureau, name: str = COMMITTEE, role: str = Appointment.Role.CLERK) -> Account:
    return appointed(to=place.standings[name].organisation, role=role)


def shown(who: Account, on: date = ON) -> dict[str, Panel]:
    return {panel.title: panel for panel in panels(actor(who, on))}


def figures(panel: Panel) -> dict[str, StatTile]:
    (tiles,) = (part for part in panel.parts if isinstance(part, StatTiles))
    return {tile.title: tile for tile in tiles.tiles}


def end_term(place: Bureau, name: str, until: date) -> None:
    with doing(Deed("test", CommandLine("test"))):
        terms = Term.objects.unscoped("a test sets the stage").filter(organisation=place.place(name))
        terms.update(until=until, postponed_until=None)


def on_probation(place: Bureau, name: str, since: date) -> None:
    with doing(Deed("test", CommandLine("test"))):
        rows = Membership.objects.unscoped("a test sets the stage").filter(person=place.people[name])
        rows.update(kind=Membership.Kind.PROBATIONARY, joined_on=since)


def test_a_clerk_sees_his_organisations_and_how_many_belong_to_them(place: Bureau) -> None:
    told = figures(shown(clerk_of(place))["我的党组织"])
    assert {title: tile.value for title, tile in told.items()} == {COMMITTEE: 13}
    assert told[COMMITTEE].note.endswith("党务工作人员")


def test_a_clerk_is_told_of_terms_that_end_within_six_months(place: Bureau) -> None:
    clerk = clerk_of(place)
    end_term(place, OFFICE, date(2027, 5, 23))
    end_term(place, PERSONNEL, date(2027, 5, 24))
    panel = shown(clerk)["近期要办"]
    assert figures(panel)["届期将满"].value == 1
    assert f"{OFFICE}届满" in str(panel.parts[1])


def test_a_clerk_is_told_of_probations_that_end_within_three_months(place: Bureau) -> None:
    on_probation(place, "白露", date(2026, 2, 23))
    on_probation(place, "谷雨", date(2026, 2, 24))
    panel = shown(clerk_of(place, OFFICE))["近期要办"]
    assert figures(panel)["预备期将满"].value == 1
    assert "白露预备期满" in str(panel.parts[1])


def test_nothing_is_told_of_what_lies_elsewhere(place: Bureau) -> None:
    end_term(place, PERSONNEL, ON)
    on_probation(place, "江河", date(2025, 12, 1))
    panel = shown(clerk_of(place, OFFICE))["近期要办"]
    assert [figures(panel)[title].value for title in ("届期将满", "预备期将满")] == [0, 0]


def test_the_first_page_shows_the_panels(client: Client, place: Bureau) -> None:
    answer = sign_in(client, clerk_of(place)).get(reverse("home"))
    page = answer.content.decode()
    assert all(text in page for text in ("首页", "我的党组织", "近期要办", COMMITTEE))
    assert client.post(reverse("home")).status_code == 405


def test_every_figure_opens_its_list(client: Client, place: Bureau) -> None:
    cast = cast_of_accounts()
    checkpoint_now(timezone.now())
    tick(timezone.now())
    for who in (clerk_of(place), cast.system, cast.security, cast.audit):
        sign_in(client, who)
        for panel in panels(actor(who)):
            for part in panel.parts:
                tiles = part.tiles if isinstance(part, StatTiles) else ()
                assert {client.get(tile.url).status_code for tile in tiles} <= {200}


def test_the_administrators_of_an_empty_site_are_told_what_to_do_first() -> None:
    cast = cast_of_accounts()
    steps = shown(cast.system)["开始使用"].steps
    assert [(step.done, bool(step.url)) for step in steps[:3]] == [(False, True), (False, True), (True, False)]
    assert [step.title for step in shown(cast.security)["开始使用"].steps if step.url] == ["把账号任用到党组织"]
    assert "开始使用" not in shown(cast.audit)


def test_a_site_that_is_set_up_needs_no_first_steps(place: Bureau) -> None:
    clerk_of(place)
    assert "开始使用" not in shown(cast_of_accounts().system)


def test_the_system_administrator_sees_what_the_doctor_said() -> None:
    cast = cast_of_accounts()
    now = timezone.now()
    TickRun.objects.create(job="doctor", last_at=now, done_at=now, said="1 项要留意\n！ 磁盘")
    assert figures(shown(cast.system)["网站"])["网站检查"].value == "1 项要留意"


def test_the_security_administrator_sees_what_ends_and_who_cannot_work(place: Bureau) -> None:
    cast = cast_of_accounts()
    clerk_of(place)
    with doing(Deed("test", CommandLine("test"))):
        Appointment.objects.unscoped("a test").update(valid_until=ON + timedelta(days=30))
    told = figures(shown(cast.security)["任用"])
    assert (told["任用"].value, told["即将结束的任用"].value) == (1, 1)
    assert told["任职没有账号"].value == 6


def test_somebody_without_any_right_is_told_whom_to_ask() -> None:
    assert list(shown(cast_of_accounts().nobody)) == ["还没有可以查看的内容"]


def test_lists_behind_figures_are_for_those_who_may(client: Client, place: Bureau) -> None:
    sign_in(client, clerk_of(place))
    assert client.get(reverse("posts-without-account")).status_code == 404
    assert client.get(reverse("system")).status_code == 404
    assert client.get(reverse("terms-ending")).status_code == 200


def test_a_list_of_people_leaves_with_a_word_in_the_audit(client: Client, place: Bureau) -> None:
    on_probation(place, "白露", timezone.localdate() - timedelta(days=360))
    sign_in(client, clerk_of(place))
    assert client.get(reverse("probations-ending"), {"as": "xlsx"}).status_code == 200
    page = client.get(reverse("probations-ending")).content.decode()
    assert ("白露" in page, "还有" in page) == (True, True)
