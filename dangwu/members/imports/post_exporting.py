"""Posts as a workbook: who holds and held which, in the columns in which they can be brought in."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.exporting import OutOf
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.scope import Scope
from dangwu.foundation.sheets.shapes import Sheet
from dangwu.foundation.sheets.writing import write_table
from dangwu.kernel.partial_date import PartialDate
from dangwu.kernel.span import FAR
from dangwu.members.imports.post_sheet import posts_sheet
from dangwu.members.models import Post
from dangwu.members.policies import EXPORTERS
from dangwu.members.services.telling import export_roster
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import standings

CHUNK = 1_000
PURPOSE = "导出党内职务表"


class PostsExport:
    """All posts that were ever held in the organisations of a day."""

    name: ClassVar[str] = "posts"
    title: ClassVar[str] = "党内职务表"
    keepers: ClassVar[Keepers] = EXPORTERS

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return posts_sheet(on)

    def take(self, *, by: Actor, out_of: OutOf, file: Path, today: date) -> int:
        """Write it, and say how many rows it has; the audit tells of it, and of the numbers that were opened."""
        scope = out_of.scope(by, EXPORTERS)
        names = tuple(field.name for field in self.sheet(out_of.on).fields if not field.name.startswith("term"))

        def take() -> int:
            return write_table(self.sheet(out_of.on), post_rows(scope), file, names=names)

        chosen = out_of.chosen(self.title)
        return export_roster(by=by, chosen=chosen, on=today, place=out_of.place, take=take)


def post_rows(scope: Scope) -> Iterator[Mapping[str, Any]]:
    """The posts by the fields of a list of posts. Part of an action."""
    places = {row.organisation_id: row for row in standings(scope)}
    rows = Post.objects.within(scope).filter(valid_from__lte=scope.on).select_related("person")
    for post in rows.order_by("organisation", "valid_from", "pk").iterator(CHUNK):
        yield _row(post, places[post.organisation_id])


def _row(post: Post, place: Standing) -> Mapping[str, Any]:
    person = post.person
    told: dict[str, Any] = {"organisation": place.name, "name": person.name, "full_time": post.full_time}
    told["post"] = str(Post.Kind(post.kind).label).removeprefix("机关")
    told["taken_on"] = _exact(post.valid_from)
    told["left_on"] = None if post.valid_until == FAR else _exact(post.valid_until)
    told["birth_date"] = PartialDate.parse(person.birth) if person.birth else None
    told["identity_number"] = person.identity.open(PURPOSE) if person.identity else None
    return told


def _exact(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
