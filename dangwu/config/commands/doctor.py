"""`dangwu doctor`: whether the site is in order, and what to do where it is not."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dangwu.config.doctor.findings import Finding


@click.command("doctor", short_help="检查网站是否正常，说明哪里要处理、怎样处理")
@click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 写到标准输出")
def command(*, as_json: bool) -> None:
    """逐项检查密钥、数据库、备份、时钟、磁盘、设置等，只看不改。

    都正常返回 0，有要留意的返回 1，有要马上处理的返回 2。
    """
    import django
    from django.utils import timezone

    django.setup()
    from dangwu.config.doctor.examining import examination

    findings = [*examination(timezone.now())]
    click.echo(_as_json(findings) if as_json else _told(findings))
    sys.exit(max(finding.level for finding in findings))


def _told(findings: Sequence["Finding"]) -> str:
    from dangwu.config.doctor.findings import Level

    number = Counter(finding.level for finding in findings)
    faults, warnings = number[Level.FAULT], number[Level.WARNING]
    conclusion = f"{faults} 项要马上处理，{warnings} 项要留意。" if faults or warnings else "一切正常。"
    return "\n".join([*map(str, findings), "", conclusion])


def _as_json(findings: Sequence["Finding"]) -> str:
    told = [{"level": f.level.name.lower(), "subject": f.subject, "text": f.text, "remedy": f.remedy} for f in findings]
    return json.dumps(told, ensure_ascii=False, indent=2)
