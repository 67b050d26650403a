"""`dangwu explain`: why an organisation stands as it does by one rule in one period."""

import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dangwu.compliance.living.explanations import Explanation

UNMET = 1


@click.command("explain", short_help="说明一个党组织在一个期间为什么是这个结论")
@click.option("--organisation", "name", required=True, metavar="名称", help="党组织的全称或简称")
@click.option("--rule", "rule_id", required=True, metavar="编号", help="规则编号，用 dangwu rules list 查看")
@click.option(
    "--period",
    default="",
    metavar="期间",
    help="2026年7月、2026年第三季度、2026年下半年、2026年，或者 2026-07、2026Q3、2026H2、2026；不分期间的要求不写",
)
@click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 写到标准输出")
def command(*, name: str, rule_id: str, period: str, as_json: bool) -> None:
    """说明结论：依据的条款和数字、计入的记录、怎样补救、免除、说明和上级认定。

    没有未完成的返回 0，有未完成的返回 1，查不到的返回 2。
    """
    import django

    django.setup()
    from django.utils import timezone

    from dangwu.compliance.living.explanations import explanation
    from dangwu.compliance.rulebooks import every_rule
    from dangwu.config.living import organisation_called, refuse

    today = timezone.localdate()
    organisation = organisation_called(name, today)
    if rule_id not in every_rule().rules:
        refuse(f"没有编号为“{rule_id}”的规则，用 dangwu rules list 查看全部编号。")
    try:
        found = explanation(organisation, rule_id, period, today=today, rulebook=every_rule())
    except ValueError as no_period:
        refuse(str(no_period))
    if found is None:
        refuse("这个党组织在这个期间没有这一项要求，或者还没有判定。请核对期间，例如 2026Q3。")
    click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2) if as_json else _told(found))
    sys.exit(UNMET if found.item.numbers.unmet else 0)


def _told(found: "Explanation") -> str:
    item = found.item
    lines = [f"{item.title} {item.period_name} {item.status.mark}{item.status.label}", f"  {item.text}"]
    lines += [f"  依据：《{c.document}》第{c.article}条（{c.grade}级，{c.checked} 核对）" for c in found.clauses]
    lines += [f"  {label}：{value}" for label, value in found.facts]
    lines += [
        f"  计入：{r.held_on} {r.elsewhere}{r.kind_name}{f'“{r.topic}”' if r.topic else ''}" for r in found.records
    ]
    lines += [f"  免除：{e.since} 起，依据 {e.basis}" for e in found.exemptions]
    lines += [f"  说明：{item.answer}"] if item.answer else []
    lines += [f"  {item.corrected}"] if item.corrected else []
    lines += ["  已定案"] if item.frozen else []
    lines += [f"  补救：{item.remedy}"] if item.numbers.unmet else []
    return "\n".join(lines)


def _plain(found: "Explanation") -> dict[str, Any]:
    item = found.item
    return {
        "rule": item.rule,
        "title": item.title,
        "period": item.period,
        "status": item.status.value,
        "text": item.text,
        "deadline": str(item.deadline or ""),
        "numbers": item.numbers._asdict(),
        "clauses": [{"document": c.document, "article": c.article, "grade": c.grade} for c in found.clauses],
        "facts": dict(found.facts),
        "figures": dict(found.figures),
        "records": [{"activity": r.activity, "held_on": str(r.held_on), "kind": r.kind} for r in found.records],
        "failing": {"subject": found.subject, "keys": list(found.failing)},
        "exemptions": [{"since": str(e.since), "until": str(e.until), "basis": e.basis} for e in found.exemptions],
        "answer": item.answer,
        "word": item.word,
        "frozen": item.frozen,
        "corrected": item.corrected,
        "remedy": item.remedy,
        "kinds": list(item.kinds),
    }
