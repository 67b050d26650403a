"""Values out of closed tables (gender, education …), as name, as code, or as both at once (01 男, 223_正式党员)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from yaml import safe_load

from dangwu.foundation.sheets.cells import plain
from dangwu.foundation.sheets.shapes import Cell

CODES = Path(__file__).resolve().parents[3] / "rulebook" / "codes"

_CODE_FIRST = re.compile(r"\(?([0-9A-Za-z]{1,20})[)_\-:.、,/|]*(\D.*)")
_CODE_LAST = re.compile(r"(\D+?)[(_\-:|/]+([0-9A-Za-z]{1,20})\)?")
_BRACKETS = re.compile(r"[()\[\]]")


class Code(BaseModel):
    """One entry: its official code, its name, and what else people write. `key` is the word that the program uses."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    code: str
    name: str
    key: str = ""
    aliases: list[str] = []

    @property
    def word(self) -> str:
        """The key, or the code where it has none."""
        return self.key or self.code


class _CodeFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str
    source: str
    codes: list[Code]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A closed table of values under everything by which they are known."""

    title: str
    names: dict[str, Code]
    codes: dict[str, Code]

    def name_of(self, word: str) -> str:
        """The name of the entry for which the program uses this word; the word itself where there is none."""
        return next((entry.name for entry in self.codes.values() if entry.word == word), word)

    def word_of(self, name: str) -> str | None:
        """The word that the program uses for an official name."""
        return next((entry.word for entry in self.codes.values() if entry.name == name), None)

    def find(self, cell: Cell) -> Code | None:
        """The entry that a cell means. Of a name and a code together the name decides: codes differ between systems."""
        text = plain(cell)
        for name in _possible_names(text):
            if found := self.names.get(_normal(name)):
                return found
        return self.codes.get(text.lstrip("0"))

    @property
    def choices(self) -> tuple[str, ...]:
        """The official names, in the order of the table."""
        return tuple(dict.fromkeys(entry.name for entry in self.codes.values()))


def _possible_names(text: str) -> Iterator[str]:
    yield text
    if (parts := _CODE_FIRST.fullmatch(text)) is not None:
        yield parts[2]
    if (parts := _CODE_LAST.fullmatch(text)) is not None:
        yield parts[1]


def _normal(name: str) -> str:
    return _BRACKETS.sub("", plain(name))


def table_of(title: str, entries: Iterable[Code]) -> CodeTable:
    """A table of entries; of two that claim a name, the first one has it."""
    names: dict[str, Code] = {}
    codes: dict[str, Code] = {}
    for entry in entries:
        codes.setdefault(entry.code.lstrip("0"), entry)
        for name in (entry.name, *entry.aliases):
            names.setdefault(_normal(name), entry)
    return CodeTable(title, names, codes)


@cache
def code_table(name: str) -> CodeTable:
    """The table of this name in the rulebook."""
    content = safe_load((CODES / f"{name}.yaml").read_text(encoding="utf-8"))
    shape = TypeAdapter(_CodeFile).validate_python(content)
    return table_of(shape.title, shape.codes)
