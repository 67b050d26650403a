"""`dangwu keys`: the keys under which personal values are sealed."""

import sys
from typing import TYPE_CHECKING

import click

from dangwu.config.site import Refusal

if TYPE_CHECKING:
    from dangwu.foundation.sealing.fields import SealedField
    from dangwu.foundation.sealing.rotation import Progress

LEFT_OVER = 1
SUITES = {"international": "国际算法", "national": "国密算法"}


@click.group("keys", short_help="个人信息的密钥：查看、新增、重新加密、停用")
def command() -> None:
    """个人信息的密钥：查看、新增、重新加密、停用。

    更换密钥：先 add，再 rotate，一小时以后 retire。每一步都记入审计日志。做完请备份一次。
    """


@command.command("list", short_help="列出密钥，以及各有多少项内容用它加密")
def listed() -> None:
    """列出密钥，以及各有多少项内容用它加密。"""
    _set_up()
    from django.utils import timezone

    from dangwu.foundation.sealing.keyring import keyring
    from dangwu.foundation.sealing.rotation import keys_in_use, sealed_fields

    used, ring = keys_in_use(sealed_fields()), keyring()
    for key in ring.data_keys:
        mark = "，正在使用" if key == ring.current else ""
        made = timezone.localtime(key.made_at)
        click.echo(
            f"{key.id.hex()}  {SUITES[key.suite.name]}  {made:%Y-%m-%d %H:%M} 生成  {used.pop(key.id, 0)} 项{mark}"
        )
    for key_id, rows in used.items():
        click.echo(f"{key_id.hex()}  缺少这把密钥，{rows} 项打不开。请从密钥备份恢复。")


@command.command("add", short_help="新增一把密钥，今后用它加密")
def add() -> None:
    """新增一把密钥，今后用它加密。原有内容仍用原来的密钥，由 rotate 重新加密。"""
    _set_up()
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.sealing.rotation import add_key

    key = add_key(by=CommandLine("keys"))
    click.echo(f"已新增密钥 {key.id.hex()}。请接着运行 dangwu keys rotate，并把新密钥备份到这台机器以外。")


@command.command("rotate", short_help="把全部内容改用最新的密钥加密")
def rotate() -> None:
    """把全部内容改用最新的密钥加密。网站可以照常使用；可以随时中断，再运行一次就接着做。

    全部完成返回 0，还有没完成的返回 1。
    """
    _set_up()
    from dangwu.foundation.sealing.rotation import sealed_fields

    left = sum([_rotate(field) for field in sealed_fields()])
    click.echo(f"还有 {left} 项没有完成。" if left else "全部完成。一小时以后可以用 dangwu keys retire 停用旧密钥。")
    sys.exit(LEFT_OVER if left else 0)


def _rotate(field: "SealedField") -> int:
    """Renew one column; how many values are left."""
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.sealing import rotation

    title = str(field.verbose_name)

    def tell(progress: "Progress") -> None:
        click.echo(f"{title}：已重新加密 {progress.resealed} 项，还有 {progress.left} 项")

    done = rotation.rotate(by=CommandLine("keys"), field=field, progress=tell)
    if done.broken:
        click.echo(f"{title}：{len(done.broken)} 项打不开，没有改动。请运行 dangwu doctor 查看是否缺少密钥。")
    return done.left


@command.command("retire", short_help="停用一把不再使用的密钥")
@click.argument("key", metavar="密钥编号")
def retire(key: str) -> None:
    """停用一把不再使用的密钥。编号见 dangwu keys list。密钥文件移到另一个文件夹，旧备份还要用它打开，请不要删除。"""
    _set_up()
    from django.utils import timezone

    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.objections import ObjectionError
    from dangwu.foundation.sealing.rotation import retire_key, sealed_fields

    key_id = _known_key(key)
    try:
        path = retire_key(by=CommandLine("keys"), key_id=key_id, fields=sealed_fields(), now=timezone.now())
    except ObjectionError as objection:
        raise Refusal(str(objection)) from objection
    click.echo(f"已停用密钥 {key}，文件移到 {path}")


def _known_key(text: str) -> bytes:
    from dangwu.foundation.sealing.keyring import keyring

    known = {key.id.hex(): key.id for key in keyring().data_keys}
    if text.lower() not in known:
        raise click.UsageError(f"没有编号为“{text}”的密钥，请用 dangwu keys list 查看")
    return known[text.lower()]


def _set_up() -> None:
    """Raises Refusal where the keys cannot be read."""
    import django

    django.setup()
    from dangwu.foundation.sealing.keyring import keyring
    from dangwu.foundation.sealing.keys import KeysError

    try:
        keyring()
    except KeysError as error:
        raise Refusal(str(error)) from error
