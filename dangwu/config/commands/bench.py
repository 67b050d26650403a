"""`dangwu bench`: how fast it is beside what the machine could do at best, measured in one run."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

if TYPE_CHECKING:
    from dangwu.workbench.bench.measuring import Measured

BENCHES = {
    "read-roster": "读取、对应并核对 51,000 行、25 列的名册，以只取出单元格的时间为基准；另测内存峰值。",
    "import-roster": "预览并导入 51,000 行、25 列的名册，以直接写入同样的行为基准；另测内存峰值。",
    "export-roster": "导出 51,000 行、25 列的名册，以直接写出同样单元格的时间为基准；另测内存峰值。",
    "obligations": "核对、日常判定 5,000 个党支部一年的 500,000 次活动，以手写的数据库查询为基准；另测十分之一的数据。",
    "matrix": "494 个党支部一年的矩阵、改动一次活动、全部重新判定；矩阵须与手写查询数得相同。",
    "dues-rate": "计算一百万名党员十二个月的党费，以同类软件的同一规则为基准。",
    "as-of": "查看过去任一天的组织树和名册（40 万条组织关系），以手写的数据库查询为基准。",
    "search": "在 100,000 份会议记录中按两个字搜索，以数据库的索引本身为基准。",
    "audit": "办理有审计记录的事项，以没有审计的同样写入为基准；另测 20 万条审计日志的核验。",
    "ledgers": "生成 494 个党支部全年的工作手册（docx 和 pdf）；另测每多一本手册的数据库查询。",
    "demo": "把 1,154 个单位、51,000 名党员三年的演示数据写入空的网站；另测内存峰值。",
    "record": "在手机大小的浏览器里按人的速度记录一次党员大会（每次往返加 0.3 秒）：点按、输入、流量、用时。",
    "load": "20,000 人的网站，40 人同时翻看列表和总览、记录活动；确认过的记录须一条不少、一条不多。",
    "pages": "20 人同时翻看 5,000 人和 51,000 人的名册、组织树、党组织和党员页面；加 --peer 另测一个同类软件的列表页。",
}
MISSED, NOT_MEASURED = 1, 2
HEADS = ("项目", "实测", "基准", "倍数", "上限", "结论")

PEER = "在同一次运行中另测一个知名同类软件的列表页（临时安装，用完即删）"
peer_option = click.option("--peer", is_flag=True, help=PEER)
json_option = click.option("--json", "as_json", is_flag=True, help="把结果以 JSON 写到标准输出")


@click.group("bench", invoke_without_command=True, short_help="测量速度和内存（供开发和运维人员使用）")
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """测量速度和内存，并与同一次运行中测得的基准相比。不写项目时全部测量。

    都在上限以内时返回 0，有超出的返回 1，有无法测量的返回 2。
    """
    context.obj = as_json
    if context.invoked_subcommand is None:
        _report(list(BENCHES), as_json=as_json)


def _verb(name: str) -> click.Command:
    @click.command(name, help=BENCHES[name])
    @json_option
    @click.pass_obj
    def verb(asked_before: bool, /, *, as_json: bool, **options: bool) -> None:  # noqa: FBT001, as click hands it over
        _report([name], as_json=as_json or asked_before, options=options)

    return peer_option(verb) if name == "pages" else verb


for each in BENCHES:
    command.add_command(_verb(each))


def _report(names: Sequence[str], *, as_json: bool, options: Mapping[str, bool] | None = None) -> None:
    import django

    with TemporaryDirectory(prefix="dangwu-bench-") as home:
        os.environ["DANGWU_HOME"], os.environ["DANGWU_DATABASE_URL"] = home, ""
        django.setup()
        lines, hindered = _measure(names, options or {})
    if as_json:
        click.echo(json.dumps([_plain(bench, line) for bench, line in lines], ensure_ascii=False, indent=2))
    elif lines:
        click.echo(table([line for _, line in lines]))
    if hindered:
        sys.exit(NOT_MEASURED)
    sys.exit(0 if all(line.holds for _, line in lines) else MISSED)


def _measure(names: Sequence[str], options: Mapping[str, bool]) -> tuple[list[tuple[str, "Measured"]], bool]:
    """The lines of every bench, and whether one could not be measured here."""
    from dangwu.workbench.bench.measuring import NotMeasurableError

    lines, hindered = [], False
    for name in names:
        bench = import_module(f"dangwu.workbench.bench.{name.replace('-', '_')}")
        try:
            lines += [(name, line) for line in bench.measure(_tell, **options)]
        except NotMeasurableError as error:
            hindered = True
            _tell(f"{name}：{error}")
    return lines, hindered


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _plain(bench: str, line: "Measured") -> dict[str, Any]:
    return {
        "bench": bench,
        "what": line.what,
        "figure": line.figure,
        "unit": line.unit,
        "floor": line.floor,
        "ratio": line.ratio,
        "limit": line.limit,
        "holds": line.holds,
    }


def table(lines: Sequence["Measured"]) -> str:
    """The lines under their heads, in columns."""
    rows = [HEADS, *map(_row, lines)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _row(line: "Measured") -> tuple[str, ...]:
    verdict = "符合" if line.holds else "超出"
    if line.floor is None or line.ratio is None:
        return line.what, f"{line.figure:,.0f} {line.unit}", "—", "—", f"{line.limit:g} {line.unit}", verdict
    figure, floor = (f"{seconds:.3f} {line.unit}" for seconds in (line.figure, line.floor))
    return line.what, figure, floor, f"{line.ratio:.2f}", f"{line.limit:g} 倍", verdict


def _width(text: str) -> int:
    """How many places a terminal gives the text."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
