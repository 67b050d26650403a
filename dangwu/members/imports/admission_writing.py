"""Writing how far people are on their way: with the people, a thousand at a time."""

from collections.abc import Iterable, Sequence

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task
from dangwu.members.imports.known import anybody
from dangwu.members.imports.writing import Pair, write_people
from dangwu.members.models import Admission, Person
from dangwu.members.steps import STEP_LABELS

REASON = "导入发展党员情况表"


def write_admissions(task: Task, rows: Iterable[Accepted]) -> None:
    """Register people, and the steps that they took. Part of an action. Raises OutdatedError."""
    open_deed().reason = open_deed().reason or REASON
    bases: dict[int, Json] = {}

    def noted() -> Iterable[Accepted]:
        for row in rows:
            if row.target is not None:
                bases[row.target] = row.basis
            yield row

    write_people(task, noted(), then=lambda pairs: _tell(pairs, bases))


def _tell(pairs: Sequence[Pair], bases: dict[int, Json]) -> None:
    told = {pk: draft["steps"] for pk, draft in pairs if "steps" in draft}
    kept = {row.person_id: row for row in anybody(Admission).filter(person__in=list(told))}
    people = anybody(Person).filter(pk__in=list(told)).values_list("pk", "name", "unit")
    names = {pk: (name, unit) for pk, name, unit in people}
    moved = [names[pk][0] for pk in told if _version_of(kept.get(pk)) != bases.get(pk, {}).get("admission")]
    if moved:
        raise OutdatedError(moved)
    for pk, row in kept.items():
        for name, value in told[pk].items():
            setattr(row, name, value)
    fresh = [Admission(unit_id=names[pk][1], person_id=pk, **steps) for pk, steps in told.items() if pk not in kept]
    anybody(Admission).bulk_create(fresh)
    if kept:
        anybody(Admission).bulk_update(list(kept.values()), [*STEP_LABELS])


def _version_of(row: Admission | None) -> list[int] | None:
    return [row.pk, row.version] if row else None
