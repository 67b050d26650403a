"""Which packs of rules a unit is judged by, beside those that hold everywhere."""

from collections.abc import Collection, Mapping
from datetime import date

from dangwu.compliance.living.catching_up import begin
from dangwu.compliance.models import Judging
from dangwu.compliance.policies import may_choose_packs
from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standing_of
from dangwu.rules.loading import NATIONAL


def packs() -> Mapping[str, str]:
    """The packs that may be switched on, with the titles of their documents."""
    titles: dict[str, dict[str, None]] = {}
    for rule in every_rule().rules.values():
        if rule.pack != NATIONAL:
            titles.setdefault(rule.pack, {})[rule.document.title] = None
    return {pack: "、".join(documents) for pack, documents in titles.items()}


def packs_of(unit: int) -> tuple[str, ...]:
    """The packs that are on for a unit."""
    judging = Judging.objects.filter(unit=unit).first()
    return tuple(judging.packs) if judging else ()


@action("verdict.choose_packs", allow=may_choose_packs)
def choose_packs(
    *, by: Actor, organisation: Organisation, chosen: Collection[str], reason: str, today: date
) -> Judging:
    """Judge the unit that the organisation heads by these packs. All of it is judged anew when next the clock ticks;
    settled periods stay as they are. ObjectionError for a pack that there is not, and where nothing changes.
    """
    known, kept = packs_known(chosen), packs_of(organisation.unit_id)
    if set(known) == set(kept):
        raise ObjectionError("规则包没有变动，不用保存。", field="chosen")
    if not reason.strip():
        raise ObjectionError("请写明依据，例如当地印发的文件和文号。", field="reason")
    unit = organisation.unit_id
    judging = Judging.objects.filter(unit=unit).first() or begin(unit, day=today)
    judging.packs = known
    judging.save(update_fields=["packs"])
    deed, standing = open_deed(), standing_of(organisation, today)
    deed.about(organisation, name=standing.name, place=standing.path)
    deed.reason = f"{_said(known, kept)}。{reason.strip()}"
    return judging


def packs_known(named: Collection[str]) -> list[str]:
    """Packs by name, in the order of the rulebook. ObjectionError where there is none of that name."""
    every = packs()
    if unknown := sorted(set(named) - set(every)):
        words = f"没有规则包“{'、'.join(unknown)}”，可用的有：{'、'.join(every)}。"
        raise ObjectionError(words, field="chosen")
    return [pack for pack in every if pack in named]


def _said(now: Collection[str], before: Collection[str]) -> str:
    """“启用《…》，停用《…》”."""
    titles = packs()
    on = [f"启用《{titles[pack]}》" for pack in now if pack not in before]
    off = [f"停用《{titles.get(pack, pack)}》" for pack in before if pack not in now]
    return "，".join([*on, *off])
