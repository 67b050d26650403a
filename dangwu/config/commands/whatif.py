"""`dangwu whatif`: who would gain or lose which finding by another rulebook."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dangwu.compliance.living.whatif import Change, WhatIf

DIFFERS = 1
SHOWN = 30
LEVELS = {"failure": "不符合", "warning": "提醒", "hint": "提示"}


@click.command("whatif", short_help="换一套规则库，谁会增加或减少哪些问题")
@click.option(
    "--rulebook",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="文件夹",
    help="另一套规则库",
)
@click.option("--on", "switched_on", multiple=True, metavar="规则包", help="另一套规则库中一并启用的规则包，可以写几次")
@click.option("--under", metavar="党组织", help="只看这个党组织和它下面的，写全称或简称")
@click.option("--year", type=click.IntRange(1921, 9998), metavar="年份", help="看哪一年，默认最近判定的那一年")
@click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 写到标准输出")
def command(*, folder: Path, switched_on: tuple[str, ...], under: str | None, year: int | None, as_json: bool) -> None:
    """用另一套规则库判定现有记录，列出谁会增加、谁会减少哪些问题。只看，不写入任何内容。

    结果相同时返回 0，有不同的返回 1，不能判定的返回 2。
    """
    import django

    django.setup()
    from dangwu.compliance.living.whatif import what_if
    from dangwu.compliance.models import Judging
    from dangwu.compliance.rulebooks import rulebook_of
    from dangwu.config.living import refuse, scope_under
    from dangwu.rules.loading import load_rulebook
    from dangwu.rules.texts import RulebookError

    judging = Judging.objects.order_by("-judged_on").first()
    if judging is None:
        refuse("还没有判定过任何党组织。请先运行 dangwu tick，或者启动网站后稍等片刻。")
    try:
        other = load_rulebook(folder, [*judging.packs, *switched_on])
    except RulebookError as error:
        refuse(str(error))
    scope = scope_under(under, judging.judged_on)
    found = what_if(scope, year=year or judging.judged_on.year, present=rulebook_of(judging.packs), other=other)
    click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2) if as_json else _told(found))
    sys.exit(DIFFERS if found.gained or found.lost else 0)


def _told(found: "WhatIf") -> str:
    rules = (("新增规则", found.new), ("取消规则", found.gone), ("改动规则", found.changed))
    lines = [f"{words}：{'、'.join(its)}" for words, its in rules if its]
    lines.append(f"{found.organisations} 个党组织：增加 {len(found.gained)} 处问题，减少 {len(found.lost)} 处问题。")
    for sign, changes in (("＋", found.gained), ("－", found.lost)):
        lines += [f"{sign} {_line(change)}" for change in changes[:SHOWN]]
        if len(changes) > SHOWN:
            lines.append(f"　另有 {len(changes) - SHOWN} 处，加 --json 可看全部")
    return "\n".join(lines)


def _line(change: "Change") -> str:
    number = "" if {change.before, change.after} <= {0, 1} else f"（{change.before} → {change.after}）"
    return f"{change.place.name} {change.period_name} {change.title}（{LEVELS[change.level]}）{number}"


def _plain(found: "WhatIf") -> dict[str, Any]:
    def row(change: "Change") -> dict[str, Any]:
        told = {"organisation": change.place.name, "key": change.place.organisation, "rule": change.rule}
        told |= {"title": change.title, "level": change.level, "period": change.period}
        return {**told, "before": change.before, "after": change.after}

    rules = {"new": found.new, "gone": found.gone, "changed": found.changed}
    return {
        "organisations": found.organisations,
        "rules": rules,
        "gained": [row(change) for change in found.gained],
        "lost": [row(change) for change in found.lost],
    }
