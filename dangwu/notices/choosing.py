"""Whom a person means when he composes a notice: what lies below an organisation, all members there, or one."""

from collections.abc import Iterable

from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.members.models import MEMBERS as KINDS
from dangwu.members.roster import belonging
from dangwu.notices.services.drafting import Recipient
from dangwu.organisations.models import BRANCH_KINDS, Organisation, Standing
from dangwu.organisations.queries import standing_of, standings

BRANCHES, ALL, MEMBERS, ONE, PERSON = "branches", "all", "members", "one", "person"
TO = (
    (BRANCHES, "以下各党支部"),
    (ALL, "以下全部党组织"),
    (MEMBERS, "本党组织和以下各党组织的全部党员"),
    (ONE, "指定一个党组织"),
    (PERSON, "指定一个人"),
)


def recipients_meant(
    scope: Scope, sender: Organisation, to: str, *, place: Organisation | None = None, person: str = ""
) -> list[Recipient]:
    """Those who are meant, as they stand on the scope's day. ObjectionError where one was to be named and is not."""
    if to == ONE:
        if place is None:
            raise ObjectionError("请选择要通知的党组织。", field="place")
        return [Recipient(organisation=place.pk)]
    if to == PERSON:
        if not person.isdecimal():
            raise ObjectionError("请选择要通知的人。", field="person")
        return [Recipient(person=int(person))]
    here = Scope((TreePath(standing_of(sender, scope.on).path),), scope.on)
    if to == MEMBERS:
        rows = belonging(here, KINDS).order_by("person__pinyin", "pk")
        return [Recipient(person=key) for key in rows.values_list("person", flat=True)]
    return [Recipient(organisation=standing.organisation_id) for standing in _below(here, sender, to)]


def _below(here: Scope, sender: Organisation, to: str) -> Iterable[Standing]:
    rows = standings(here).exclude(organisation=sender.pk)
    return rows.filter(kind__in=BRANCH_KINDS) if to == BRANCHES else rows
