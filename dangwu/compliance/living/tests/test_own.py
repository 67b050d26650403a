"""What is asked of one member himself, as he finds it when he looks."""

import pytest

from dangwu.compliance.living.own import OwnDuty, own_duties
from dangwu.compliance.living.tests.living import TODAY, do, hold, living
from dangwu.compliance.report import Status
from dangwu.members.models import Person
from tests.cast import OFFICE, Bureau

pytestmark = pytest.mark.django_db
LIFE_MEETING, EACH_QUARTER = "leading-cadre-in-branch-life-meeting", "leading-cadre-in-branch-life-each-quarter"


@pytest.fixture
def place() -> Bureau:
    """The bureau with the pack of habits on; 白露 of the office is one of the heads of the unit."""
    place = living(packs=("practice",))
    head = Person.objects.of(pk=place.people["白露"].pk).get()
    head.unit_post = "副局长"
    do(head.save)
    return place


def asked(place: Bureau, name: str, year: int = 2026) -> dict[tuple[str, str], OwnDuty]:
    return {(duty.rule.id, duty.period): duty for duty in own_duties(place.people[name], year, today=TODAY)}


def test_a_leading_cadre_sees_how_often_he_was_at_his_branch(place: Bureau) -> None:
    hold(place, OFFICE, "theme_day", "2026-02-10", expected=8, present=8, absent=[])
    hold(place, OFFICE, "theme_day", "2026-05-12", expected=8, present=7, absent=["白露"])
    found = asked(place, "白露")
    assert found[EACH_QUARTER, "2026年第一季度"].status is Status.GOOD
    assert found[EACH_QUARTER, "2026年第二季度"].status is Status.HINT
    assert "台账中有 0 次，少 1 次" in found[EACH_QUARTER, "2026年第二季度"].sentence


def test_of_others_it_is_not_asked(place: Bureau) -> None:
    hold(place, OFFICE, "theme_day", "2026-02-10", expected=8, present=8, absent=[])
    assert not [key for key in asked(place, "谷雨") if key[0] in {LIFE_MEETING, EACH_QUARTER}]


def test_what_needs_attention_comes_first(place: Bureau) -> None:
    hold(place, OFFICE, "theme_day", "2026-02-10", expected=8, present=8, absent=[])
    hold(place, OFFICE, "theme_day", "2026-05-12", expected=8, present=7, absent=["白露"])
    statuses = [duty.status for duty in own_duties(place.people["白露"], 2026, today=TODAY)]
    assert statuses.index(Status.HINT) < statuses.index(Status.GOOD)


def test_a_year_before_the_unit_was_judged_asks_nothing(place: Bureau) -> None:
    assert asked(place, "白露", year=2019) == {}
