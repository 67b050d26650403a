"""`dangwu reindex`: what the search box looks through, made anew from the records."""

import click

from dangwu.config.bar import Bar
from dangwu.config.standing import wake


@click.command("reindex", short_help="重建搜索用的检索内容")
@click.option("--afresh", is_flag=True, help="先清空再重建：检索内容已损坏时使用，重建期间可能搜不到")
def command(*, afresh: bool) -> None:
    """按现有记录重建检索内容，以及用来提示内容相近的特征。网站可以照常使用；可以随时中断，再运行一次就从头核对。

    检索内容平时随记录自动更新，不需要定期重建。从备份恢复以后会自动重建。
    """
    wake()
    from dangwu.foundation.search.rebuilding import rebuild
    from dangwu.records.signatures import sign_all

    with Bar() as bar:
        told = rebuild(bar, afresh=afresh)
        sign_all(bar)
    counted = "、".join(f"{title} {number} 条" for title, number in told.items())
    click.echo(f"检索内容已重建：{counted}。" if counted else "检索内容已重建，目前没有可以搜索的记录。")
