"""Taking the columns of a table for fields: by their heads, by what the heads resemble, at last by their content."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from dangwu.foundation.sheets.cells import is_blank, letter_of, plain
from dangwu.foundation.sheets.shapes import Cell, Column, Field, Sheet

Levels = tuple[str, ...]

_CONTAINED = 0.75
_ALIKE = 0.7
_UPPER_LEVEL = 0.6
_BY_CONTENT = 0.5
_RESEMBLANCE = 0.86
_TELLING = 4
_SHARE = 0.9
_LATER_ALIAS = 0.002
_LAST_ALIAS = 0.9
_FEWEST = 2
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_MARKS = re.compile(r"[()\[\]【】<>:;*※#·、,。.\-—_“”\"'!?/\\]")
# heads that name a fact of somebody or something else, however much they resemble a field
_ANOTHER = re.compile(r"配偶|介绍|联系人|[父母]亲|子女|家属|成员|培养|原|曾|转出|转入|申请|拟|紧急|代")


class Candidate(NamedTuple):
    """A field that a column may be, and how surely (0 to 1)."""

    confidence: float
    field: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column from its top level down, and its cells where they are wanted."""

    index: int
    levels: Levels
    cells: Sequence[Cell] = ()


@lru_cache(maxsize=4096)
def normal_head(head: str) -> str:
    """A head without width, white space and marks: 出生 年月（岁） is 出生年月岁."""
    return _MARKS.sub("", plain(head)).lower()


@lru_cache(maxsize=4096)
def bare_head(head: str) -> str:
    """A head without what it says in brackets: 出生年月（岁） is 出生年月."""
    return normal_head(without_brackets(plain(head)))


def without_brackets(text: str) -> str:
    """A half-width text without brackets and what stands in them."""
    return _BRACKETED.sub("", text)


class KnownHeads:
    """The heads that the fields of a sheet may have."""

    def __init__(self, sheet: Sheet) -> None:
        """Of two fields that claim a head, the first one has it; of two heads for a field, the first is preferred."""
        self.sheet = sheet
        self._ignored = {normal_head(head) for head in sheet.ignored}
        self._fields: dict[str, Candidate] = {}
        for field in sheet.fields:
            for place, head in enumerate((field.label, *field.aliases)):
                candidate = Candidate(max(1 - place * _LATER_ALIAS, _LAST_ALIAS), field.name)
                self._fields.setdefault(normal_head(head), candidate)

    def known(self, levels: Levels) -> list[Candidate]:
        """The fields that a head names outright."""
        if not levels or self.is_ignored(levels):
            return []
        candidates = [*self._named("".join(levels), 1.0), *self._named(levels[-1], 1.0)]
        for depth, level in enumerate(reversed(levels[:-1]), start=1):
            candidates += self._named(level, _UPPER_LEVEL / depth)
        if any(_ANOTHER.search(level) for level in levels[:-1]):
            return []
        return candidates

    def resembling(self, levels: Levels) -> Iterator[Candidate]:
        """The fields that the lowest level of a head is close to."""
        if not levels or self.is_ignored(levels) or any(_ANOTHER.search(level) for level in levels):
            return
        head = bare_head(levels[-1])
        for known, candidate in self._fields.items():
            if len(known) >= _TELLING and known in head:
                yield Candidate(_CONTAINED, candidate.field)
            elif len(head) >= _TELLING and (ratio := _likeness(head, known)) >= _RESEMBLANCE:
                yield Candidate(_ALIKE * ratio, candidate.field)

    def _named(self, head: str, confidence: float) -> Iterator[Candidate]:
        for form, share in ((normal_head(head), 1.0), (bare_head(head), 0.97)):
            if form in self._fields:
                yield Candidate(confidence * share * self._fields[form].confidence, self._fields[form].field)
                return

    def is_ignored(self, levels: Levels) -> bool:
        """Whether a head is one that the sheet knows and leaves aside."""
        return normal_head("".join(levels)) in self._ignored or not self._ignored.isdisjoint(
            (normal_head(levels[-1]), bare_head(levels[-1]))
        )

    def by_content(self, head: Head) -> Iterator[Candidate]:
        """The fields that the cells of a column look like; heads that name something else are believed."""
        if self.is_ignored(head.levels or ("",)) or any(_ANOTHER.search(level) for level in head.levels):
            return
        filled = [cell for cell in head.cells if not is_blank(cell)]
        if len(filled) < _FEWEST:
            return
        for field in self.sheet.fields:
            if field.looks_like and sum(map(field.looks_like, filled)) >= _SHARE * len(filled):
                yield Candidate(_BY_CONTENT, field.name)


def _likeness(head: str, known: str) -> float:
    matcher = SequenceMatcher(None, head, known, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _RESEMBLANCE else 0.0


def assign(candidates: Iterable[tuple[int, Candidate]]) -> dict[int, Candidate]:
    """For each column at most one field and for each field at most one column, the surest and leftmost first."""
    chosen: dict[int, Candidate] = {}
    taken: set[str] = set()
    for index, candidate in sorted(candidates, key=lambda entry: (-entry[1].confidence, entry[0])):
        if index not in chosen and candidate.field not in taken:
            chosen[index] = candidate
            taken.add(candidate.field)
    return chosen


def map_columns(known: KnownHeads, heads: Sequence[Head]) -> dict[int, Candidate]:
    """The field of each column that has one, by its index."""
    candidates = [(head.index, candidate) for head in heads for candidate in known.known(head.levels)]
    candidates += [(head.index, candidate) for head in heads for candidate in known.resembling(head.levels)]
    chosen = assign(candidates)
    rest = [head for head in heads if head.index not in chosen]
    candidates += [(head.index, candidate) for head in rest for candidate in known.by_content(head)]
    return assign(candidates)


def described(heads: Sequence[Head], chosen: dict[int, Candidate]) -> tuple[Column, ...]:
    """The columns as they are shown to the user; those with neither head nor field are left out."""
    nothing = Candidate(0.0, "")
    columns = []
    for head in heads:
        candidate = chosen.get(head.index, nothing)
        if head.levels or candidate.field:
            name = "/".join(head.levels)
            columns.append(Column(letter_of(head.index), name, candidate.field or None, candidate.confidence))
    return tuple(columns)


def label_of(sheet: Sheet, name: str) -> str:
    """What users call a field."""
    return next(field.label for field in sheet.fields if field.name == name)


def fields_by_name(sheet: Sheet) -> dict[str, Field]:
    """The fields of a sheet under their names."""
    return {field.name: field for field in sheet.fields}
