"""The roster as a workbook: what is registered, in the columns in which it can be brought in. Numbers are whole."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.codes import code_table
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.foundation.sheets.writing import write_table
from dangwu.kernel.partial_date import PartialDate
from dangwu.kernel.tree_path import line_of
from dangwu.members.columns import roster_sheet
from dangwu.members.imports.drafting import DUES, PLAIN, SEALED
from dangwu.members.models import MEMBERS, Affiliation, Membership, Person, Post
from dangwu.members.policies import EXPORTERS
from dangwu.members.posts import posts_in
from dangwu.members.roster import belonging, circumstance_of, membership_of, place_of
from dangwu.members.services.telling import export_roster
from dangwu.organisations.models import OrganisationKind, Standing
from dangwu.organisations.queries import standings

CHUNK = 1_000
UNTOLD = ("home_address", "remarks")
PURPOSE = "导出党员名册"
_BODIES = ("", "机关党委", "机关", "工委", "党组", "党总支")


class RosterExport:
    """The roster of members."""

    name: ClassVar[str] = "roster"
    title: ClassVar[str] = "党员名册"
    keepers: ClassVar[Keepers] = EXPORTERS

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return roster_sheet(on)

    def take(self, *, by: Actor, out_of: OutOf, file: Path, today: date) -> int:
        """Write it, and say how many rows it has; the audit tells of it, and of the numbers that were opened."""
        scope = out_of.scope(by, EXPORTERS)
        sheet = self.sheet(out_of.on)
        names = tuple(field.name for field in sheet.fields if field.name not in UNTOLD)
        chosen = out_of.chosen(self.title)

        def take() -> int:
            return write_table(sheet, roster_rows(scope), file, names=names)

        return export_roster(by=by, chosen=chosen, on=today, place=out_of.place, take=take)


def roster_rows(scope: Scope) -> Iterator[Mapping[str, Any]]:
    """What is registered of the members in a scope on its day, by the fields of a roster. Part of an action."""
    words = _Posts(scope.on)
    rows: Any = belonging(scope, MEMBERS)  # with names that are no columns of it
    rows = rows.order_by("place__path", "person__pk")
    for row in rows.iterator(CHUNK):
        yield _row(row, words)


def _row(row: Affiliation, words: "_Posts") -> Mapping[str, Any]:
    person, membership, circumstances, place = row.person, membership_of(row), circumstance_of(row), place_of(row)
    told: dict[str, Any] = {name: getattr(person, column) for name, column in PLAIN.items()}
    told |= {name: _opened(person, column) for name, column in SEALED.items()}
    told["gender"] = code_table("gender").word_of(person.gender)
    told["birth_date"] = PartialDate.parse(person.birth) if person.birth else None
    told |= _membership(membership)
    told["employment_kind"] = circumstances.employment if circumstances else None
    told["whereabouts"] = circumstances.whereabouts if circumstances else None  # no column of a roster
    told["organisation"] = place.name if place else None
    told["group"] = row.group.name if row.group else None
    told["post"] = words.of(person, place) if place else None
    return {name: value for name, value in told.items() if value not in {None, ""}}


def _opened(person: Person, column: str) -> str | None:
    sealed = getattr(person, column)
    return str(sealed.open(PURPOSE)) if sealed else None


def _membership(membership: Membership | None) -> dict[str, Any]:
    if membership is None:
        return {}
    days = {name: getattr(membership, name) for name in ("joined_on", "confirmed_on")}
    told = {name: PartialDate(day.year, day.month, day.day) if day else None for name, day in days.items()}
    return told | {"member_kind": membership.kind} | {name: getattr(membership, name) for name in DUES}


class _Posts:
    """The words for posts by which a roster is understood again: those of the branch, and those of bodies above it."""

    def __init__(self, on: date) -> None:
        rows = list(standings(Scope.everything(on)))
        self._kinds = {row.path: row.kind for row in rows}
        self._places = {row.organisation_id: row for row in rows}

    def of(self, person: Person, place: Standing) -> str:
        """All posts of somebody that a roster can tell."""
        posts: list[Post] = person.held_posts  # type: ignore[attr-defined] # read with the row
        return "、".join(word for post in posts if (word := self._word(post, place)))

    def _word(self, post: Post, place: Standing) -> str:
        where = self._places.get(post.organisation_id)
        if where is None or not self._is_nearest(where, place):
            return ""
        wanted = (post.kind, OrganisationKind(where.kind) if where.path != place.path else None)
        label = str(Post.Kind(post.kind).label).removeprefix("机关")
        return next((text for body in _BODIES if posts_in(text := f"{body}{label}") == [wanted]), "")

    def _is_nearest(self, where: Standing, place: Standing) -> bool:
        """Whether it is the branch itself, or the nearest of its kind above."""
        above = reversed(line_of(place.path)[:-1])
        same_kind = (path for path in above if self._kinds.get(path) == where.kind)
        return where.path in {place.path, next(same_kind, "")}
