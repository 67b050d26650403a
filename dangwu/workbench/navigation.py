"""The navigation of whoever is signed in: what he may open, and how many notices he has not opened yet."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from dangwu.access.models import Account
from dangwu.access.navigation import entries
from dangwu.access.rights import roles_with
from dangwu.access.scoping import AccountActor
from dangwu.compliance.policies import RUN
from dangwu.duties.policies import SEE as SEE_DUTIES
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.pages.shell import NavItem
from dangwu.members.policies import SEE as SEE_MEMBERS
from dangwu.notices.queries import unread_for
from dangwu.organisations.policies import SEE as SEE_ORGANISATIONS
from dangwu.records.policies import SEE as SEE_RECORDS
from dangwu.workbench.imports.fetching import KEEPERS


def navigation(request: HttpRequest) -> dict[str, object]:
    """The context processor. Beside what the actor has read already it costs the query that counts unread notices."""
    actor = getattr(request, "actor", None)
    return {"navigation": list(items(actor))} if isinstance(actor, AccountActor) else {}


def items(actor: AccountActor) -> Iterator[NavItem]:
    """The entries for an account; those alone whose pages there are."""
    offered = (
        ("首页", "home", True),
        ("我的", "mine", actor.account.kind == Account.Kind.PERSON),
        ("通知", "notices", True),
        ("组织生活", "overview", has_right(actor, SEE_RECORDS)),
        ("数读", "figures", has_right(actor, SEE_RECORDS)),
        ("日历", "calendar", has_right(actor, SEE_RECORDS) or _is_member(actor)),
        ("任务落实", "duties", has_right(actor, SEE_DUTIES)),
        ("党组织", "organisations", has_right(actor, SEE_ORGANISATIONS) or actor.holds("system")),
        ("党员", "members", has_right(actor, SEE_MEMBERS)),
        ("活动记录", "activities", has_right(actor, SEE_RECORDS)),
        ("台账和手册", "ledgers", has_right(actor, SEE_RECORDS)),
        ("谈心谈话", "talks", _is_member(actor)),
        ("导入导出", "imports", any(is_one_of(actor, keepers) for keepers in KEEPERS)),
        ("核对", "checks", has_right(actor, RUN)),
    )
    waiting = {"notices": unread_for(actor.account)}
    for title, name, may in offered:
        if may and (url := address(name)):
            yield NavItem(title, url, name, count=waiting.get(name))
    yield from entries(actor)
    kept = (
        ("审计", "audit", actor.holds("audit")),
        ("系统", "system", actor.holds("system")),
        ("规则库", "rules", True),
    )
    yield from (NavItem(title, url, name) for title, name, may in kept if may and (url := address(name)))


def _is_member(actor: AccountActor) -> bool:
    """Whether the account is somebody's own who keeps no site."""
    return actor.account.kind == Account.Kind.PERSON and not actor.duties()


def has_right(actor: AccountActor, right: str) -> bool:
    """Whether the account has a right anywhere; which part of the tree that is costs a query more."""
    roles = roles_with(right)
    return any(held.role in roles for held in actor.held())


def is_one_of(actor: AccountActor, keepers: Keepers) -> bool:
    """Whether the account may bring something in anywhere."""
    return actor.holds(keepers.duty) if keepers.duty else has_right(actor, keepers.right)


def address(name: str) -> str:
    """The address of a page without parameters; empty where there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
