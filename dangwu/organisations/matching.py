"""Which organisation a workbook means by a name: short, formal, numbered in digits, or with the unit before it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

_SUGGESTIONS = 3
_DIGITS = "零一二三四五六七八九"
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_REMARK = re.compile(r"(?<=.)\([^()]*\)$")
_IGNORED = re.compile(r"[\s\"'“”‘’·\-—_/.,、。:]+")
_ENUMERATED = re.compile(
    rf"第?(\d+|[{_DIGITS}十]+)(?=[处科室部组队庭所]|[支大中]队|党支部|支部|联合|临时|党?总支|党?小组|$)"
)
_UNIT = re.compile(r".*(?:(?<!分)局|厅|署|政府|法院|检察院|公司|集团|(?<!支部)委员会|常委会|(?<![党纪团工])委(?!员会))")
_ABOVE = re.compile(r"(?:直属)?(?:机关党委|机关委员会|党总支部?)(?=.)")
_GROUP_OF_BRANCH = re.compile(r"(.*支部(?:委员会)?)(.*)")
_ENDINGS = {
    "group": "党?小组",
    "joint_branch": "联合党?支部(?:委员会)?",
    "temporary_branch": "临时党?支部(?:委员会)?",
    "general_branch": "党?总支部?(?:委员会)?",
    "branch": "党?支部(?:委员会)?",
    "discipline_committee": "纪委|纪律检查委员会",
    "party_leadership_group": "党组",
    "working_committee": "党?工委|工作委员会",
    "committee": "党委|(?:(?<=机关)|(?<=基层))委员会",
}
_ENDING = re.compile("(?:" + "|".join(f"(?P<{kind}>{written})" for kind, written in _ENDINGS.items()) + ")$")
_BRANCHES = {"branch", "joint_branch", "temporary_branch"}


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """The organisation that is meant, and the party group of it where one was named that is not known itself."""

    key: Key
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown(Generic[Key]):
    """No organisation bears such a name; the keys of those whose names are close, the closest first."""

    suggestions: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous(Generic[Key]):
    """Several organisations may be meant; their keys."""

    candidates: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class _Anatomy:
    """A name in its parts: 市财政局 | 办公室 | 2 | branch."""

    unit: str
    stem: str
    number: str
    kind: str | None

    def may_mean(self, other: "_Anatomy") -> bool:
        """Whether a workbook that writes this may mean the other: what it leaves out is not held against it."""
        same_unit = self.unit.endswith(other.unit) or other.unit.endswith(self.unit)
        same_kind = self.kind in {None, other.kind} or {self.kind, other.kind} <= _BRANCHES
        return same_unit and same_kind


def kind_of_name(text: str) -> str | None:
    """The code of the kind of organisation that a name (or the name of a kind) ends in."""
    return _anatomy(_clean(text)).kind


def unit_in_name(text: str) -> str:
    """The unit that a name begins with: 市财政局 of 中共市财政局机关委员会. Empty where it names none."""
    return _anatomy(_clean(text)).unit


def _clean(text: str) -> str:
    """The name without what people write differently: width, spaces, marks, a remark in brackets, the party's name."""
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", text))
    plain = _REMARK.sub("", plain)
    bare = _PARTY.sub("", plain)
    if bare != plain and bare.endswith("委员会") and not _ENDING.search(bare):
        bare = f"{bare.removesuffix('委员会')}党委"
    return _ENUMERATED.sub(lambda found: str(_number(found[1])), bare)


