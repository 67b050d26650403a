"""`dangwu packs`: which packs of rules a unit is judged by."""

import click


@click.command("packs", short_help="规则包：查看，为一个单位启用或停用")
@click.option("--under", "name", metavar="党组织", help="最上级党组织的全称或简称；只有一个时不用写")
@click.option("--on", "switched_on", multiple=True, metavar="规则包", help="启用，可以写几次")
@click.option("--off", "switched_off", multiple=True, metavar="规则包", help="停用，可以写几次")
@click.option("--reason", default="", metavar="依据", help="启用或停用的依据，例如文件和文号")
def command(*, name: str | None, switched_on: tuple[str, ...], switched_off: tuple[str, ...], reason: str) -> None:
    """列出各规则包是否启用；写了 --on 或 --off 的，先变更再按新的规则包重新判定全部党组织，并记入日志。"""
    import django

    django.setup()
    from django.utils import timezone

    from dangwu.compliance.jobs import judged_unit
    from dangwu.compliance.services.packs import choose_packs, packs, packs_known, packs_of
    from dangwu.config.living import head_called, refuse
    from dangwu.foundation.actors import CommandLine
    from dangwu.foundation.objections import ObjectionError

    today = timezone.localdate()
    head = head_called(name, today)
    unit = head.organisation.unit_id
    try:
        if switched_on or switched_off:
            asked = {*packs_of(unit), *packs_known(switched_on)} - set(packs_known(switched_off))
            by, about = CommandLine("packs"), head.organisation
            choose_packs(by=by, organisation=about, chosen=asked, reason=reason, today=today)
            judged_unit(unit, today)
    except ObjectionError as objection:
        refuse(objection.message)
    click.echo(head.name)
    for pack, title in packs().items():
        click.echo(f"  {'启用' if pack in packs_of(unit) else '未启用'}  {pack}  《{title}》")
