"""A rulebook is read whole or not at all, and every error names its file, its line and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dangwu.rules.loading import load_rulebook
from dangwu.rules.shapes import Level
from dangwu.rules.tests.conftest import RULE
from dangwu.rules.texts import RulebookError, Trouble

Write = Callable[..., Path]


def troubles(directory: Path) -> list[Trouble]:
    with pytest.raises(RulebookError) as caught:
        load_rulebook(directory)
    return caught.value.troubles


def test_a_rule_is_read_with_its_document_and_level(write_rulebook: Write) -> None:
    rule = load_rulebook(write_rulebook()).rules["assembly-each-quarter"]
    assert rule.document.title == "示例条例"
    assert rule.basis.article == "11"
    assert rule.level is Level.WARNING
    assert len(rule.digest) == 64


@pytest.mark.parametrize(
    ("found", "spoiled", "at", "message"),
    [
        ("strength: should", "strength: should\nweight: 3", "weight", "不认识的键“weight”"),
        ("strength: should", "strength: should\nstrength: must", "strength: must", "写了两次"),
        ("title: 党员大会每季度一次\n", "", "id:", "缺少“title”"),
        ("each: quarter", "each: fortnight", "each", "“fortnight”不合要求"),
        ("fact: general_assembly", "fact: assembly", "  at_least", "不认识的事实“assembly”"),
        ("at_least:", "atleast:", "  atleast", "没有“atleast”这种要求"),
        (", value: times", "", "  at_least", "缺少参数“value”"),
        ("value: times", "value: often", "requires", "没有数值“often”"),
        ('{missing} 次。"\n  pending', '{shortfall} 次。"\n  pending', "  unmet", "不认识的占位“shortfall”"),
        ("kind: [branch]", "kind: [brunch]", "  kind", "没有选项“brunch”"),
        ("kind: [branch]", "kind: true", "  kind", "类型不符"),
        ("id: assembly", "id: other-assembly", "id:", "与文件名不一致"),
        ("source: S14", "source: S99", "  - {document", "没有来源“S99”"),
        ("document: sample", "document: smaple", "  - {document", "没有文件“smaple”"),
        (
            "period: 2026Q1, on: 2026-04-01, given: {kind: branch, general_assembly: 1}",
            "on: 2026-04-01, given: {}",
            "  - {it: 开过",
            "period",
        ),
        ("general_assembly: 1}", "general_assembly: x}", "  - {it: 开过", "“x”不是"),
        ("expect: not_applicable", "expect: unmet", "cases", "缺少结果为 not_applicable"),
        ("subject: organisation", "subject: [organisation", "cites", "不是有效的 YAML"),
    ],
)
def test_an_error_names_its_line(write_rulebook: Write, found: str, spoiled: str, at: str, message: str) -> None:
    text = RULE.replace(found, spoiled)
    assert text != RULE
    trouble = troubles(write_rulebook(text))[0]
    assert trouble.file == "national/sample/rules/assembly-each-quarter.yaml"
    assert message in str(trouble)
    assert text.splitlines()[trouble.line - 1].startswith(at)
    assert trouble.remedy


def test_all_errors_come_at_once_and_nothing_is_half_read(write_rulebook: Write) -> None:
    broken = RULE.replace("assembly-each-quarter", "second").replace("kind: [branch]", "kind: [brunch]")
    found = troubles(write_rulebook(RULE.replace("title", "titel"), second=broken))
    assert {t.file.rsplit("/", 1)[-1] for t in found} == {"assembly-each-quarter.yaml", "second.yaml"}


def test_words_that_yaml_takes_for_booleans_and_dates_stay_text(write_rulebook: Write) -> None:
    directory = write_rulebook(RULE.replace("title: 党员大会每季度一次", "title: no"))
    assert load_rulebook(directory).rules["assembly-each-quarter"].title == "no"


@pytest.mark.parametrize(("ends", "word"), [("2020-01-01", "空档"), ("2022-01-01", "重叠")])
def test_a_version_must_begin_where_the_older_one_ends(write_rulebook: Write, ends: str, word: str) -> None:
    older = RULE.replace("from: 2018-10-28}\napplies", f"from: 2018-10-28, until: {ends}}}\napplies")
    newer = RULE.replace("assembly-each-quarter", "newer").replace(
        "from: 2018-10-28}\napplies", "from: 2021-01-01, replaces: assembly-each-quarter}\napplies"
    )
    assert word in str(troubles(write_rulebook(older, newer=newer))[0])


def test_an_unknown_pack_is_refused_and_the_known_ones_named(write_rulebook: Write) -> None:
    directory = write_rulebook()
    with pytest.raises(RulebookError, match="没有名为“xyz”的规则包"):
        load_rulebook(directory, packs=["xyz"])


def test_an_empty_folder_is_not_a_rulebook(tmp_path: Path) -> None:
    assert any("没有规则库" in t.message for t in troubles(tmp_path))
