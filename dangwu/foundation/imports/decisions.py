"""What somebody decided about a batch. Decisions only ever say how the file is to be understood; what follows from them
is worked out anew each time.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Self

from dangwu.foundation.sheets.amending import Amendments, At

SKIP, ACCEPT, EMPTY, NEW = "skip", "accept", "empty", "new"
"""Answers: leave the row out; take it as it stands; leave the cell empty; somebody whom nobody knows yet."""

KEEP, REPLACE, FILL = "keep", "replace", "fill"
"""What becomes of a field that is registered already: it stays, is replaced, or is filled only where it is empty."""


def key_of(*parts: object) -> str:
    """The text under which JSON keeps what belongs to a place: sheet, row and letter, or sheet and row, or field and
    text.
    """
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Decisions:
    """`columns`: letter → field, or nothing. `fixes`: rule → whether it is followed. `cells`, `everywhere`: new texts,
    by `key_of` sheet, row, letter, and of field, old text. `meant`: `key_of` field, text → the key of what is meant by
    it. `groups`: code of a problem with its field → answer. `rows`: `key_of` sheet, row → answer, or the key of what it
    means. `fields`: what becomes of each. None takes a decision back.
    """

    sheet: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    fixes: dict[str, bool] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    everywhere: dict[str, str] = field(default_factory=dict)
    meant: dict[str, int] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `written` gave; nothing decided for an empty text."""
        return cls(**json.loads(text)) if text else cls()

    @property
    def written(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @property
    def amendments(self) -> Amendments:
        """What of it concerns the reading of the file."""
        return Amendments(
            sheet=self.sheet,
            columns=self.columns,
            cells={At(*json.loads(at)): text for at, text in self.cells.items()},
            everywhere={(name, old): new for key, new in self.everywhere.items() for name, old in [json.loads(key)]},
            keep_cells=True,
        )

    def answer_to(self, sheet: str, row: int) -> str:
        """What was decided of one row, empty where nothing was."""
        return self.rows.get(key_of(sheet, row), "")

    def policy_of(self, name: str) -> str:
        """What becomes of a field; the file's replaces what is registered unless somebody said otherwise."""
        return self.fields.get(name, REPLACE)

    def and_also(self, *, sheet: str | None = None, **later: Mapping[str, object]) -> "Decisions":
        """These with what was decided later, by the names of the fields."""
        merged = {
            name: {key: value for key, value in {**getattr(self, name), **new}.items() if value is not None}
            for name, new in later.items()
        }
        return replace(self, sheet=self.sheet if sheet is None else sheet, **merged)
