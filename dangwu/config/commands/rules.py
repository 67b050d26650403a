"""`dangwu rules`: what the rulebook holds, and whether it is in order."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from dangwu.rules.casebook import fails, mutants, run_case
from dangwu.rules.explaining import shown_value
from dangwu.rules.loading import load_rulebook
from dangwu.rules.rulebook import Rule, Rulebook
from dangwu.rules.shapes import RuleShape
from dangwu.rules.texts import RulebookError

OUT_OF_ORDER = 1
SUBJECTS = {"organisation": "党组织", "member": "党员", "activity": "活动"}
LEVELS = {"failure": "不符合", "warning": "提醒", "hint": "提示"}


def _rulebook(directory: Path | None = None) -> Rulebook:
    from django.conf import settings

    try:
        return load_rulebook(directory or Path(settings.RULEBOOK), packs=None)
    except RulebookError as error:
        click.echo(str(error), err=True)
        sys.exit(OUT_OF_ORDER)


@click.group("rules", short_help="规则库：列出、查看、覆盖情况、检查", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """查看和检查规则库。"""
    if context.invoked_subcommand is None:
        context.invoke(list_rules)


@command.command("list", short_help="列出全部规则")
def list_rules() -> None:
    """按文件列出全部规则。"""
    document = ""
    for rule in _rulebook().rules.values():
        if rule.document.title != document:
            document = rule.document.title
            click.echo(f"《{document}》")
        article = f"第{rule.basis.article}条" if rule.basis.article != "?" else "条款待核"
        click.echo(f"  {rule.id}  {article}  {rule.basis.grade}级·{LEVELS[rule.level]}  {rule.title}")


@command.command("show", short_help="查看一条规则")
@click.argument("rule_id", metavar="编号")
def show(rule_id: str) -> None:
    """查看一条规则：依据、要求、数值、例子。"""
    book = _rulebook()
    if rule_id not in book.rules:
        raise click.UsageError(f"没有编号为“{rule_id}”的规则，用 dangwu rules list 查看全部编号")
    for version in book.history(rule_id):
        _show(version, book.sources)


def _show(rule: Rule, sources: Mapping[str, str]) -> None:
    basis = rule.basis
    click.echo(f"{rule.title}（{rule.id}）")
    subject, level = SUBJECTS[rule.shape.subject], LEVELS[rule.level]
    click.echo(f"  依据：《{rule.document.title}》第{basis.article}条")
    click.echo(f"  把握：{basis.grade}级，来源 {sources[basis.source]}，{basis.checked} 核对")
    click.echo(f"  对象：{subject}；未做到时最多：{level}；施行：{rule.shape.in_force.from_}")
    for name, by_date in rule.shape.values.items():
        for since, value in by_date.items():
            click.echo(f"  数值 {name}：{since} 起 {shown_value(value) if not isinstance(value, tuple) else '分档'}")
    click.echo("  例子：")
    for case in rule.shape.cases:
        click.echo(f"    {case.it} → {run_case(rule, case)[1]}")


@command.command("coverage", short_help="各文件条款的覆盖情况")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 写出")
def coverage(*, as_json: bool) -> None:
    """各文件的条款：已编成规则、留给人判断、尚待编写。"""
    covered = _rulebook().coverage()
    if as_json:
        told = [
            {"document": c.document.id, "coded": c.coded, "judgement": c.judgement, "to_do": c.to_do} for c in covered
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for c in covered:
        click.echo(
            f"《{c.document.title}》已编 {len(c.coded)} 条，留给人判断 {len(c.judgement)} 条，待编 {len(c.to_do)} 条"
        )
        for number, why in c.to_do.items():
            click.echo(f"  第{number}条待编：{why}")


@command.command("lint", short_help="检查一个规则库文件夹")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="文件夹")
def lint(directory: Path) -> None:
    """检查规则库：规则、活动类型、数读各项的格式，规则的例子，以及每个数值改动一点是否有例子察觉。"""
    rules = _rulebook(directory).rules.values()
    _read_beside(directory)
    troubles = [told for rule in rules for case in rule.shape.cases if (told := fails(rule, case))]
    troubles += [f"{rule.id}：数值改动（{told}）没有例子察觉" for rule in rules for told in unnoticed(rule)]
    for trouble in troubles:
        click.echo(trouble, err=True)
    if troubles:
        sys.exit(OUT_OF_ORDER)
    click.echo(f"{len(rules)} 条规则，没有问题。")


def _read_beside(directory: Path) -> None:
    """The kinds of activity and the figures, which stand in the rulebook beside the rules."""
    import django

    django.setup()
    from dangwu.insights.figures import load_figures
    from dangwu.records.kinds import load_activity_kinds

    try:
        load_figures(directory / "statistics", load_activity_kinds(directory / "activities"))
    except RulebookError as error:
        click.echo(str(error), err=True)
        sys.exit(OUT_OF_ORDER)


def unnoticed(rule: Rule) -> list[str]:
    """The nudged figures that no case of the rule notices."""
    return [told for told, mutant in mutants(rule) if not any(fails(mutant, case) for case in rule.shape.cases)]


@command.command("schema", short_help="供编辑器使用的规则文件格式")
def schema() -> None:
    """写出规则文件的 JSON Schema。"""
    click.echo(json.dumps(RuleShape.model_json_schema(), ensure_ascii=False, indent=2))
