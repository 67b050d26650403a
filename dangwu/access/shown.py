"""Appointments and accounts as pages show them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from dangwu.access.models import Account, Appointment
from dangwu.access.rights import PERSONAL_ROLES, words_for
from dangwu.access.sso.offering import offered_providers
from dangwu.access.wording import NEVER_SHOWN, VERBS
from dangwu.foundation.audit.models import AuditEntry
from dangwu.foundation.pages.parts import Event, Tab, Tabs, Tag
from dangwu.kernel.span import FAR

SOON = 14  # days


@dataclass(frozen=True, slots=True)
class Given:
    """An appointment: what it allows, where it comes from, until when."""

    row: Any  # an Appointment with its `place`
    today: date

    @property
    def rights(self) -> str:
        return words_for(self.row.role, delegated=self.row.delegated_from_id is not None)

    @property
    def source(self) -> str:
        return source_of(self.row)

    @property
    def days(self) -> str:
        until = last_day(self.row)
        return f"{self.row.valid_from} 起" if until is None else f"{self.row.valid_from} 至 {until}"

    @property
    def tag(self) -> Tag:
        return tag_of(self.row, self.today)

    @property
    def can_be_delegated(self) -> bool:
        own = self.row.delegated_from_id is None and self.row.role not in PERSONAL_ROLES
        return own and self.row.in_force(self.today)


def source_of(row: Appointment) -> str:
    if row.delegated_from is not None:
        return f"受{row.delegated_from.account.name}委托"
    return "随党内职务" if row.post_key else "由安全管理员任用"


def last_day(row: Appointment) -> date | None:
    """The last day, None where no end is known."""
    return None if row.valid_until == FAR else row.valid_until - timedelta(days=1)


def tag_of(row: Appointment, today: date) -> Tag:
    if row.valid_from > today:
        return Tag("未开始", "hint")
    if row.valid_until <= today:
        return Tag("已结束")
    return Tag("即将到期", "soon") if (row.valid_until - today).days <= SOON else Tag("有效", "good")


def state_of(account: Account) -> Tag:
    return Tag("启用", "good") if account.is_active else Tag("停用", "warning")


def events(entries: list[AuditEntry]) -> list[Event]:
    """What was done with an account, but not when somebody came and went."""
    told = [entry for entry in entries if entry.verb not in NEVER_SHOWN]
    return [Event(timezone.localdate(entry.at), VERBS.get(entry.verb, entry.verb), _by(entry)) for entry in told]


def _by(entry: AuditEntry) -> str:
    return "，".join(filter(None, [f"办理人：{entry.actor_name}" if entry.actor_name else "", entry.reason]))


def my_tabs(here: str) -> Tabs:
    pages = {"my-account": "我的权限", "my-password": "密码", "mfa_index": "第二重验证", "my-sessions": "登录记录"}
    if offered_providers():
        pages["sign_on_bindings"] = "登录方式"
    return Tabs("我的账号", [Tab(title, reverse(name), here=name == here) for name, title in pages.items()])
