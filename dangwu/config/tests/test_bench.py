from click.testing import CliRunner

from dangwu.config.cli import main
from dangwu.config.commands.bench import BENCHES, table
from dangwu.workbench.bench.measuring import Measured


def test_the_table_tells_figure_floor_ratio_limit_and_verdict() -> None:
    lines = table([Measured("读取名册", 3.0, "秒", 4, floor=1.0), Measured("内存峰值", 700.4, "MiB", 600)])
    assert [line.split() for line in lines.splitlines()] == [
        ["项目", "实测", "基准", "倍数", "上限", "结论"],
        ["读取名册", "3.000", "秒", "1.000", "秒", "3.00", "4", "倍", "符合"],
        ["内存峰值", "700", "MiB", "—", "—", "600", "MiB", "超出"],
    ]


def test_an_unknown_bench_is_refused() -> None:
    refused = CliRunner().invoke(main, ["bench", "none"], prog_name="dangwu")
    assert refused.exit_code == 2
    assert "没有“none”这个命令" in refused.output


def test_help_lists_every_bench() -> None:
    told = CliRunner().invoke(main, ["bench", "--help"], prog_name="dangwu").output
    assert all(name in told for name in BENCHES)
