"""What the rulebook must hold, whatever else it comes to hold."""

import json
from pathlib import Path

from dangwu.rules.loading import load_rulebook
from dangwu.rules.shapes import Level, RuleShape

BOOK = load_rulebook(Path(__file__).parents[2] / "rulebook", packs=None)

KEPT_IDS = [
    "general-assembly-each-quarter",
    "committee-meeting-each-month",
    "group-meeting-each-month",
    "theme-day-each-month",
    "party-lecture-by-secretary-each-year",
    "organisational-life-meeting-each-year",
    "members-appraisal-each-year",
    "heart-to-heart-talk-each-year",
    "organ-assembly-each-year",
    "democratic-life-meeting-each-year",
    "leaders-study-each-quarter",
    "study-hours-each-year",
    "secretary-study-hours-each-year",
    "branch-needs-three-full-members",
    "branch-at-most-fifty",
    "joint-branch-at-most-five-units",
    "committee-at-hundred",
    "general-branch-at-fifty",
    "branch-committee-at-seven",
    "discipline-committee-in-every-committee",
    "committee-term",
    "general-branch-term",
    "branch-term",
    "committee-secretary-heads-unit",
    "discipline-secretary-is-deputy",
    "full-time-staff-share",
    "general-assembly-quorum",
    "general-assembly-majority",
    "committee-meeting-quorum",
    "democratic-life-quorum",
    "dues-rate",
    "community-rotation-each-year",
]


def test_ids_once_given_stay() -> None:
    assert not set(KEPT_IDS) - set(BOOK.rules)


def test_what_is_not_surely_known_fails_nobody() -> None:
    unsure = [rule for rule in BOOK.rules.values() if rule.basis.grade in {"C", "M"}]
    assert unsure
    assert {rule.level for rule in unsure} == {Level.HINT}


def test_practice_is_only_switched_on_by_name() -> None:
    national = load_rulebook(Path(__file__).parents[2] / "rulebook")
    assert {rule.pack for rule in national.rules.values()} == {"national"}
    assert {rule.level for rule in BOOK.rules.values() if rule.pack == "practice"} == {Level.HINT}


def test_every_article_of_the_organ_regulations_is_accounted_for() -> None:
    covered = next(c for c in BOOK.coverage() if c.document.id == "organ-regulations")
    articles = {
        int(number) for part in (covered.coded, covered.judgement, covered.to_do) for number in part if number != "?"
    }
    assert articles == set(range(1, 44))


def test_the_schema_for_editors_is_the_shape_that_is_read() -> None:
    kept = json.loads((Path(__file__).parents[2] / "rulebook" / "rule.schema.json").read_text())
    assert kept == RuleShape.model_json_schema(), "write it anew: dangwu rules schema > rulebook/rule.schema.json"
