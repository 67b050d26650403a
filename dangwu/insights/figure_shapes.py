"""The shape of a file that declares a figure, and every error that it can have."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum

from dangwu.organisations.models import OrganisationKind
from dangwu.rules.texts import Text


class Measure(StrEnum):
    """What is counted."""

    ACTIVITIES = "activities"  # that were held
    ORGANISATIONS = "organisations"  # that held one, alone or with others
    ATTENDANCES = "attendances"  # whoever came, each time
    AUDIENCE = "audience"  # whoever listened, each time
    PEOPLE = "people"  # who are named, each once
    PERSON_DAYS = "person_days"  # the days of everybody who came; one where none are told
    STUDY_HOURS = "study_hours"  # the hours of everybody who came
    SHARE = "share"  # of the organisations that stand on the last day, those that held one
    MEMBERS = "members"  # on the last day
    STANDING = "standing"  # organisations on the last day
    ADMITTED = "admitted"  # who became probationary members in the span
    CONFIRMED = "confirmed"  # who became full members in the span


OF_ACTIVITIES = frozenset(
    {
        *(Measure.ACTIVITIES, Measure.ORGANISATIONS, Measure.ATTENDANCES, Measure.AUDIENCE, Measure.PEOPLE),
        *(Measure.PERSON_DAYS, Measure.STUDY_HOURS, Measure.SHARE),
    }
)
UNITS = ("次", "期", "场", "人", "人次", "人天", "学时", "天", "个", "%")
MEMBER_KINDS = ("full", "probationary", "applicant", "activist", "candidate")
VALUE = re.compile(r"\{(\w*)\}")

_TEXTS = ("id", "title", "group", "place", "measure", "unit", "sentence", "given_by", "headline")
_LISTS = ("kinds", "members", "organisations")
_NEEDED = ("id", "title", "group", "place", "measure", "unit", "sentence")
_CHOICES: Mapping[str, Collection[str]] = {
    "measure": tuple(Measure),
    "unit": UNITS,
    "members": MEMBER_KINDS,
    "organisations": tuple(str(kind) for kind in OrganisationKind),
    "given_by": ("leaders",),
    "headline": ("yes",),
}
# what a measure needs besides, and what else may be told of it
_BESIDES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(OF_ACTIVITIES, ("kinds",)),
    Measure.SHARE: ("kinds", "organisations"),
    Measure.MEMBERS: ("members",),
    Measure.STANDING: ("organisations",),
}
_ALLOWED = {Measure.ACTIVITIES: ("given_by",)}


def check_figure(text: Text, stem: str, *, kinds: Collection[str], confidential: Collection[str]) -> None:
    """Note every error of a file, told by its stem. `kinds` are those of activity that the rulebook knows."""
    if text.troubles:
        return
    if not isinstance(text.content, dict):
        text.trouble((), "文件里应当是一项数字", "请写明编号、名称、口径和单位")
        return
    for key, value in text.content.items():
        _check_key(text, key, value)
    for key in _NEEDED:
        if not text.content.get(key):
            text.trouble((key,), f"缺少“{key}”", "请补上")
    if not text.troubles:
        _check_content(text, stem)
        _check_kinds(text, kinds, confidential)


def _check_key(text: Text, key: str, value: object) -> None:
    if key not in _TEXTS + _LISTS:
        text.trouble((key,), f"不认识的键“{key}”", f"可用的键是 {'、'.join(_TEXTS + _LISTS)}")
    elif key in _LISTS and not (isinstance(value, list) and value and all(isinstance(item, str) for item in value)):
        text.trouble((key,), f"“{key}”应当是一列文字", "请写成 [甲, 乙] 的样子")
    elif key in _TEXTS and not isinstance(value, str):
        text.trouble((key,), f"“{key}”应当是文字", "请写成一个词或者一句话")
    elif key in _CHOICES:
        named = value if isinstance(value, list) else [value]
        for unknown in (item for item in named if item not in _CHOICES[key]):
            text.trouble((key,), f"“{key}”里不能写“{unknown}”", f"可以写的是 {'、'.join(_CHOICES[key])}")


def _check_content(text: Text, stem: str) -> None:
    told = text.content
    if told["id"] != stem:
        text.trouble(("id",), f"编号“{told['id']}”与文件名不一致", f"请改为“{stem}”")
    if not told["place"].isdecimal():
        text.trouble(("place",), "“place”应当是整数", "它定先后，请写成 110 的样子")
    if VALUE.findall(told["sentence"]) != ["value"]:
        text.trouble(("sentence",), "一句话里应当有一处 {value}，也只能有这一处", "数字连同单位填在那里")
    if (told["measure"] == Measure.SHARE) != (told["unit"] == "%"):
        text.trouble(("unit",), "占比的单位是 %，其他的不是", "请改正 unit 或者 measure")
    owed = _BESIDES.get(told["measure"], ())
    for key in owed:
        if key not in told:
            text.trouble((key,), f"“{told['measure']}”要写明“{key}”", "请补上")
    for key in {*_LISTS, "given_by"} & told.keys() - {*owed, *_ALLOWED.get(told["measure"], ())}:
        text.trouble((key,), f"“{told['measure']}”用不到“{key}”", "请删去")


def _check_kinds(text: Text, kinds: Collection[str], confidential: Collection[str]) -> None:
    told = text.content.get("kinds", ())
    for index, kind in enumerate(told):
        if kind not in kinds:
            text.trouble(("kinds", index), f"没有名为“{kind}”的活动类型", "请改正编号，或先建立这个活动类型")
    if set(told) & set(confidential):
        if text.content["measure"] != Measure.ACTIVITIES or "given_by" in text.content:
            text.trouble(("measure",), "不公开的活动只能数次数", "请改为 activities，并删去 given_by")
        if set(told) - set(confidential):
            text.trouble(("kinds",), "不公开的活动不能与其他活动合在一起数", "请分成两项")
