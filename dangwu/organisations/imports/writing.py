"""Writing the rows of a list of organisations: those that are new level by level from the top, the others set-wise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import change_many, open_lines
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.scope import TRIALS
from dangwu.kernel.span import FAR, Span
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation, Standing, Term, Unit
from dangwu.organisations.services.reorganising import named_columns

WHY = "organisations that an import was let to write by its policy"
REASON = "导入党组织信息表"
CHUNK = 1_000


def write_organisations(task: Task, rows: Iterable[Accepted]) -> None:
    """Found what is new, change what is known. Part of an action. Raises OutdatedError, ObjectionError."""
    open_deed().reason = open_deed().reason or REASON
    every = list(rows)
    _Founding([row for row in every if row.target is None]).all()
    _Changing(task.on, [row for row in every if row.target is not None]).all()


@dataclass(frozen=True, slots=True)
class _Place:
    """Something below which others are founded."""

    organisation: int | None
    unit: Unit | int
    path: TreePath | None


class _Founding:
    """The new organisations of a list, by the places of their rows."""

    def __init__(self, rows: Sequence[Accepted]) -> None:
        self._rows = rows
        self._below: dict[Any, list[Accepted]] = defaultdict(list)
        for row in rows:
            self._below[_above(row.draft)].append(row)
        self._refuse_unconfirmed()

    def _refuse_unconfirmed(self) -> None:
        written = {(row.sheet, row.number) for row in self._rows}
        for above, rows in self._below.items():
            if isinstance(above, tuple) and above not in written:
                name = rows[0].draft["name"]
                raise ObjectionError(f"“{name}”的上级组织在第 {above[1]} 行，那一行还没有确认，没有导入任何内容。")

    def all(self) -> None:
        """Found them, from the top down."""
        level = self._registered()
        while level:
            made = self._found(level)
            level = [(_place(standing), self._below[row.sheet, row.number]) for row, standing in made]
            level = [(place, rows) for place, rows in level if rows]

    def _registered(self) -> list[tuple[_Place, list[Accepted]]]:
        """What stands already, with what will stand below it."""
        keys = [key for key in self._below if isinstance(key, int)]
        versions = {row.basis["above"][0]: row for key in keys for row in self._below[key]}
        kept = _every(Standing).filter(pk__in=versions).select_for_update().select_related("organisation")
        above = {row.organisation_id: row for row in kept if versions[row.pk].basis["above"][1] == row.version}
        gone = [self._below[key][0].draft["name"] for key in keys if key not in above or not above[key].is_open]
        if gone:
            raise OutdatedError(gone)
        highest = [(_Place(None, _unit(row.draft["unit"]), None), [row]) for row in self._below[None]]
        return highest + [(_place(above[key]), self._below[key]) for key in keys]

    def _found(self, level: Sequence[tuple[_Place, list[Accepted]]]) -> list[tuple[Accepted, Standing]]:
        _refuse_namesakes(level)
        taken = _numbers_taken([place for place, _ in level])
        rows, organisations, standings = [], [], []
        for place, its in level:
            for row in its:
                taken[place.organisation] += 1
                organisation = _organisation(row.draft, place)
                organisations.append(organisation)
                standings.append(_standing(row.draft, place, organisation, taken[place.organisation]))
                rows.append(row)
        Organisation.objects.bulk_create(organisations, batch_size=CHUNK)
        for standing, organisation in zip(standings, organisations, strict=True):
            standing.organisation = organisation
        made = list(zip(rows, open_lines(standings), strict=True))
        _open_terms([(standing.organisation, row.draft["term"]) for row, standing in made if row.draft["term"]])
        if any(place.path is None for place, _ in level):
            open_deed().about(made[0][1].organisation, name=made[0][1].name, place=made[0][1].path)
        return made


def _every(model: Any) -> Any:  # noqa: ANN401 - the rows of any scoped model
    """All rows: what a list names was looked up in the scope when it was staged."""
    return model.objects.unscoped(WHY)


def _above(draft: Json) -> Any:  # noqa: ANN401 - a key, the place of a row, or nothing
    return tuple(draft["row"]) if "row" in draft else draft.get("above")


def _place(standing: Standing) -> _Place:
    return _Place(standing.organisation_id, standing.unit_id, TreePath(standing.path))


def _unit(name: str) -> Unit:
    """The unit of a highest organisation, registered where nobody has done so."""
    unit = Unit.objects.filter(name=name, parent=None, is_trial=False).first()
    if unit is None:
        unit = Unit(name=name)
        unit.save()
    return unit


def _numbers_taken(places: Iterable[_Place]) -> defaultdict[int | None, int]:
    """The highest number below each place that anything ever had."""
    taken: defaultdict[int | None, int] = defaultdict(int)
    keys = [place.organisation for place in places]
    below = _every(Standing).filter(path__lt=str(TRIALS))
    wanted = [below.filter(parent__in=[key for key in keys if key is not None])]
    wanted += [below.filter(parent=None)] if None in keys else []
    for rows in wanted:
        for parent, path in rows.values_list("parent", "path"):
            taken[parent] = max(taken[parent], int(path[-4:]))
    return taken


def _refuse_namesakes(level: Sequence[tuple[_Place, list[Accepted]]]) -> None:
    """What somebody founded meanwhile at the same place under the same name."""
    wanted = {(place.organisation, row.draft["name"]): _span(row.draft) for place, rows in level for row in rows}
    parents = [parent for parent, _ in wanted if parent is not None]
    rows = _every(Standing).filter(path__lt=str(TRIALS))
    rows = rows.filter(models.Q(parent__in=parents) | models.Q(parent=None))
    rows = rows.filter(name__in=[name for _, name in wanted])
    spans = [(row, wanted.get((row.parent_id, row.name))) for row in rows]
    again = [row.name for row, span in spans if span and row.span.overlaps(span)]
    if again:
        raise OutdatedError(again)


def _span(draft: Json) -> Span:
    return Span(date.fromisoformat(draft["since"]), date.fromisoformat(draft["until"]) if draft["until"] else FAR)


def _organisation(draft: Json, place: _Place) -> Organisation:
    organisation = Organisation(parent_known=True, **_columns(Organisation, draft["facts"]))
    _in_unit(organisation, place.unit)
    if draft["until"]:
        organisation.dissolved_on = date.fromisoformat(draft["until"])
    return organisation


def _in_unit(row: Any, unit: Unit | int) -> None:  # noqa: ANN401 - whatever belongs to a unit
    row.unit_id = unit if isinstance(unit, int) else unit.pk


def _standing(draft: Json, place: _Place, organisation: Organisation, number: int) -> Standing:
    span = _span(draft)
    path = place.path.child(number) if place.path else TreePath(f"{number:04}")
    standing = Standing(kind=draft["kind"], parent_id=place.organisation, path=str(path))
    standing.unit_id = organisation.unit_id
    standing.valid_from, standing.valid_until = span.start, span.end
    for name, value in named_columns(draft["name"], draft["short_name"]).items():
        setattr(standing, name, value)
    return standing


def _columns(model: type[models.Model], told: Mapping[str, Any]) -> dict[str, Any]:
    """Columns out of what JSON keeps."""
    fields = {column.name: column for column in model._meta.concrete_fields}  # noqa: SLF001 - Django's own way
    return {name: fields[name].to_python(value) for name, value in told.items()}


def _open_terms(told: Iterable[tuple[Organisation, Json]]) -> None:
    rows = [Term(unit_id=its.unit_id, organisation=its, **_columns(Term, term)) for its, term in told]
    Term.objects.bulk_create(rows, batch_size=CHUNK)


class _Changing:
    """The organisations that are known, each as it was when the list was staged."""

    def __init__(self, on: date, rows: Sequence[Accepted]) -> None:
        self._on = on
        self._rows = {row.target: row for row in rows if row.target is not None}
        kept = _every(Organisation).filter(pk__in=list(self._rows)).select_for_update()
        self._kept = {organisation.pk: organisation for organisation in kept}

    def all(self) -> None:
        """Write everything that differs."""
        self._describe()
        self._rename()
        self._terms()

    def _describe(self) -> None:
        told = {key: row.draft["facts"] for key, row in self._rows.items() if "facts" in row.draft}
        moved = [key for key in told if self._kept[key].version != self._rows[key].basis["organisation"]]
        self._refuse(moved)
        for key, facts in told.items():
            for name, value in _columns(Organisation, facts).items():
                setattr(self._kept[key], name, value)
        if told:
            names = sorted({name for facts in told.values() for name in facts})
            _every(Organisation).bulk_update([self._kept[key] for key in told], names)

    def _refuse(self, keys: Iterable[int]) -> None:
        names = _every(Standing).filter(organisation__in=list(keys), valid_until=FAR)
        if found := list(names.values_list("name", flat=True)):
            raise OutdatedError(found)

    def _basis(self, model: Any, name: str) -> dict[int, Any]:  # noqa: ANN401 - a model of rows of an organisation
        """Rows on which drafts rest, by their organisation. Raises OutdatedError where one has changed since."""
        told = {key: row.basis[name] for key, row in self._rows.items() if name in row.basis}
        rows = _every(model).filter(pk__in=[pk for pk, _ in told.values()]).select_for_update()
        kept = {row.organisation_id: row for row in rows}
        self._refuse(key for key, (_, version) in told.items() if key not in kept or kept[key].version != version)
        return kept

    def _rename(self) -> None:
        """Other names hold from the day on; a short name where there was none always was."""
        filled: list[tuple[Standing, dict[str, str]]] = []
        renamed: list[tuple[Standing, dict[str, str]]] = []
        for key, standing in self._basis(Standing, "standing").items():
            told = self._rows[key].draft["names"]
            names = named_columns(told.get("name", standing.name), told.get("short_name", standing.short_name))
            (renamed if "name" in told or standing.short_name else filled).append((standing, names))
        if filled:
            rows = [_with(standing, names) for standing, names in filled]
            _every(Standing).bulk_update(rows, ["short_name", "pinyin", "initials"])
        change_many([standing for standing, _ in renamed], on=self._on, new=[names for _, names in renamed])

    def _terms(self) -> None:
        kept = self._basis(Term, "term")
        told = {key: row.draft["term"] for key, row in self._rows.items() if "term" in row.draft}
        changed = [_with(kept[key], _columns(Term, told[key])) for key in kept]
        if changed:
            names = sorted({name for key in kept for name in told[key]})
            _every(Term).bulk_update(changed, names)
        _open_terms([(self._kept[key], term) for key, term in told.items() if key not in kept])


def _with(row: Any, told: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any row
    for name, value in told.items():
        setattr(row, name, value)
    return row
