"""What a row would write: everything of somebody new; of somebody known only what differs, as people read it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from dangwu.foundation.imports.decisions import FILL, KEEP
from dangwu.foundation.imports.kinds import Difference, Json, Resolved, Task
from dangwu.foundation.sealing.blind import blinds
from dangwu.foundation.sealing.masks import MASKS
from dangwu.foundation.sheets.codes import code_table
from dangwu.members.imports.known import Known
from dangwu.members.models import Circumstances, Membership
from dangwu.members.sheets import RosterRow

PLAIN: Mapping[str, str] = {
    "name": "name",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "birth_date": "birth",
    "native_place": "native_place",
    "education": "education",
    "degree": "degree",
    "unit_post": "unit_post",
}
"""The fields of a roster that are columns of a person."""

SEALED: Mapping[str, str] = {"identity_number": "identity", "phone": "phone"}
DUES = ("dues_base", "dues_paid")
LABELS: Mapping[str, str] = {
    "name": "姓名",
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "native_place": "籍贯",
    "education": "学历",
    "degree": "学位",
    "unit_post": "行政职务",
    "identity_number": "公民身份号码",
    "phone": "联系电话",
    "member_kind": "人员类别",
    "joined_on": "入党日期",
    "confirmed_on": "转正日期",
    "dues_base": "党费计算基数",
    "dues_paid": "每月交纳党费",
    "employment_kind": "在职情况",
    "organisation": "所在党支部",
    "group": "党小组",
    "post": "党内职务",
}
EMPLOYMENTS = frozenset(Circumstances.Employment.values)


def told_by(row: RosterRow) -> Json:
    """What a row says, field by field, as it is registered; fields of which it says nothing are left out."""
    joined, confirmed = row.days
    values: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    values["gender"] = code_table("gender").name_of(row.gender) if row.gender else None
    values["birth_date"] = str(row.birth_date) if row.birth_date else None
    values |= {name: getattr(row, name) for name in SEALED}
    values |= {"member_kind": row.member_kind, "joined_on": _iso(joined), "confirmed_on": _iso(confirmed)}
    values |= {name: None if (amount := getattr(row, name)) is None else str(amount) for name in DUES}
    values["employment_kind"] = row.employment_kind if row.employment_kind in EMPLOYMENTS else None
    return {name: value for name, value in values.items() if value not in {None, ""}}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def kept_of(known: Known) -> Json:
    """What is registered of somebody, in the same words; sealed numbers are told by their masks."""
    person, membership, circumstances = known.person, known.membership, known.circumstances
    values: dict[str, Any] = {name: getattr(person, column) for name, column in PLAIN.items()}
    if membership:
        values |= {"member_kind": membership.kind}
        values |= {name: _iso(getattr(membership, name)) for name in ("joined_on", "confirmed_on")}
        values |= {name: None if (kept := getattr(membership, name)) is None else str(kept) for name in DUES}
    values["employment_kind"] = circumstances.employment if circumstances else None
    return {name: value for name, value in values.items() if value not in {None, ""}}


class Differing:
    """Gathers what a row says otherwise than what is registered, by the policy of each field."""

    def __init__(self, task: Task, known: Known, resolved: Resolved) -> None:
        """Begin with somebody who is known."""
        self._task = task
        self._known = known
        self._kept = kept_of(known)
        self._resolved = resolved

    def compare(self, told: Json) -> Json:
        """The fields that are to be written; each becomes a difference that people read."""
        wanted: Json = {}
        for name, value in told.items():
            if self._is_wanted(name, value):
                wanted[name] = value
                self.note(name, self._shown_kept(name), shown(name, value))
        return wanted

    def _is_wanted(self, name: str, value: str) -> bool:
        policy = self._task.decisions.policy_of(name)
        if policy == KEEP or self._is_same(name, value):
            return False
        return policy != FILL or not self._has(name)

    def _is_same(self, name: str, value: str) -> bool:
        if name in SEALED:
            kept = getattr(self._known.person, f"{SEALED[name]}_index")
            return kept in blinds(f"members.person.{SEALED[name]}", value)
        if name == "birth_date":  # a month says no more than a day in it
            return str(self._kept.get(name, "")).startswith(value)
        if name in DUES and name in self._kept:
            return float(self._kept[name]) == float(value)
        return bool(self._kept.get(name) == value)

    def _has(self, name: str) -> bool:
        if name in SEALED:
            return getattr(self._known.person, f"{SEALED[name]}_index") is not None
        return name in self._kept

    def _shown_kept(self, name: str) -> str:
        if name in SEALED:
            return "已登记（不显示）" if self._has(name) else ""
        return shown(name, self._kept.get(name, ""))

    def note(self, name: str, old: str, new: str) -> None:
        """Tell people of one change."""
        self._resolved.differences.append(Difference(LABELS[name], old, new))


_WORDS: Mapping[str, Callable[[str], str]] = {
    "identity_number": MASKS["identity"],
    "phone": MASKS["phone"],
    "member_kind": lambda kind: str(Membership.Kind(kind).label) if kind else "",
    "employment_kind": lambda kind: str(Circumstances.Employment(kind).label) if kind else "",
}


def shown(name: str, value: str) -> str:
    """A value as people read it."""
    return _WORDS.get(name, str)(value)


def everything(told: Json) -> Iterator[Difference]:
    """What is told of somebody new."""
    return (Difference(LABELS[name], "", shown(name, value)) for name, value in told.items() if name != "name")


def without(told: Json, names: Iterable[str]) -> Json:
    """What is told, but for some fields."""
    left = set(names)
    return {name: value for name, value in told.items() if name not in left}
