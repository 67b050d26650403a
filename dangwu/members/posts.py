"""What the words of a roster say of a post: which party post it is and where, and whether somebody leads his unit."""

import re

from dangwu.members.models import Post
from dangwu.organisations.models import OrganisationKind

WORDS = (  # the longer first: “机关纪委书记” is no secretary of a branch
    (r"纪委书记|纪检书记", Post.Kind.DISCIPLINE_SECRETARY),
    (r"副书记", Post.Kind.DEPUTY_SECRETARY),
    (r"书记", Post.Kind.SECRETARY),
    (r"组织委员", Post.Kind.ORGANISATION_MEMBER),
    (r"宣传委员", Post.Kind.PUBLICITY_MEMBER),
    (r"纪检委员|纪律检查委员", Post.Kind.DISCIPLINE_MEMBER),
    (r"小组组?长", Post.Kind.GROUP_LEADER),
    (r"委员(?!会)", Post.Kind.COMMITTEE_MEMBER),
)
ABOVE = (
    (r"机关纪委|纪律检查委员会", OrganisationKind.COMMITTEE),  # its secretary is judged at the committee
    (r"工委", OrganisationKind.WORKING_COMMITTEE),
    (r"机关党委|党委", OrganisationKind.COMMITTEE),
    (r"党组", OrganisationKind.PARTY_LEADERSHIP_GROUP),
    (r"党?总支", OrganisationKind.GENERAL_BRANCH),
)
UNIT_HEAD = re.compile(
    r"党组(?:书记|副书记|成员)|^(?:党委)?(?:副)?(?:局长|厅长|署长|检察长|院长|秘书长)|(?:局|厅)(?:党组|党委)"
)
NO_UNIT_HEAD = re.compile(r"处长|科长|科员|调研员|主办|干事|职员")
DIVISION_HEAD = re.compile(r"(?<!副)(?:处长|主任|科长|所长|队长|站长|校长|院长|局长|厅长)(?!科员|助理)")
NO_DIVISION_HEAD = re.compile(r"副(?:处长|主任|科长|所长|队长|站长)|科员|调研员|主办|干事|职员")


def posts_in(text: str) -> list[tuple[Post.Kind, OrganisationKind | None]]:
    """The party posts that a cell names, each with the kind of organisation above the branch that it belongs to."""
    found: list[tuple[Post.Kind, OrganisationKind | None]] = []
    for part in re.split(r"[、，,；;/\s]+|兼任?", text or ""):
        kind = next((kind for words, kind in WORDS if re.search(words, part)), None)
        if kind and (post := (kind, _above(part))) not in found:
            found.append(post)
    return found


def _above(part: str) -> OrganisationKind | None:
    return next((kind for words, kind in ABOVE if re.search(words, part)), None)


def heads_unit(unit_post: str) -> bool | None:
    """Whether an administrative post is one of the heads of a unit; None where the words do not tell."""
    return _told(unit_post, UNIT_HEAD, NO_UNIT_HEAD)


def heads_division(unit_post: str) -> bool | None:
    """Whether an administrative post is the principal one of a division; None where the words do not tell."""
    return _told(unit_post, DIVISION_HEAD, NO_DIVISION_HEAD)


def _told(text: str, yes: re.Pattern[str], no: re.Pattern[str]) -> bool | None:
    if yes.search(text):
        return True
    return False if no.search(text) else None
