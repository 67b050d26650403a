"""Packs of rules that hold for a whole unit: switched on with a reason, judged by at once, taken off again."""

import pytest

from dangwu.compliance.jobs import judged_unit
from dangwu.compliance.living.drafting import Numbers
from dangwu.compliance.living.tests.living import BY, TODAY, hold, living, numbers
from dangwu.compliance.services.packs import choose_packs, packs, packs_of
from dangwu.foundation.actors import Actor
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.objections import ObjectionError, RefusedError
from dangwu.organisations.models import Organisation
from tests.accounts import actor, appointed
from tests.cast import COMMITTEE, OFFICE, PERSONNEL, Bureau

pytestmark = pytest.mark.django_db
REASON = "津机关工委〔2021〕3号"
ROTATION = "community-rotation-each-year"


@pytest.fixture
def place() -> Bureau:
    return living()


def switch(place: Bureau, *chosen: str, by: Actor = BY, reason: str = REASON) -> None:
    head = Organisation.objects.of(pk=place.place(COMMITTEE)).get()
    choose_packs(by=by, organisation=head, chosen=chosen, reason=reason, today=TODAY)
    judged_unit(place.unit.pk, TODAY)


def test_a_pack_that_is_switched_on_judges_and_one_that_is_off_no_longer(place: Bureau) -> None:
    hold(place, OFFICE, "community_rotation", "2026-07-30", took_part=["钟正", "严明"], days=5)
    switch(place, "tianjin")
    assert numbers(place, OFFICE, ROTATION, "2026") == Numbers(met=2, pending=6)
    switch(place)
    assert numbers(place, OFFICE, ROTATION, "2026") is None


def test_who_switched_what_and_why_is_audited(place: Bureau) -> None:
    clerk = actor(appointed(place.standings[COMMITTEE].organisation))
    switch(place, "tianjin", by=clerk)
    row = AuditEntry.objects.filter(verb="verdict.choose_packs").get()
    assert row.reason == f"启用《{packs()['tianjin']}》。{REASON}"
    assert row.subject_name == COMMITTEE


@pytest.mark.parametrize(
    ("chosen", "reason", "says"),
    [
        (["nowhere"], REASON, "没有规则包“nowhere”，可用的有："),
        ([], REASON, "没有变动"),
        (["tianjin"], " ", "写明依据"),
    ],
)
def test_what_is_unknown_changes_nothing_or_has_no_reason_is_refused(
    place: Bureau, chosen: list[str], reason: str, says: str
) -> None:
    with pytest.raises(ObjectionError, match=says):
        switch(place, *chosen, reason=reason)
    assert packs_of(place.unit.pk) == ()


@pytest.mark.parametrize("where", [OFFICE, PERSONNEL])
def test_whoever_decides_for_a_part_does_not_choose_for_the_whole(place: Bureau, where: str) -> None:
    secretary = actor(appointed(place.standings[where].organisation, role="secretary"))
    with pytest.raises(RefusedError):
        switch(place, "tianjin", by=secretary)
