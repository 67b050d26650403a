"""Writing down what differs from what is kept, and the rows of the years that follow from it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Min, Q, QuerySet, Sum

from dangwu.compliance.living.drafting import Content, Key, Numbers, draft, said
from dangwu.compliance.living.judging import Asked, Judged
from dangwu.compliance.living.plain import written
from dangwu.compliance.living.recalling import Frozen, corrections
from dangwu.compliance.living.rows import every, in_year
from dangwu.compliance.living.spoken import Spoken
from dangwu.compliance.models import DutyState, DutyYear
from dangwu.compliance.queries import insert_states
from dangwu.foundation.portions import portions
from dangwu.organisations.queries import Only, among, read_once
from dangwu.rules.shapes import Level

BATCH = 2_000
COLUMNS = Content._fields
WRITTEN = (
    *("unit_id", "judged_on", "frozen", "text", "corrected"),
    *("organisation_id", "rule", "period"),
    *COLUMNS,
)


class Kept(NamedTuple):
    """A row as it is kept."""

    pk: int
    frozen: bool
    corrected: str
    content: Content


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be written so that the rows are as they were judged."""

    new: Mapping[Key, Content]
    gone: Sequence[int]
    corrected: Mapping[int, tuple[str, str]]


def store(asked: Asked, judged: Sequence[Judged], *, spoken: Spoken, frozen_through: Mapping[int, date]) -> None:
    """Write what was judged where it differs. What is frozen stays as it is; beside it is written what would be judged
    now. Part of a transaction.
    """
    kept = _kept(asked)
    drafted = {key: content for key, content in draft(judged, spoken).items() if key[0] not in asked.leaving}
    found = _difference(kept, drafted, frozen_through)
    frozen = {key: Frozen(row.pk, row.content, row.corrected) for key, row in kept.items() if row.frozen}
    corrected = corrections(frozen, judged, spoken, asked.day)
    touched = {key[0] for key in found.new} | {key[0] for key, row in kept.items() if row.pk in set(found.gone)}
    touched |= {key[0] for key, row in kept.items() if row.pk in corrected}
    _write(asked, Difference(found.new, found.gone, corrected))
    write_years(asked.unit, sorted(touched), years=_years(asked), day=asked.day)


def _kept(asked: Asked) -> dict[Key, Kept]:
    """The rows of what was asked for."""
    begun = Q(begins__gte=asked.since, begins__lt=asked.touched.end, ends__gte=asked.touched.start)
    if asked.day in asked.touched:
        begun |= Q(period="")
    rows = states(asked.unit, asked.only).filter(begun)
    table: dict[Key, Kept] = {}
    told = ("pk", "organisation", "rule", "period", "frozen", "corrected", *COLUMNS)
    for pk, organisation, rule, period, frozen, corrected, *content in read_once(rows.values_list(*told), asked.only):
        if organisation not in asked.leaving:
            table[organisation, rule, period] = Kept(pk, frozen, corrected, Content(*content))
    return table


def states(unit: int, only: Only) -> QuerySet[DutyState]:
    """All rows of a unit, or of some of its organisations."""
    return every(DutyState).filter(among(only), unit=unit)


def _difference(
    kept: Mapping[Key, Kept], drafted: Mapping[Key, Content], frozen_through: Mapping[int, date]
) -> Difference:
    new: dict[Key, Content] = {}
    gone = [row.pk for key, row in kept.items() if key not in drafted and not row.frozen]
    for key, content in drafted.items():
        row = kept.get(key)
        if row is None:
            if not _is_settled(content, frozen_through.get(key[0], date.min)):
                new[key] = content
        elif not row.frozen and row.content != content:
            new[key] = content
            gone.append(row.pk)
    return Difference(new, gone, {})


def _is_settled(content: Content, through: date) -> bool:
    """Nobody is asked afterwards for what nobody asked when the period was settled."""
    return content.ends is not None and content.ends <= through


def _write(asked: Asked, found: Difference) -> None:
    for chunk in portions(found.gone):
        every(DutyState).filter(pk__in=chunk).delete()
    told = (asked.unit, asked.day, False, "", "")
    insert_states(WRITTEN, ((*told, *key, *content) for key, content in found.new.items()))
    for pk, (word, corrected) in found.corrected.items():
        every(DutyState).filter(pk=pk).update(word=word, corrected=corrected)


def _years(asked: Asked) -> list[int]:
    first, last = max(asked.touched.start, asked.since).year, min(asked.touched.last, asked.day).year
    return list(range(first, max(last, first) + 1))


# --- the rows of the years


def write_years(unit: int, organisations: Collection[int], *, years: Iterable[int], day: date) -> None:
    """Sum up what the rows of these years say of these organisations. What always holds belongs to the present year."""
    for year in years:
        for chunk in portions(sorted(organisations)):
            lines = _lines(unit, chunk, year, day)
            every(DutyYear).filter(unit=unit, organisation__in=chunk, year=year).delete()
            DutyYear.objects.bulk_create(lines, batch_size=BATCH)


def _lines(unit: int, organisations: Sequence[int], year: int, day: date) -> list[DutyYear]:
    rows_of_year = states(unit, organisations).filter(in_year(year, day)).order_by()
    grouped = rows_of_year.values_list("organisation", "rule", "level", "word")
    sums = [Sum(name) for name in Numbers._fields]
    pending = Q(pending__gt=0)
    rows = grouped.annotate(*sums, nearest=Min("deadline", filter=pending), soon=Min("soon_from", filter=pending))
    cells: dict[int, dict[str, list[Any]]] = defaultdict(dict)
    for organisation, rule, level, word, *numbers, nearest, soon in rows:
        _add(
            cells[organisation].setdefault(rule, [level, *Numbers(), "", ""]),
            said(Numbers(*numbers), word),
            nearest,
            soon,
        )
    return [_line(unit, organisation, year, its) for organisation, its in cells.items()]


def _add(cell: list[Any], numbers: Numbers, *days: date | None) -> None:
    """Add a row to a cell: the level, the numbers, the next deadline of what is pending and from when it is near."""
    for place, number in enumerate(numbers, 1):
        cell[place] += number
    for place, day in enumerate(days, len(numbers) + 1):
        told = day.isoformat() if day and numbers.pending else ""
        if told and (not cell[place] or told < cell[place]):
            cell[place] = told


def _line(unit: int, organisation: int, year: int, cells: Mapping[str, list[Any]]) -> DutyYear:
    unmet = dict.fromkeys(Level, 0)
    totals = Numbers()
    for level, *numbers, _, _ in cells.values():
        totals = Numbers(*(a + b for a, b in zip(totals, numbers, strict=True)))
        unmet[Level(level)] += numbers[2]
    deadlines, soon = ([cell[place] for cell in cells.values() if cell[place]] for place in (-2, -1))
    return DutyYear(
        unit_id=unit,
        organisation_id=organisation,
        year=year,
        met=totals.met,
        late=totals.late,
        failures=unmet[Level.FAILURE],
        warnings=unmet[Level.WARNING],
        hints=unmet[Level.HINT],
        pending=totals.pending,
        next_deadline=date.fromisoformat(min(deadlines)) if deadlines else None,
        soon_from=date.fromisoformat(min(soon)) if soon else None,
        cells=written(cells),
    )
