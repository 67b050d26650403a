"""Which role has which rights, in the organisation of the appointment and everything below it.

The words of the rights belong to the modules that ask for them; a test holds that none is asked for which nobody has.
"""

from collections.abc import Mapping

from dangwu.access.models import Appointment

Role = Appointment.Role

SEES = frozenset({"organisation.see", "member.see"})
KEEPS = frozenset({"organisation.keep", "member.keep", "member.reveal", "member.export", "check.run"})
REORGANISES = frozenset({"organisation.reorganise"})

RIGHTS: Mapping[str, frozenset[str]] = {
    Role.SECRETARY: SEES | KEEPS | REORGANISES,
    Role.COMMITTEE_MEMBER: SEES | {"check.run"},
    Role.CLERK: SEES | KEEPS | REORGANISES,
    Role.SUPERVISOR: SEES | {"check.run"},
    Role.DISCIPLINE_SECRETARY: SEES | {"discipline.see"},
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
