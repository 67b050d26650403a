"""A file that was taken out of the national system: its members and its organisations, whichever it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from dangwu.foundation.sheets.reading import Progress, read_tables
from dangwu.foundation.sheets.shapes import Field, Problem, Reading, Sheet, UnreadableWorkbookError
from dangwu.members.columns import roster_sheet
from dangwu.members.reconciling.items import Item, Items, Part
from dangwu.members.sheets import RosterRow
from dangwu.organisations.cells import yes_or_no
from dangwu.organisations.columns import organisations_sheet

NEEDS: dict[Part, str] = {"member": "姓名", "organisation": "党组织名称"}
NOTHING = "没有在“{file}”里找到党员或者党组织的信息表。表头应有“姓名”或者“党组织名称”，栏目名称可以对照空白采集表。"


class Told(NamedTuple):
    """A row of the file: where it stands, and what it says by the fields that are compared."""

    sheet: str
    number: int
    values: dict[str, Any]

    @property
    def at(self) -> str:
        """Its place as people find it."""
        return f"{self.sheet} 第 {self.number} 行"

    def as_roster_row(self) -> RosterRow:
        """The same, for whatever finds people."""
        known = {name: value for name, value in self.values.items() if name in ROSTER}
        return RosterRow(self.number, self.sheet, **known)


ROSTER = frozenset(RosterRow.__slots__) - {"number", "sheet"}


@dataclass
class File:
    """What was read: rows of members and of organisations, which columns were there, and what could not be read."""

    name: str
    members: list[Told] = field(default_factory=list)
    organisations: list[Told] = field(default_factory=list)
    compared: dict[Part, set[str]] = field(default_factory=lambda: {"member": set(), "organisation": set()})
    problems: list[Problem] = field(default_factory=list)


def read_file(path: Path, items: Items, *, on: date, progress: Progress | None = None) -> File:
    """Read every table. Raises UnreadableWorkbookError where the file is none, or holds neither kind."""
    file = File(path.name)
    file.members = list(_rows(file, "member", _tables(path, member_sheet(items, on), progress)))
    file.organisations = list(_rows(file, "organisation", _tables(path, organisation_sheet(items, on), None)))
    if not file.members and not file.organisations:
        read_tables(path, member_sheet(items, on))  # says better what is wrong with a file that is none
        raise UnreadableWorkbookError(NOTHING.format(file=path.name))
    return file


def _tables(path: Path, sheet: Sheet, progress: Progress | None) -> list[Reading]:
    try:
        return read_tables(path, sheet, progress=progress)
    except UnreadableWorkbookError:
        return []


def _rows(file: File, part: Part, tables: Iterable[Reading]) -> Iterable[Told]:
    for table in tables:
        heads = {column.field for column in table.columns if column.field}
        if not _is_of(table, part):
            continue
        file.compared[part] |= heads
        file.problems += table.problems
        for row in table.rows:
            if row.values.get("name"):
                yield Told(table.sheet, row.number, row.values)


def _is_of(table: Reading, part: Part) -> bool:
    """Whether the names that it lists are of people, or of organisations: both may stand under a short “名称”."""
    heads = {column.head for column in table.columns if column.field == "name"}
    return any(("组织" in head or "名称" in head) == (part == "organisation") for head in heads)


def member_sheet(items: Items, on: date) -> Sheet:
    """The columns of members, as they are read on a day."""
    own = {
        "out_of_touch": Field("out_of_touch", "是否为失联党员", (), yes_or_no("out_of_touch", "是否为失联党员")),
        "mobile": Field("mobile", "是否为流动党员", (), yes_or_no("mobile", "是否为流动党员")),
    }
    return _sheet(items, "member", roster_sheet(on), own)


def organisation_sheet(items: Items, on: date) -> Sheet:
    """The columns of organisations."""
    roster, known = roster_sheet(on), organisations_sheet(on)
    text = next(field for field in roster.fields if field.name == "unit_post")
    unit = Field("unit", "单位名称", (), text.parse)
    return _sheet(items, "organisation", known, {"unit": unit})


def _sheet(items: Items, part: Part, known: Sheet, own: dict[str, Field]) -> Sheet:
    fields = {field.name: field for field in known.fields} | own
    compared = [item for item in items.of(part) if item.compare]
    others = [head for item in items.of(part) if item.why_not for head in item.columns]
    return Sheet(
        title=f"{'党员' if part == 'member' else '党组织和所在单位'}基本信息汇总表",
        fields=tuple(_named(fields[item.compare], item) for item in compared),
        needs=("name",),
        ignored=(*known.ignored, *others),
    )


def _named(known: Field, item: Item) -> Field:
    """The field under the name that the national form has for it; ours are understood as well."""
    others = (known.label, *known.aliases, *item.aliases)
    return replace(known, label=item.label, aliases=tuple(name for name in dict.fromkeys(others) if name != item.label))
