"""Which organisation stands above another where nobody says so: the only one of a list that may."""

from collections.abc import Mapping
from typing import TypeVar

from dangwu.organisations.models import BRANCH_KINDS, OrganisationKind

HOLDERS = (OrganisationKind.COMMITTEE, OrganisationKind.GENERAL_BRANCH)
HELD = (*BRANCH_KINDS, OrganisationKind.GENERAL_BRANCH, OrganisationKind.DISCIPLINE_COMMITTEE)
Key = TypeVar("Key")


def only_holder(key: Key, kinds: Mapping[Key, str]) -> Key | None:
    """The one committee there is, else the one general branch; of several nobody knows which holds what."""
    for kind in HOLDERS:
        holders = [holder for holder, its in kinds.items() if its == kind and holder != key]
        if holders:
            return holders[0] if len(holders) == 1 and kinds[key] in HELD else None
    return None
