"""Posts and terms: a kind of workbook that can be brought in, with what was held earlier."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from django.db.models import Model

from dangwu.access.services.appointing import still_eligible
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Accepted, Difference, Doubt, Json, Line, ReadTable, Resolved, Task
from dangwu.foundation.portions import portions
from dangwu.foundation.sheets.amending import Amendments
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Flaw, Severity, Sheet
from dangwu.kernel.span import FAR, Span
from dangwu.members.imports.known import Known, anybody
from dangwu.members.imports.people import RegisteredPeople, agrees, first_day
from dangwu.members.imports.post_sheet import PostRow, posts_sheet, read_posts
from dangwu.members.imports.post_writing import write_posts
from dangwu.members.imports.terms import Terms
from dangwu.members.models import Post
from dangwu.members.policies import KEEPERS
from dangwu.members.posts import posts_in
from dangwu.members.services.posts import SINGLE
from dangwu.organisations.imports.places import Places
from dangwu.organisations.models import Standing

STAFF = ("党务干部", "党务工作者", "党务工作人员")


class Posts:
    """Who holds and held which post, and the terms of committees."""

    name: ClassVar[str] = "posts"
    title: ClassVar[str] = "党内职务表"
    noun: ClassVar[str] = "项任职"
    keepers: ClassVar[Keepers] = KEEPERS
    unkept: ClassVar[frozenset[str]] = frozenset()

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return posts_sheet(on)

    def read(self, path: Path, *, on: date, amended: Amendments, progress: Progress | None) -> list[ReadTable]:
        """Read every table of the file. Raises UnreadableWorkbookError."""
        tables = read_posts(path, on=on, progress=progress, amended=amended)
        return [ReadTable(reading, {row.number: row for row in rows}) for reading, rows in tables]

    def resolve(self, task: Task, lines: Sequence[Line]) -> list[Resolved]:
        """Whose posts they are, and which of them are new or told otherwise."""
        return _Resolving(task, lines).all()

    def prepare(self, row: Accepted) -> Accepted:
        """Nothing takes long."""
        return row

    def write(self, task: Task, rows: Iterable[Accepted]) -> None:
        """Register and mend posts and terms. Part of an action. Raises OutdatedError."""
        write_posts(task, rows)

    def refuse_return(self, row: Model) -> None:
        """Refuse that a role comes back to an administrator. Raises ObjectionError."""
        still_eligible(row)


@dataclass(slots=True)
class _Seat:
    """A span over which somebody holds a post that one person at a time holds; `row` where the file tells of it."""

    span: Span
    person: str
    post: Post | None = None
    row: Resolved | None = None
    number: int = 0


@dataclass(slots=True)
class _Seats:
    """All of one organisation and kind."""

    told: list[_Seat] = field(default_factory=list)
    kept: dict[int, _Seat] = field(default_factory=dict)


class _Resolving:
    def __init__(self, task: Task, lines: Sequence[Line]) -> None:
        self._task = task
        self._lines = lines
        self._places = Places(task, KEEPERS)
        self._people = RegisteredPeople(task, [line.value for line in lines], self._places)
        self._kept: dict[tuple[int, int, str], list[Post]] = defaultdict(list)
        self._seats: dict[tuple[int, str], _Seats] = defaultdict(_Seats)
        self._terms = Terms(task, self._places.by_key)
        self._read()

    def _read(self) -> None:
        """Every post of the organisations that the import may reach: the seats of one are judged as a whole."""
        for chunk in portions(sorted(self._places.by_key)):
            for post in anybody(Post).filter(organisation__in=chunk).select_related("person"):
                self._kept[post.organisation_id, post.person_id, post.kind].append(post)
                if post.kind in SINGLE:
                    seat = _Seat(post.span, post.person.name, post)
                    self._seats[post.organisation_id, post.kind].kept[post.pk] = seat

    def all(self) -> list[Resolved]:
        resolved = [self._resolve(line) for line in self._lines]
        for seats in self._seats.values():
            self._judge(seats)
        return resolved

    def _resolve(self, line: Line) -> Resolved:
        row: PostRow = line.value
        resolved = Resolved(row.name, row.organisation)
        place, _, doubts = self._places.find(row.organisation)
        resolved.doubts += doubts
        known, doubts = self._people.find(line, [place]) if place else (None, [])
        resolved.doubts += doubts
        if place is None or known is None:
            return resolved
        resolved.where = place.called
        posts = list(self._wanted(row.post, place))
        if not posts:
            resolved.doubts.append(Doubt("post", _no_post(row.post)))
        for kind, where in posts:
            self._draft(line.number, row, known, (kind, where), resolved)
        self._terms.draft(row, place, resolved)
        return resolved

    def _wanted(self, text: str, place: Standing) -> Iterator[tuple[str, Standing]]:
        """The posts that a cell names; one that says of which body above it is stands there."""
        for kind, above in posts_in(text):
            where = place if above is None else self._places.above(place, above)
            if where is not None:
                yield kind, where
        if any(word in text for word in STAFF):
            yield Post.Kind.PARTY_AFFAIRS_STAFF, place

    def _draft(self, number: int, row: PostRow, known: Known, post: tuple[str, Standing], resolved: Resolved) -> None:
        kind, where = post
        kept = self._meant(row, self._kept[where.organisation_id, known.key, kind])
        span = self._span(row, kept)
        if span is None:
            return
        seat = _Seat(span, row.name, kept, resolved, number)
        if kind in SINGLE:
            seats = self._seats[where.organisation_id, kind]
            seats.told.append(seat)
            seats.kept.pop(kept.pk if kept else 0, None)
        told: Json = {"since": str(span.start), "until": str(span.end)}
        if row.full_time is not None:
            told["full_time"] = row.full_time
        if kept is None:
            place = {"person": known.key, "organisation": where.organisation_id, "unit": where.unit_id, "kind": kind}
            resolved.draft.setdefault("new", []).append({**place, **told})
            self._note(resolved, kind, where, None, span)
        else:
            self._mend(row, kept, span, told, resolved)

    def _meant(self, row: PostRow, kept: Sequence[Post]) -> Post | None:
        """The registered post that a row tells of: the one that began then, else one with a day in common."""
        if row.taken_on is None:
            return next((post for post in kept if post.in_force(self._task.on)), None)
        began = [post for post in kept if agrees(row.taken_on, post.valid_from)]
        since, until = row.taken_on.earliest, row.left_on.latest if row.left_on else FAR
        common = [post for post in kept if since < post.valid_until and post.valid_from < until]
        return next(iter(began or common), None)

    def _span(self, row: PostRow, kept: Post | None) -> Span | None:
        """From when until when, as exactly as is known; None where the end leaves no day."""
        since, until = first_day(row.taken_on), row.left_on.latest if row.left_on else FAR
        if kept and (row.taken_on is None or agrees(row.taken_on, kept.valid_from)):
            since = kept.valid_from
        if kept and (row.left_on is None or agrees(row.left_on, kept.valid_until)):
            until = kept.valid_until
        since = since or self._task.on
        return Span(since, until) if since < until else None

    def _mend(self, row: PostRow, kept: Post, span: Span, told: Json, resolved: Resolved) -> None:
        resolved.target = resolved.target or kept.pk
        same_work = row.full_time is None or row.full_time == kept.full_time
        if kept.span == span and same_work:
            return
        if span.start > kept.valid_from:
            resolved.doubts.append(Doubt("taken_on", _later(kept, span.start)))
        place = self._places.by_key[kept.organisation_id]
        self._note(resolved, kept.kind, place, kept.span, span)
        if not same_work:
            was = "" if kept.full_time is None else "是" if kept.full_time else "否"
            resolved.differences.append(Difference("是否专职", was, "是" if row.full_time else "否"))
        resolved.draft.setdefault("mended", []).append({"post": [kept.pk, kept.version], **told})

    def _note(self, resolved: Resolved, kind: str, where: Standing, old: Span | None, new: Span) -> None:
        label = f"{where.called}{Post.Kind(kind).label}"
        if old != new:
            resolved.differences.append(Difference(label, _days(old) if old else "", _days(new)))

    def _judge(self, seats: _Seats) -> None:
        """Of those who hold a single seat at the same time the file must say who leaves, or somebody decides."""
        told = sorted(seats.told, key=lambda seat: seat.span)
        for earlier, seat in pairwise(told):
            if earlier.span.overlaps(seat.span) and seat.row:
                seat.row.doubts.append(Doubt("post", _two(earlier, seat)))
        for seat in told:
            for kept in seats.kept.values():
                if kept.post and seat.row and kept.span.overlaps(seat.span):
                    self._relieve(kept.post, seat, seat.row)

    def _relieve(self, post: Post, seat: _Seat, row: Resolved) -> None:
        if not (post.is_open and post.valid_from < seat.span.start and not row.target):
            flaw = Flaw("post.held", Severity.ERROR, _held(post), "请核对两人的任职日期和卸任日期")
            row.doubts.append(Doubt("post", flaw))
            return
        message = f"{_held(post)}，导入后自 {seat.span.start} 起改由{seat.person}担任"
        row.doubts.append(Doubt("post", Flaw("post.held", Severity.DOUBT, message, "确实已经改选的，选择“按表中所写”")))
        row.draft.setdefault("relieved", []).append([post.pk, post.version, str(seat.span.start)])


def _days(span: Span) -> str:
    return f"{span.start} 起" if span.end == FAR else f"{span.start} 至 {span.end}"


def _held(post: Post) -> str:
    return f"{post.person.name}{_days(post.span)}担任这一职务"


def _two(earlier: _Seat, seat: _Seat) -> Flaw:
    message = f"与第 {earlier.number} 行的{earlier.person}同时担任同一职务（{_days(earlier.span)}、{_days(seat.span)}）"
    return Flaw("post.twice", Severity.ERROR, message, "请补上先前一位的卸任日期，或者核对是哪一位")


def _later(kept: Post, since: date) -> Flaw:
    message = f"已登记自 {kept.valid_from} 起任职，表中写的是 {since}"
    return Flaw("post.later", Severity.DOUBT, message, "登记有误的，选择“按表中所写”，改为表中的日期")


def _no_post(text: str) -> Flaw:
    labels = "、".join(str(kind.label) for kind in Post.Kind)
    return Flaw("post.unknown", Severity.ERROR, f"看不出“{text}”是哪项党内职务", f"请写{labels}中的一项")
