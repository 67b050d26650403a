"""`dangwu explain`, `dangwu whatif` and `dangwu packs`."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import copytree

import pytest
import time_machine
from click.testing import CliRunner, Result
from django.conf import settings

from dangwu.compliance.living.tests.living import TODAY, hold, living
from dangwu.config.cli import main
from tests.cast import COMMITTEE, OFFICE, Bureau

pytestmark = pytest.mark.django_db
ASSEMBLIES = ("--rule", "general-assembly-each-quarter", "--period", "2026Q2")


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 9), tick=False):  # noqa: DTZ001 - the site's own time
        yield


@pytest.fixture
def place() -> Bureau:
    return living()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="dangwu")


def test_explain_says_why_by_which_clause_and_what_cures_it(place: Bureau) -> None:
    result = run("explain", "--organisation", OFFICE, *ASSEMBLIES)
    assert result.exit_code == 1
    assert "有 0 次，缺 1 次" in result.stdout
    assert "依据：《中国共产党支部工作条例（试行）》第11条（B级" in result.stdout
    assert "补救：" in result.stdout
    hold(place, OFFICE, "general_assembly", "2026-05-10", topic="讨论年度计划")
    result = run("explain", "--organisation", OFFICE, *ASSEMBLIES)
    assert (result.exit_code, "计入：2026-05-10 党员大会“讨论年度计划”" in result.stdout) == (0, True)


@pytest.mark.usefixtures("place")
def test_explain_understands_the_names_of_periods_as_pages_write_them() -> None:
    by_code = run("explain", "--organisation", OFFICE, *ASSEMBLIES)
    by_name = run("explain", "--organisation", OFFICE, *ASSEMBLIES[:3], "2026年第二季度")
    assert "2026年第二季度" in by_code.stdout
    assert (by_name.exit_code, by_name.stdout) == (by_code.exit_code, by_code.stdout)


def test_explain_tells_programs_the_same_by_key(place: Bureau) -> None:
    hold(place, OFFICE, "general_assembly", "2026-05-10")
    told = json.loads(run("explain", "--organisation", OFFICE, *ASSEMBLIES, "--json").stdout)
    assert (told["rule"], told["status"], told["facts"]) == (
        ASSEMBLIES[1],
        "good",
        {"党员大会次数": "1", "组织类别": "党支部"},
    )
    assert [(r["held_on"], r["kind"]) for r in told["records"]] == [("2026-05-10", "general_assembly")]
    assert told["numbers"] == {"met": 1, "late": 0, "unmet": 0, "pending": 0, "exempt": 0}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--organisation", "无此支部", *ASSEMBLIES), "没有名为“无此支部”的党组织"),
        (("--organisation", OFFICE, "--rule", "no-such-rule"), "没有编号为“no-such-rule”的规则"),
        (("--organisation", OFFICE, *ASSEMBLIES[:3], "2031Q1"), "没有这一项要求"),
        (("--organisation", OFFICE, *ASSEMBLIES[:3], "第三季度"), "“第三季度”不是期间，请写成"),
    ],
)
@pytest.mark.usefixtures("place")
def test_explain_says_what_to_put_right(arguments: tuple[str, ...], says: str) -> None:
    result = run("explain", *arguments)
    assert (result.exit_code, says in result.stderr) == (2, True)


def stricter(tmp_path: Path) -> str:
    """The rulebook with two theme days a month."""
    folder = tmp_path / "rulebook"
    copytree(settings.RULEBOOK, folder)
    file = folder / "national/branch-work-regulations/rules/theme-day-each-month.yaml"
    file.write_text(file.read_text().replace("times: {2018-10-28: 1}", "times: {2018-10-28: 2}"))
    return str(folder)


@pytest.mark.usefixtures("place")
def test_whatif_says_who_would_gain_which_finding(tmp_path: Path) -> None:
    result = run("whatif", "--rulebook", stricter(tmp_path), "--under", OFFICE)
    assert result.exit_code == 1
    assert "改动规则：theme-day-each-month" in result.stdout
    assert f"＋ {OFFICE} 2026年1月 主题党日每月开展一次（不符合）" in result.stdout
    assert "1 个党组织：增加 1 处问题，减少 0 处问题。" in result.stdout


def test_whatif_tells_programs_the_same_by_key(place: Bureau, tmp_path: Path) -> None:
    told = json.loads(run("whatif", "--rulebook", stricter(tmp_path), "--under", OFFICE, "--json").stdout)
    assert told["rules"] == {"new": [], "gone": [], "changed": ["theme-day-each-month"]}
    gained = told["gained"][0]
    assert (gained["key"], gained["period"], gained["before"], gained["after"]) == (
        place.place(OFFICE),
        "2026-01",
        0,
        1,
    )


@pytest.mark.usefixtures("place")
def test_whatif_by_the_same_rulebook_comes_to_the_same_and_refuses_a_broken_one(tmp_path: Path) -> None:
    assert run("whatif", "--rulebook", str(settings.RULEBOOK)).exit_code == 0
    folder = Path(stricter(tmp_path))
    (folder / "facts.yaml").unlink()
    assert run("whatif", "--rulebook", str(folder)).exit_code == 2


@pytest.mark.usefixtures("place")
def test_packs_are_listed_switched_and_refused() -> None:
    assert "未启用  tianjin" in run("packs").stdout
    result = run("packs", "--on", "tianjin", "--reason", "津机关工委〔2021〕3号")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, COMMITTEE)
    assert "  启用  tianjin" in run("packs").stdout
    refused = run("packs", "--off", "nowhere", "--reason", "试")
    assert (refused.exit_code, "没有规则包“nowhere”" in refused.stderr) == (2, True)
    assert "不是最上级党组织" in run("packs", "--under", OFFICE).stderr
