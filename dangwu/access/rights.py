"""Which role has which rights, in the organisation of the appointment and everything below it.

The words of the rights belong to the modules that ask for them; a test holds that none is asked for which nobody has.
"""

from collections.abc import Mapping

from dangwu.access.models import Appointment

Role = Appointment.Role

SEES = frozenset({"organisation.see", "member.see", "record.see"})
KEEPS = frozenset(
    {"organisation.keep", "member.keep", "member.reveal", "member.export", "check.run", "record.keep", "duty.keep"}
) | {"verdict.answer"}
DECIDES = frozenset({"verdict.decide"})
REORGANISES = frozenset({"organisation.reorganise"})
FOLLOWS = frozenset({"notice.see", "duty.see"})
SENDS = frozenset({"notice.send"})

RIGHTS: Mapping[str, frozenset[str]] = {
    Role.SECRETARY: SEES | KEEPS | FOLLOWS | SENDS | DECIDES,
    Role.COMMITTEE_MEMBER: SEES | FOLLOWS | {"check.run", "record.keep", "duty.keep", "verdict.answer"},
    Role.CLERK: SEES | KEEPS | REORGANISES | FOLLOWS | SENDS | DECIDES,
    Role.SUPERVISOR: SEES | FOLLOWS | {"check.run"},
    Role.DISCIPLINE_SECRETARY: SEES | {"discipline.see"},
}

NOT_DELEGATED = frozenset({"member.reveal", "member.export", "discipline.see"})
"""What stays with whoever was appointed: a stand-in keeps the work going, he does not take the data away."""

PERSONAL_ROLES = frozenset({Role.DISCIPLINE_SECRETARY})
"""Roles that cannot be delegated at all."""

GUARDED_ROLES = frozenset({Role.DISCIPLINE_SECRETARY})
"""Roles that need a second factor, as administrators do."""

RIGHT_WORDS: Mapping[str, str] = {
    "organisation.see": "查看党组织",
    "member.see": "查看党员",
    "organisation.keep": "维护党组织情况",
    "organisation.reorganise": "办理党组织设置和调整",
    "member.keep": "维护党员情况",
    "member.reveal": "查看完整证件号码",
    "member.export": "导出党员名册",
    "record.see": "查看组织生活记录",
    "record.keep": "记录组织生活",
    "check.run": "核对工作簿",
    "verdict.answer": "对未完成的事项作出说明",
    "verdict.decide": "免除要求、认定下级履职情况",
    "duty.see": "查看任务落实情况",
    "duty.keep": "布置和落实任务",
    "notice.see": "查看发出的通知",
    "notice.send": "起草和发送通知",
    "discipline.see": "查看纪律方面的事项",
}

FROM_POSTS: Mapping[str, str] = {
    "secretary": Role.SECRETARY,
    "deputy_secretary": Role.COMMITTEE_MEMBER,
    "organisation_member": Role.COMMITTEE_MEMBER,
    "publicity_member": Role.COMMITTEE_MEMBER,
    "discipline_member": Role.COMMITTEE_MEMBER,
    "committee_member": Role.COMMITTEE_MEMBER,
    "discipline_secretary": Role.DISCIPLINE_SECRETARY,
    "party_affairs_staff": Role.CLERK,
}
"""The role that follows from a party post, for as long as the post is held."""


def roles_with(right: str) -> frozenset[str]:
    """The roles that have a right."""
    return frozenset(role for role, rights in RIGHTS.items() if right in rights)


def rights_of(role: str, *, delegated: bool) -> frozenset[str]:
    """What an appointment gives, or what of it a stand-in has."""
    return RIGHTS[role] - NOT_DELEGATED if delegated else RIGHTS[role]


def words_for(role: str, *, delegated: bool) -> str:
    """The rights of an appointment as its holder reads them."""
    rights = rights_of(role, delegated=delegated)
    return "、".join(words for right, words in RIGHT_WORDS.items() if right in rights)
