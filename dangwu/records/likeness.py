"""How alike two minutes are, once what every meeting says is left out: names, dates, numbers, standing phrases.

A figure and the passages in common, for people to ask about. It is never a verdict: a text may well be repeated.

Signatures are our own forty numbers (MinHash), not a package's: they are kept for years, and must mean the same then.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

import numpy as np

from dangwu.foundation.search.cutting import normal
from dangwu.records.standing import activity_kinds

SHINGLE: Final = 5
SHORTEST: Final = 80
"""Characters of its own that a text must have before anybody is asked: short routine minutes are all alike."""
PASSAGE: Final = 12
ASKED: Final = 0.6
"""From this share on people are asked."""
TOLD: Final = 5
BANDS, ROWS = 10, 4
STANDING: Final = (
    *("会议由", "主持会议", "会议主持", "主持人", "记录人", "会议记录", "会议地点", "会议时间", "会议主题", "会议议程"),
    *(
        "参会人员",
        "参加人员",
        "列席人员",
        "缺席人员",
        "请假人员",
        "应到会",
        "实到会",
        "应到党员",
        "实到党员",
        "应到",
        "实到",
    ),
    *("与会人员", "与会同志", "与会党员", "全体党员", "全体同志", "支部书记", "党支部书记", "会议宣布", "符合规定人数"),
    *(
        "会议传达学习了",
        "会议传达",
        "会议学习了",
        "会议强调",
        "会议指出",
        "会议要求",
        "会议认为",
        "会议决定",
        "会议研究",
    ),
    *("大家一致认为", "一致同意", "一致通过", "经讨论", "经表决", "讨论通过", "围绕主题", "结合工作实际", "作了发言"),
    *("奏唱国歌", "奏唱国际歌", "全体起立", "会议结束", "散会", "以上是本次会议的全部内容", "会议到此结束"),
)
_NUMERALS = "〇零一二三四五六七八九十百千万两"
_COUNTED = "年月日号时点分周季度名人个次项条届"
_NUMBERS = rf"第?[\d{_NUMERALS}]+[{_COUNTED}]|\d+|[上下]午|星期[一二三四五六日天]"
_KEPT = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Core:
    """What is a text's own: the characters that are left, and where each stands in the text."""

    text: str
    characters: str
    places: tuple[int, ...]

    @property
    def is_long_enough(self) -> bool:
        """Whether there is enough of its own to be compared."""
        return len(self.characters) >= SHORTEST


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another activity whose minutes say the same: the share of the text's own words, and the longest passages."""

    activity: int
    share: float
    common: tuple[str, ...]

    @property
    def is_to_be_asked(self) -> bool:
        """Whether people should be asked; what they answer is theirs."""
        return self.share >= ASKED


def core_of(text: str, kinds: Iterable[str] = (), names: Iterable[str] = ()) -> Core:
    """A text without what every meeting of these kinds says, and without these names."""
    places = [place for place, character in enumerate(text) for _ in normal(character)]
    compared = normal(text)
    left_out = _left_out(tuple(sorted(set(kinds))), tuple(sorted(set(names), key=len, reverse=True)))
    gone = {place for found in left_out.finditer(compared) for place in range(*found.span())}
    kept = [place for place, sign in enumerate(compared) if place not in gone and _KEPT.match(sign)]
    return Core(text, "".join(compared[place] for place in kept), tuple(places[place] for place in kept))


@lru_cache(maxsize=256)
def _left_out(kinds: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str]:
    known = [kind for kind in map(activity_kinds().get, kinds) if kind]
    phrases = {phrase for kind in known for phrase in (kind.name, *kind.aliases, *kind.agenda)} | set(STANDING)
    words = sorted(map(normal, phrases), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, filter(None, map(normal, names))), *map(re.escape, words), _NUMBERS]))


def likeness(core: Core, other: Core, activity: int) -> Likeness:
    """How much of a text stands in another: counted are passages of some length, not single words."""
    runs = [run for run in _runs(core.characters, other.characters) if run[1] - run[0] >= PASSAGE]
    covered = sum(end - start for start, end in runs)
    longest = sorted(runs, key=lambda run: run[0] - run[1])[:TOLD]
    common = tuple(core.text[core.places[start] : core.places[end - 1] + 1] for start, end in longest)
    return Likeness(activity, covered / len(core.characters) if core.characters else 0.0, common)


def _runs(text: str, other: str) -> Iterator[tuple[int, int]]:
    """Where the text goes along with the other, each stretch as long as it goes."""
    known = {other[place : place + SHINGLE] for place in range(len(other) - SHINGLE + 1)}
    start = end = -1
    for place in range(len(text) - SHINGLE + 1):
        if text[place : place + SHINGLE] not in known:
            continue
        if place > end:
            if end > start:
                yield start, end
            start = place
        end = place + SHINGLE
    if end > start:
        yield start, end


def bands_of(core: Core) -> list[int]:
    """The numbers under which a text is kept, so that texts which are alike share one; none for a short one."""
    if not core.is_long_enough:
        return []
    codes = np.frombuffer(core.characters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    shingles = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        shingles = shingles * _STEP + codes[place : place + len(shingles)]
    factors, shifts = _PERMUTATIONS
    lowest = ((np.unique(shingles)[None, :] * factors[:, None] + shifts[:, None]) >> np.uint64(32)).min(axis=1)
    bands = np.zeros(BANDS, dtype=np.uint64)
    for row in lowest.reshape(BANDS, ROWS).T:
        bands = (bands * _STEP) ^ row
    numbered = bands * np.uint64(16) + np.arange(BANDS, dtype=np.uint64)  # a band is compared with its like alone
    return [int(number) for number in numbered.view(np.int64)]


def _permutations() -> tuple[
    "np.ndarray[tuple[int], np.dtype[np.uint64]]", "np.ndarray[tuple[int], np.dtype[np.uint64]]"
]:
    dice = Random(20260701)  # noqa: S311 - the same for ever, no secret
    factors = [dice.getrandbits(64) | 1 for _ in range(BANDS * ROWS)]
    shifts = [dice.getrandbits(64) for _ in range(BANDS * ROWS)]
    return np.array(factors, dtype=np.uint64), np.array(shifts, dtype=np.uint64)


_STEP = np.uint64(0x9E3779B97F4A7C15)
_PERMUTATIONS = _permutations()


def most_alike(core: Core, others: Sequence[tuple[int, Core]], most: int = TOLD) -> list[Likeness]:
    """Those among others about which people should be asked, the most alike first; none for a short text."""
    if not core.is_long_enough:
        return []
    found = [likeness(core, other, activity) for activity, other in others]
    asked = [like for like in found if like.is_to_be_asked]
    return sorted(asked, key=lambda like: (-like.share, like.activity))[:most]
