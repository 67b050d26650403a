"""`dangwu demo`: a site with workbooks to try it on."""

from pathlib import Path

import click


@click.command(help="生成演示用的名册和台账（人名均为虚构），并启动网站。")
@click.option("--port", default=8000, show_default=True, metavar="端口", help="网站使用的端口。")
def command(port: int) -> None:
    from django.conf import settings

    from dangwu.config.site import prepare, serve
    from dangwu.workbench.demo.workbooks import write_demo_workbooks

    prepare()
    folder = settings.HOME / "demo"
    serve(port, opening=_opening(port, folder, write_demo_workbooks(folder)))


def _opening(port: int, folder: Path, workbooks: list[Path]) -> str:
    names = "\n".join(f"  {path.relative_to(folder)}" for path in workbooks)
    return (
        f"演示用的表格在：{folder}\n{names}\n\n"
        f"网站已启动：http://127.0.0.1:{port}/\n"
        "请在浏览器中打开，把上面的表格拖进去。按 Ctrl+C 停止。"
    )
