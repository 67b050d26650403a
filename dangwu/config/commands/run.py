"""`dangwu run`: the site for everyday use."""

import click


@click.command(help="启动网站。")
@click.option("--port", default=8000, show_default=True, metavar="端口", help="网站使用的端口。")
def command(port: int) -> None:
    from dangwu.config.site import prepare, serve

    prepare()
    serve(port, opening=f"网站已启动：http://127.0.0.1:{port}/\n按 Ctrl+C 停止。")
