"""The entries of the navigation that lead to accounts."""

from django.urls import reverse

from dangwu.access.queries import open_proposals
from dangwu.access.scoping import AccountActor
from dangwu.foundation.pages.shell import NavItem


def entries(actor: AccountActor) -> list[NavItem]:
    """Those that an actor can open."""
    items: list[NavItem] = []
    if actor.holds("system") or actor.holds("security"):
        items.append(NavItem("账号", reverse("accounts"), "accounts"))
    if actor.holds("security"):
        items.append(NavItem("任用", reverse("appointments"), "appointments"))
    if actor.duties():
        items.append(NavItem("管理员", reverse("administrators"), "administrators", count=open_proposals().count()))
    return items
