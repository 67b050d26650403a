"""What changes over time, as rows that hold over spans of days; and the one writer of such rows.

Rows with the same `line` (the organisation of a name, the person of an affiliation) never overlap. A *change* closes
the row in force and opens another; a *correction* edits a row that was wrong from the beginning, and needs a reason.
Spans are half-open; what has no end yet ends on FAR, what began before anybody told begins on DAWN.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import Q

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.tracking import Tracked
from dangwu.kernel.span import DAWN, FAR, Span

BATCH = 2_000


class Dated(Tracked):
    """A row that holds from a day up to, but not including, another."""

    line: ClassVar[tuple[str, ...]] = ()

    valid_from = models.DateField("起始日期", default=DAWN)
    valid_until = models.DateField("截止日期（不含当日）", default=FAR)

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        """The days on which it holds."""
        return Span(self.valid_from, self.valid_until)

    @property
    def is_open(self) -> bool:
        """Whether no end is known."""
        return self.valid_until == FAR

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day < self.valid_until


D = TypeVar("D", bound=Dated)


def as_of(day: date, lookup: str = "") -> Q:
    """The condition that a dated row holds on a day; `lookup` leads to it, with its two underscores."""
    return Q((f"{lookup}valid_from__lte", day), (f"{lookup}valid_until__gt", day))


def during(span: Span, lookup: str = "") -> Q:
    """The condition that a dated row holds on some day of a span."""
    return Q((f"{lookup}valid_from__lt", span.end), (f"{lookup}valid_until__gt", span.start))


def open_line(row: D) -> D:
    """Write a row that begins a line, or begins it anew. ObjectionError where the line has a row on those days."""
    _refuse_overlap(row)
    row.save()
    return row


def open_lines(rows: Sequence[D]) -> list[D]:
    """Write many rows of lines that are all new."""
    if not rows:
        return []
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001


def change(row: D, *, on: date, **fields: Any) -> D:  # noqa: ANN401 - any columns
    """Close the row on this day and open another that differs in these columns; returns the new one.

    What follows the row later stays as it is. On the day on which the row itself began, the row is changed in place: it
    has then never held. ObjectionError where the row is not in force on the day.
    """
    _refuse_outside(row, on)
    if on == row.valid_from:
        return _edited(row, fields)
    following = _copy(row, on, fields)
    row.valid_until = on
    row.save()
    following.save()
    return following


def change_many(rows: Sequence[D], *, on: date, new: Sequence[dict[str, Any]]) -> list[D]:
    """Change many rows of one model on a day, each to its own new columns, with a fixed number of statements."""
    if not rows:
        return []
    model = type(rows[0])
    for row in rows:
        _refuse_outside(row, on)
    pairs = list(zip(rows, new, strict=True))
    edited = [_with(row, fields) for row, fields in pairs if row.valid_from == on]
    following = [_copy(row, on, fields) for row, fields in pairs if row.valid_from != on]
    closed = [_with(row, {"valid_until": on}) for row in rows if row.valid_from != on]
    manager = model._default_manager  # noqa: SLF001
    if edited:
        manager.bulk_update(edited, sorted({name for fields in new for name in fields}), batch_size=BATCH)
    if closed:
        manager.bulk_update(closed, ["valid_until"], batch_size=BATCH)
        manager.bulk_create(following, batch_size=BATCH)
    return [*edited, *following]


def close(row: D, *, on: date) -> D:
    """End the row: it holds no longer from this day on. ObjectionError where it does not hold until then."""
    if not row.valid_from < on <= row.valid_until:
        raise ObjectionError(f"结束日期应当晚于起始日期（{row.valid_from}），且不晚于已登记的截止日期。", field="on")
    return _edited(row, {"valid_until": on})


def close_many(rows: Iterable[D], *, on: date) -> list[D]:
    """End many rows of one model; those that begin on that very day or later are not touched and not returned."""
    closed = [_with(row, {"valid_until": on}) for row in rows if row.valid_from < on < row.valid_until]
    if closed:
        type(closed[0])._default_manager.bulk_update(closed, ["valid_until"], batch_size=BATCH)  # noqa: SLF001
    return closed


def correct(row: D, *, reason: str, **fields: Any) -> D:  # noqa: ANN401 - any columns
    """Edit a row that was wrong, its days included. ObjectionError without a reason, or where it would overlap."""
    if not reason.strip():
        raise ObjectionError("更正须写明理由，例如“名册误录，按介绍信更正”。", field="reason")
    open_deed().reason = reason.strip()
    _with(row, fields)
    if row.valid_until <= row.valid_from:
        raise ObjectionError("截止日期应当晚于起始日期。", field="valid_until")
    _refuse_overlap(row)
    row.save()
    return row


def _with(row: D, fields: dict[str, Any]) -> D:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def _edited(row: D, fields: dict[str, Any]) -> D:
    _with(row, fields).save()
    return row


def _copy(row: D, on: date, fields: dict[str, Any]) -> D:
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}  # noqa: SLF001
    return _with(type(row)(**kept | {"valid_from": on, "version": 1}), fields)


def _refuse_outside(row: Dated, on: date) -> None:
    if not row.in_force(on):
        told = f"{on} 不在这一段（{row.valid_from} 至 {row.valid_until}）之内，请核对生效日期。"
        raise ObjectionError(told, field="on")


def _refuse_overlap(row: Dated) -> None:
    """Refuse a row on days that another row of its line holds. Raises ObjectionError."""
    others = type(row)._base_manager.filter(**{name: getattr(row, name) for name in row.line})  # noqa: SLF001
    clash = others.filter(during(row.span)).exclude(pk=row.pk).first()
    if clash is not None:
        raise ObjectionError(
            f"与已登记的一段（{clash.valid_from} 至 {clash.valid_until}）重叠，请核对日期。", field="valid_from"
        )
