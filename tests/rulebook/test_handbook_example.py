"""The example in the handbook's chapter on packs is one that works: its files are read out of the page itself."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from dangwu.compliance.living.tests.living import living
from dangwu.config.cli import main
from dangwu.insights.figures import load_figures
from dangwu.records.kinds import load_activity_kinds
from dangwu.rules.loading import load_rulebook
from tests.cast import OFFICE

ROOT = Path(__file__).parents[2]
CHAPTER = (ROOT / "docs/handbook/规则包.md").read_text(encoding="utf-8")
PRINTED = re.compile(r"^```yaml\n# ([\w/.-]+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RULE = "skills-contest-each-half-year"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The rulebook with the files of the chapter."""
    copied = Path(copytree(ROOT / "rulebook", tmp_path / "rulebook"))
    for place, text in PRINTED.findall(CHAPTER):
        file = copied / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + text, encoding="utf-8")
    return copied


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="dangwu")


def test_it_adds_a_rule_a_kind_of_activity_and_a_figure(folder: Path) -> None:
    assert RULE in load_rulebook(folder, packs=["yunchuan"]).rules
    assert RULE not in load_rulebook(folder).rules
    kinds = load_activity_kinds(folder / "activities")
    figure = load_figures(folder / "statistics", kinds).get("skills_contests")
    assert figure
    assert "skills_contest" in figure.kinds


def test_it_is_in_order(folder: Path) -> None:
    result = run("rules", "lint", folder)
    assert (result.exit_code, "没有问题" in result.stdout) == (0, True)


@pytest.mark.parametrize("place", ["activities/skills_contest.yaml", "statistics/skills_contests.yaml"])
def test_what_is_wrong_beside_the_rules_is_told_with_its_file(folder: Path, place: str) -> None:
    file = folder / place
    file.write_text(file.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    result = run("rules", "lint", folder)
    assert (result.exit_code, place in result.stderr) == (1, True)


@pytest.mark.django_db
def test_what_it_would_come_to_is_told_before_it_is_switched_on(folder: Path) -> None:
    living()
    result = run("whatif", "--rulebook", folder, "--on", "yunchuan", "--under", OFFICE)
    assert f"新增规则：{RULE}" in result.stdout
    assert run("whatif", "--rulebook", folder, "--under", OFFICE).exit_code == 0
    refused = run("whatif", "--rulebook", folder, "--on", "nowhere")
    assert (refused.exit_code, "没有名为“nowhere”的规则包" in refused.stderr) == (2, True)