def _number(text: str) -> int:
    """Read 12, 十二 or 二十."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    units = int("".join(str(_DIGITS.index(digit)) for digit in ones) or 0)
    return units + (10 * (_number(tens) if tens else 1) if ten else 0)


def _in_words(number: int) -> str:
    """12 as 十二; from 100 on in digits."""
    if number >= 100:  # noqa: PLR2004 - three digits
        return str(number)
    tens, ones = divmod(number, 10)
    written_tens = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return written_tens + (_DIGITS[ones] if ones or not tens else "")


def _anatomy(name: str) -> _Anatomy:
    """Take a clean name apart."""
    ending = _ENDING.search(name)
    kind = ending.lastgroup if ending else None
    rest = name[: ending.start()] if ending else name
    number = re.search(r"\d*$", rest) if ending else None
    rest, digits = (rest[: number.start()], number[0]) if number else (rest, "")
    if kind == "group":
        return _Anatomy("", _canonical(rest), digits, kind)
    unit = _UNIT.match(rest)
    stem = (rest[unit.end() :] if unit else rest).replace("直属机关", "机关")
    if digits and stem == "机关":  # “机关第一党支部” is “第一党支部”
        stem = ""
    return _Anatomy(unit[0] if unit else "", stem, digits, kind)


def _canonical(name: str) -> str:
    """One text for every way to write a name."""
    parts = _anatomy(name)
    return f"{parts.unit}{parts.stem}{parts.number}{parts.kind or ''}"


class OrganisationNames(Generic[Key]):
    """The names under which organisations are known: for each its key, its full name and its other names."""

    def __init__(self, names: Iterable[tuple[Key, str, Iterable[str]]]) -> None:
        self._full: dict[Key, str] = {}
        self._exact: dict[str, set[Key]] = defaultdict(set)
        self._places: dict[tuple[str, str], list[tuple[_Anatomy, Key]]] = defaultdict(list)
        self._answers: dict[str, Found[Key] | Unknown[Key] | Ambiguous[Key]] = {}
        for key, full, others in names:
            self._full[key] = full
            for name in (full, *others):
                if clean := _clean(name):
                    self._learn(key, clean, _anatomy(_clean(full)))

    def _learn(self, key: Key, name: str, full: _Anatomy) -> None:
        """A short name stands for its unit and kind too."""
        parts = _anatomy(name)
        known = _Anatomy(parts.unit or full.unit, parts.stem, parts.number, parts.kind or full.kind)
        self._exact[name].add(key)
        self._places[parts.stem, parts.number].append((known, key))

    def name_of(self, key: Key) -> str:
        """The full name."""
        return self._full[key]

    def find(self, text: str) -> Found[Key] | Unknown[Key] | Ambiguous[Key]:
        """The organisation that the text means. Of several that it may mean none is preferred."""
        if text not in self._answers:
            self._answers[text] = self._look_up(_clean(text))
        return self._answers[text]

    def _look_up(self, name: str) -> Found[Key] | Unknown[Key] | Ambiguous[Key]:
        if not name:
            return Unknown()
        parts = _anatomy(name)
        keys = self._exact.get(name) or self._alike(parts)
        if len(keys) > 1:
            return Ambiguous(tuple(key for key in self._full if key in keys))
        for key in keys:
            return Found(key)
        if parts.kind == "group":
            return self._look_up_group(name, parts)
        if below := _ABOVE.match(name):  # “机关党委人事处支部”: who stands above is said before the name
            return self._look_up(name[below.end() :])
        return self._none_such(name, parts)

    def _alike(self, parts: _Anatomy) -> set[Key]:
        """Those that the name may mean; where it says what kind it is, those of just that kind come before others."""
        alike = [entry for entry in self._places.get((parts.stem, parts.number), ()) if parts.may_mean(entry[0])]
        exact_kind = [entry for entry in alike if entry[0].kind == parts.kind]
        return {key for _, key in exact_kind or alike}

    def _look_up_group(self, name: str, parts: _Anatomy) -> Found[Key] | Unknown[Key] | Ambiguous[Key]:
        above = re.sub(r"\d*党?小组$", "", name)
        split = _GROUP_OF_BRANCH.fullmatch(above)
        branch, own_name = split.groups() if split else (above, "")
        answer = self._look_up(branch)
        if not isinstance(answer, Found):
            return answer
        number = f"第{_in_words(int(parts.number))}" if parts.number else ""
        return Found(answer.key, f"{own_name}{number}党小组")

    def _none_such(self, name: str, parts: _Anatomy) -> Unknown[Key] | Ambiguous[Key]:
        """Several numbered ones of the same stem are a choice; all else is only similar."""
        numbered = [
            key
            for (stem, number), entries in self._places.items()
            if number and not parts.number and parts.stem and stem == parts.stem
            for known, key in entries
            if parts.may_mean(known)
        ]
        if len(set(numbered)) > 1:
            return Ambiguous(tuple(dict.fromkeys(numbered)))
        close = get_close_matches(name, self._exact, n=_SUGGESTIONS, cutoff=0.5)
        keys = (*numbered, *(key for known in close for key in self._exact[known]))
        return Unknown(tuple(dict.fromkeys(keys))[:_SUGGESTIONS])


def same_organisations(texts: Iterable[str]) -> dict[str, str]:
    """Where no list of organisations is at hand: which writings mean one organisation, each with its fullest writing.

    “办公室”, “办公室支部” and “市财政局办公室党支部” are one, unless two units or two kinds could be meant.
    """
    anatomies = {text: _anatomy(_clean(text)) for text in texts}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text, parts in anatomies.items():
        groups[parts.stem, parts.number].append(text)
    meant: dict[str, str] = {}
    for alike in groups.values():
        fullest_first = sorted(alike, key=lambda text: (anatomies[text].kind is None, -len(text), text))
        for text in fullest_first:
            fuller = {meant[o] for o in meant.keys() & set(alike) if anatomies[text].may_mean(anatomies[o])}
            meant[text] = fuller.pop() if len(fuller) == 1 else text
    return meant
