"""The vocabulary of the rulebook and what the modules tell are one and the same."""

from datetime import date
from pathlib import Path

import pytest

from dangwu.compliance.gathering import gather
from dangwu.compliance.subjects import Events
from dangwu.kernel.span import Span
from dangwu.rules.loading import load_rulebook
from tests.cast import PERSONNEL, bureau

pytestmark = pytest.mark.django_db
BOOK = load_rulebook(Path(__file__).parents[3] / "rulebook", packs=None)
KINDS = list(BOOK.vocabulary["activity"]["activity"].choices)


def test_every_declared_fact_is_gathered_and_no_other() -> None:
    place = bureau()
    place.held(PERSONNEL, "community_rotation", "2026-03-02", hours=1, took_part=["方圆"], present=1)
    span = Span(date(2026, 1, 1), date(2027, 1, 1))
    events = Events(place.unit.pk, span, KINDS, KINDS)
    found = gather(place.unit.pk, on=date(2026, 12, 31), events=events)
    assert found.by_organisation.facts == set(BOOK.vocabulary["organisation"])
    assert found.by_member.facts == set(BOOK.vocabulary["member"])
    told_with_it = {"id", "organisation", "held_on", "ledger", "ledger_row"}
    assert set(found.held["community_rotation", date(2026, 3, 2)].columns) - told_with_it == set(
        BOOK.vocabulary["activity"]
    )
