"""What is held about somebody, in the order in which people read it: himself, then each line of his history."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from dangwu.foundation.history import Dated
from dangwu.foundation.personal import PersonalField, Shown, personal_fields
from dangwu.foundation.sealing.sealed import Sealed
from dangwu.kernel.span import DAWN, FAR
from dangwu.members.models import (
    Admission,
    Affiliation,
    Circumstances,
    GroupPlace,
    Membership,
    Person,
    Post,
)
from dangwu.members.queries import names_of, rows_of
from dangwu.members.steps import DAYS, STEP_LABELS

LINES: tuple[type[Dated], ...] = (Membership, Affiliation, Circumstances, Post, GroupPlace)
UNSAID = frozenset({"person_id", "pinyin", "initials"})
"""Whose a row is, and what is made of the name: told nowhere but in the copy."""
NAMES = {"organisation_id": "党组织", "valid_from": "起", "valid_until": "止", "account_id": "账号"}
UNTIL_NOW = "至今"
Names = Callable[[int, date], str]


@dataclass(frozen=True, slots=True)
class HeldField:
    """A column of a row that is held about somebody, and what is told of it."""

    row: Any
    told: PersonalField
    names: Names

    @property
    def title(self) -> str:
        """What people call it."""
        return NAMES.get(self.told.name, self.told.title)

    @property
    def is_masked(self) -> bool:
        """Whether pages show only its ends."""
        return self.told.told.shown is Shown.MASKED

    @property
    def value(self) -> object:
        """The value as people read it; a sealed one is its mask."""
        kept = getattr(self.row, self.told.name)
        if isinstance(kept, Sealed):
            return kept.masked
        if kept is not None and (reading := READINGS.get(self.told.name)):
            return reading(self.row, self.names)
        display: Callable[[], object] | None = getattr(self.row, f"get_{self.told.name}_display", None)
        return display() if display else kept

    def opened(self, purpose: str) -> object:
        """The value in full, for a purpose that the audit keeps."""
        kept = getattr(self.row, self.told.name)
        return kept.open(purpose) if isinstance(kept, Sealed) else self.value


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row that is held about somebody."""

    row: Any
    names: Names

    @property
    def title(self) -> str:
        """What the row is: 党籍, 组织关系 …"""
        return "基本情况" if isinstance(self.row, Person) else str(self.row._meta.verbose_name)  # noqa: SLF001 - Django's own way

    @property
    def summary(self) -> str:
        """The row in a few words."""
        return SUMMARIES[type(self.row)](self.row, self.names)

    @property
    def since(self) -> str:
        """From when, as people read it."""
        return day_words(self.row.valid_from) if isinstance(self.row, Dated) else ""

    @property
    def until(self) -> str:
        """Until when, as people read it."""
        return day_words(self.row.valid_until) if isinstance(self.row, Dated) else ""

    def fields(self) -> Iterator[HeldField]:
        """Its columns that say something to people."""
        fields = personal_fields(type(self.row))
        return (HeldField(self.row, told, self.names) for told in fields if told.name not in UNSAID)


def lines_of(person: Person, models: Iterable[Any] = LINES) -> list[HeldRow]:
    """Every dated row of somebody, line by line, the latest first. Costs one query a line and one for the names."""
    rows: list[Any] = [row for model in models for row in _rows(model, person)]
    names = names_of(row.organisation_id for row in rows if hasattr(row, "organisation_id"))
    return [HeldRow(row, names) for row in rows]


def _rows(model: Any, person: Person) -> list[Any]:  # noqa: ANN401 - a model of dated rows
    related = [name for name in ("group",) if any(f.name == name for f in model._meta.fields)]  # noqa: SLF001
    rows = rows_of(person, model).order_by("-valid_from", "pk")
    return list(rows.select_related(*related) if related else rows)


def about(person: Person) -> HeldRow:
    """What is held of somebody that has no history."""
    return HeldRow(person, lambda _organisation, _day: "")


def admission_of(person: Person) -> list[HeldRow]:
    """How far his way into the Party went; nothing where nobody told it."""
    return [HeldRow(row, lambda _organisation, _day: "") for row in rows_of(person, Admission)]


def day_words(day: date) -> str:
    """A day of a dated row: its ends are told in words."""
    return {FAR: UNTIL_NOW, DAWN: "未登记"}.get(day, day.isoformat())


def _place(row: Any, names: Names) -> str:  # noqa: ANN401 - an affiliation or a post
    return names(row.organisation_id, row.valid_until - timedelta(days=1))  # as it was called last


READINGS: dict[str, Callable[[Any, Names], object]] = {
    "organisation_id": _place,
    "group_id": lambda row, _: row.group.name,
    "account_id": lambda row, _: row.account.name,
    "valid_from": lambda row, _: day_words(row.valid_from),
    "valid_until": lambda row, _: day_words(row.valid_until),
}


def _of_membership(row: Membership, _: Names) -> str:
    return f"{row.get_kind_display()}（{row.get_ending_display()}）" if row.ending else row.get_kind_display()


def _of_affiliation(row: Affiliation, names: Names) -> str:
    return f"{_place(row, names)} · {row.group.name}" if row.group else _place(row, names)


def of_circumstances(row: Circumstances) -> str:
    """Somebody's circumstances in a few words."""
    parts = (row.get_employment_display(), row.get_whereabouts_display(), row.category, "年老体弱" * row.infirm)
    return " · ".join(part for part in parts if part) or "未登记"


def _of_post(row: Post, names: Names) -> str:
    full_time = {True: "（专职）", False: "（兼职）"}.get(row.full_time, "") if row.full_time is not None else ""
    group = f" · {row.group.name}" if row.group else ""
    return f"{_place(row, names)}{group} · {row.get_kind_display()}{full_time}"


def _of_admission(row: Admission, _: Names) -> str:
    """The step that was taken last."""
    taken = [f"{told} {STEP_LABELS[name]}" for name in DAYS if (told := getattr(row, name))]
    return taken[-1] if taken else "未登记日期"


SUMMARIES: dict[type[Model], Callable[[Any, Names], str]] = {
    Person: lambda row, _: str(row),
    Membership: _of_membership,
    Affiliation: _of_affiliation,
    Circumstances: lambda row, _: of_circumstances(row),
    Post: _of_post,
    GroupPlace: lambda row, _: str(row.group),
    Admission: _of_admission,
}
