"""The shape of a file that declares a kind of activity, and every error that it can have."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from dangwu.rules.texts import Text, Trouble


class Expected(StrEnum):
    """Who should come."""

    MEMBERS = "members"  # the members of the organisation, those of the organisations below it included
    COMMITTEE = "committee"  # whoever holds a post in its committee
    GROUP = "group"  # the members of one group
    YOUNG = "young"  # the members in service of forty years and under
    NAMED = "named"  # whoever is named
    COUNTED = "counted"  # nobody is named, they are counted
    PAIR = "pair"  # two who talk with each other


class Sensitivity(StrEnum):
    """Who may know of it."""

    ORDINARY = "ordinary"
    CONFIDENTIAL = "confidential"


class Form(StrEnum):
    """The form of its paper."""

    MINUTES = "minutes"
    STUDY = "study"
    RECORD = "record"
    TALK = "talk"


ORGANISATION_KINDS = (
    *("working_committee", "party_leadership_group", "committee", "discipline_committee", "general_branch"),
    *("branch", "joint_branch", "temporary_branch"),
)
ROLES = ("chair", "recorder", "lecturer", "non_voting", "mentor")
ASKS = ("agenda", "resolutions", "hours", "days", "audience", "confirmed_by", "partners")

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "held_by": ORGANISATION_KINDS,
    "expected": tuple(Expected),
    "roles": ROLES,
    "asks": ASKS,
    "sensitivity": tuple(Sensitivity),
    "form": tuple(Form),
}
_LISTS = ("aliases", "also", "held_by", "roles", "asks", "agenda")
_TEXTS = ("id", "name", "called_by", "expected", "sensitivity", "form")
_NEEDED = ("id", "name")
_KEYS = (
    *("id", "name", "aliases", "also", "held_by", "called_by", "expected", "roles", "asks", "agenda"),
    *("sensitivity", "form"),
)

Texts = Mapping[str, Text]


def check_kinds(texts: Texts, *, same: Callable[[str], str]) -> list[Trouble]:
    """Every error of these files, told by their stems. `same` brings the ways to write a name together."""
    for stem, text in texts.items():
        _check_shape(text, stem)
    if not _troubles(texts):
        _check_names(texts, same)
        _check_also(texts)
    return _troubles(texts)


def _troubles(texts: Texts) -> list[Trouble]:
    return [trouble for text in texts.values() for trouble in text.troubles]


def _check_shape(text: Text, stem: str) -> None:
    if text.troubles:
        return
    if not isinstance(text.content, dict):
        text.trouble((), "文件里应当是一个活动类型", "请写明编号、名称和别名")
        return
    for key, value in text.content.items():
        _check_key(text, key, value)
    for key in _NEEDED:
        if not text.content.get(key):
            text.trouble((key,), f"缺少“{key}”", "请补上")
    if text.content.get("id", stem) != stem:
        text.trouble(("id",), f"编号“{text.content['id']}”与文件名不一致", f"请改为“{stem}”")


def _check_key(text: Text, key: str, value: object) -> None:
    if key not in _KEYS:
        text.trouble((key,), f"不认识的键“{key}”", f"可用的键是 {'、'.join(_KEYS)}")
    elif key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        text.trouble((key,), f"“{key}”应当是一列文字", "请写成 [甲, 乙] 的样子")
    elif key in _TEXTS and not isinstance(value, str):
        text.trouble((key,), f"“{key}”应当是文字", "请写成一个词或者一句话")
    elif key in _CHOICES:
        _check_choices(text, key, value)


def _check_choices(text: Text, key: str, value: object) -> None:
    named = value if isinstance(value, list) else [value]
    for unknown in (item for item in named if item not in _CHOICES[key]):
        text.trouble((key,), f"“{key}”里不能写“{unknown}”", f"可以写的是 {'、'.join(_CHOICES[key])}")


def _check_names(texts: Texts, same: Callable[[str], str]) -> None:
    """A name that stands for two kinds would make one of them win in silence."""
    owners: dict[str, str] = {}
    for text in texts.values():
        aliases = text.content.get("aliases", ())
        names = {("name",): text.content["name"]} | {("aliases", index): name for index, name in enumerate(aliases)}
        for key, name in names.items():
            owner = owners.setdefault(same(name), text.file)
            if owner != text.file:
                text.trouble(key, f"“{name}”已在 {owner} 中用过", "一个叫法只能属于一种活动，请删去其中一处")


def _check_also(texts: Texts) -> None:
    known = {text.content["id"] for text in texts.values()}
    for text in texts.values():
        for index, kind_id in enumerate(text.content.get("also", ())):
            if kind_id not in known - {text.content["id"]}:
                text.trouble(("also", index), f"没有名为“{kind_id}”的其他活动类型", "请改正编号，或先建立这个活动类型")
