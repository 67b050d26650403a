"""Another rulebook over the same facts."""

from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings

from dangwu.compliance.living.tests.living import TODAY, everything, living
from dangwu.compliance.living.whatif import what_if
from dangwu.compliance.rulebooks import rulebook_of
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.rules.loading import load_rulebook
from dangwu.rules.rulebook import Rulebook
from tests.cast import OFFICE

pytestmark = pytest.mark.django_db
BOOK = rulebook_of(())
RULES = "national/branch-work-regulations/rules"


def otherwise(tmp_path: Path, rule: str, old: str, new: str) -> Rulebook:
    """The rulebook with one rule changed."""
    folder = tmp_path / "rulebook"
    copytree(settings.RULEBOOK, folder)
    file = folder / RULES / f"{rule}.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return load_rulebook(folder)


def test_a_stricter_figure_gains_findings_and_writes_nothing(tmp_path: Path) -> None:
    place = living()
    before, own = everything(place), Scope((TreePath(place.standings[OFFICE].path),), TODAY)
    other = otherwise(tmp_path, "theme-day-each-month", "times: {2018-10-28: 1}", "times: {2018-10-28: 2}")
    found = what_if(own, year=2026, present=BOOK, other=other)
    assert [(change.place.name, change.period) for change in found.gained] == [(OFFICE, "2026-01")]
    assert (found.lost, found.changed) == ((), ("theme-day-each-month",))
    assert everything(place) == before


def test_a_rule_that_goes_takes_its_findings_with_it(tmp_path: Path) -> None:
    living()
    folder = tmp_path / "rulebook"
    copytree(settings.RULEBOOK, folder)
    (folder / RULES / "theme-day-each-month.yaml").unlink()
    found = what_if(Scope.everything(TODAY), year=2026, present=BOOK, other=load_rulebook(folder))
    assert found.gone == ("theme-day-each-month",)
    assert {change.rule for change in found.lost} == {"theme-day-each-month"}
    assert len(found.lost) == 6 + 7 + 1
    assert found.gained == ()


def test_the_same_rulebook_comes_to_the_same() -> None:
    living()
    found = what_if(Scope.everything(TODAY), year=2026, present=BOOK, other=BOOK)
    assert (found.gained, found.lost) == ((), ())
