"""Rosters: a kind of workbook that can be brought in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar

from django.db.models import Model

from dangwu.access.services.appointing import still_eligible
from dangwu.foundation.imports.decisions import NEW
from dangwu.foundation.imports.keepers import Keepers
from dangwu.foundation.imports.kinds import Accepted, Difference, Doubt, Json, Line, ReadTable, Resolved, Task
from dangwu.foundation.sheets.amending import Amendments
from dangwu.foundation.sheets.reading import Progress
from dangwu.foundation.sheets.shapes import Flaw, Severity, Sheet
from dangwu.members.columns import roster_sheet
from dangwu.members.imports.drafting import Differing, everything, told_by, without
from dangwu.members.imports.known import Known, KnownPeople, holders, is_later
from dangwu.members.imports.meeting import Meeting
from dangwu.members.imports.writing import with_person, write_people
from dangwu.members.models import Membership, Post
from dangwu.members.policies import KEEPERS
from dangwu.members.posts import WORDS, posts_in
from dangwu.members.services.lines import STEPS
from dangwu.members.sheets import RosterRow, read_rosters
from dangwu.organisations.imports.places import Places
from dangwu.organisations.models import Standing

Kind = Membership.Kind
ROSTER_WORDS = frozenset(kind for _, kind in WORDS)
ORDER = (Kind.APPLICANT, Kind.ACTIVIST, Kind.CANDIDATE, Kind.PROBATIONARY, Kind.FULL, Kind.ENDED)


class Roster:
    """The roster of members: who is new, who has changed, where everybody belongs since a day."""

    name: ClassVar[str] = "roster"
    title: ClassVar[str] = "党员名册"
    noun: ClassVar[str] = "名党员"
    keepers: ClassVar[Keepers] = KEEPERS
    unkept: ClassVar[frozenset[str]] = frozenset({"home_address", "remarks"})

    def sheet(self, on: date) -> Sheet:
        """Its columns as seen on a day."""
        return roster_sheet(on)

    def read(self, path: Path, *, on: date, amended: Amendments, progress: Progress | None) -> list[ReadTable]:
        """Read every roster of the file. Raises UnreadableWorkbookError."""
        rosters = read_rosters(path, on=on, progress=progress, amended=amended)
        return [ReadTable(roster.reading, {row.number: row for row in roster.rows}) for roster in rosters]

    def resolve(self, task: Task, lines: Sequence[Line]) -> Iterable[Resolved]:
        """Who is meant by each row, and what of it differs."""
        return Resolving(task, lines).each()

    def prepare(self, row: Accepted) -> Accepted:
        """Seal and spell whoever is new."""
        return with_person(row)

    def write(self, task: Task, rows: Iterable[Accepted]) -> None:
        """Register and change people. Part of an action. Raises OutdatedError."""
        write_people(task, rows)

    def refuse_return(self, row: Model) -> None:
        """Refuse that a role comes back to an administrator. Raises ObjectionError."""
        still_eligible(row)


class Resolving:
    """Finds out what each row of a roster would do. Other workbooks that register people go on from it."""

    def __init__(self, task: Task, lines: Sequence[Line]) -> None:
        """Read whoever and whatever is registered of what the rows name."""
        self._task = task
        self._lines = lines
        rows: list[RosterRow] = [line.value for line in lines]
        self._named = Counter(row.name for row in rows)
        self._places = Places(task, KEEPERS)
        self._meeting = Meeting(KnownPeople(rows, task.on), self._places)
        self._secretaries = holders(self._places.by_key, Post.Kind.SECRETARY, task.on)
        self._taken: dict[int, int] = {}  # who is meant, by which row
        self._seats: dict[int, int] = {}  # organisations whose secretary is named, by which row

    def each(self) -> Iterable[Resolved]:
        """What each row would do, one at a time."""
        return map(self._resolve, self._lines)

    def _resolve(self, line: Line) -> Resolved:
        row: RosterRow = line.value
        resolved = Resolved(row.name)
        place, group, doubts = self._places.find(row.organisation) if row.organisation else (None, "", [])
        resolved.doubts += doubts
        resolved.where = place.called if place else row.organisation or ""
        answer = self._task.decisions.answer_to(line.sheet, line.number)
        if same := self._unchanged(line, place, row.group or group, answer):
            same.doubts += doubts
            return same
        known, doubts = self._meeting.meet(row, place, answer)
        resolved.doubts += doubts
        if known is None:
            self._draft_new(line, place, row.group or group, resolved)
            if answer == NEW:
                resolved.draft["asked"] = True
        else:
            self._draft_known(line, known, place, row.group or group, resolved)
        return resolved

    def _unchanged(self, line: Line, place: Standing | None, group: str, answer: str) -> Resolved | None:
        """Somebody without number and birth is known by his name where the row would change nothing about him."""
        row: RosterRow = line.value
        known = None if answer or self._named[row.name] > 1 else self._meeting.unnumbered(row, place)
        if known is None or place is None:
            return None
        resolved = Resolved(row.name, place.called)
        self._draft_known(line, known, place, group, resolved)
        if resolved.draft or resolved.doubts:
            self._taken.pop(known.key, None)
            return None
        return resolved

    def _draft_new(self, line: Line, place: Standing | None, group: str, resolved: Resolved) -> None:
        row: RosterRow = line.value
        told = told_by(row)
        resolved.differences += everything(told)
        resolved.draft = {"told": told, "group": group}
        place = place or (None if row.organisation else self._places.branch)
        if place:
            resolved.differences.append(Difference("所在党支部", "", place.called))
            resolved.draft |= {"organisation": place.organisation_id, "unit": place.unit_id}
        elif not any(doubt.field == "organisation" for doubt in resolved.doubts):
            resolved.doubts.append(_no_place(row))
        self._take_posts(row, None, place, resolved)

    def _draft_known(self, line: Line, known: Known, place: Standing | None, group: str, resolved: Resolved) -> None:
        row: RosterRow = line.value
        resolved.target = known.key
        resolved.doubts += self._doubts_of(line, row, known)
        differing = Differing(self._task, known, resolved)
        told = told_by(row)
        draft: Json = {}
        if wanted := differing.compare(without(told, ["name"]) if known.person.name == row.name else told):
            draft["told"] = wanted
        draft |= self._move(known, place, group, differing)
        resolved.draft = draft
        self._take_posts(row, known, place, resolved)
        resolved.basis = _basis(known)

    def _doubts_of(self, line: Line, row: RosterRow, known: Known) -> list[Doubt]:
        doubts = []
        first = self._taken.setdefault(known.key, line.number)
        if first != line.number:
            message = f"与第 {first} 行指的是同一名已登记的人员"
            doubts.append(Doubt("name", Flaw("person.twice", Severity.ERROR, message, "请只保留一行")))
        if is_later(known, self._task.on):
            message = f"{row.name}在 {self._task.on} 之后已有变动登记，不能从更早的日期导入"
            doubts.append(Doubt("name", Flaw("person.later", Severity.ERROR, message, "请把生效日期改在那之后")))
        if flaw := _step_back(known.membership, row.member_kind):
            doubts.append(Doubt("member_kind", flaw))
        return doubts

    def _move(self, known: Known, place: Standing | None, group: str, differing: Differing) -> Json:
        """Where he will belong, if that changes; an empty cell changes nothing."""
        if place is None or self._task.decisions.policy_of("organisation") == "keep":
            return {}
        now = known.affiliation
        moves = now is None or now.organisation_id != place.organisation_id
        if moves:
            old = self._places.named(now.organisation_id) if now else ""
            differing.note("organisation", old, place.called)
        elif not group or (now is not None and now.group is not None and now.group.name == group):
            return {}
        if group:
            differing.note("group", now.group.name if now and now.group else "", group)
        return {"organisation": place.organisation_id, "unit": place.unit_id, "group": group}

    def _take_posts(self, row: RosterRow, known: Known | None, place: Standing | None, resolved: Resolved) -> None:
        """The posts that the row names; those of the same branch that it no longer names end."""
        if not row.post or place is None:
            return
        wanted = {(kind, where.organisation_id) for kind, where in self._wanted(row.post, place)}
        held = {(post.kind, post.organisation_id): post for post in (known.posts if known else ())}
        taken = sorted(wanted - held.keys())
        here = [post for post in held.values() if post.organisation_id == place.organisation_id]
        named = [post for post in here if post.kind in ROSTER_WORDS]  # of others a roster says nothing
        left = [post for post in named if wanted and (post.kind, post.organisation_id) not in wanted]
        if not taken and not left:
            return
        resolved.draft.setdefault("unit", place.unit_id)
        was = "、".join(str(Post.Kind(post.kind).label) for post in here)
        resolved.differences.append(Difference("党内职务", was, row.post))
        resolved.draft["posts"] = [list(post) for post in taken]
        resolved.draft["left"] = [[post.pk, post.version] for post in left]
        resolved.draft["relieved"] = [
            relieved for kind, where in taken if (relieved := self._relieve(row, known, kind, where, resolved))
        ]

    def _wanted(self, text: str, place: Standing) -> Iterable[tuple[str, Standing]]:
        for kind, above in posts_in(text):
            where = place if above is None else self._places.above(place, above)
            if where is not None:
                yield kind, where

    def _relieve(
        self, row: RosterRow, known: Known | None, kind: str, where: int, resolved: Resolved
    ) -> list[int] | None:
        """Who must leave a post that one person at a time holds."""
        if kind != Post.Kind.SECRETARY:
            return None
        first = self._seats.setdefault(where, row.number)
        if first != row.number:
            message = f"第 {first} 行已是{self._places.named(where)}的书记"
            resolved.doubts.append(Doubt("post", Flaw("post.twice", Severity.ERROR, message, "请核对是哪一位")))
        holder = self._secretaries.get(where)
        if holder is None or (known and holder.person_id == known.key):
            return None
        message = f"{holder.person.name}正在担任{self._places.named(where)}的书记，导入后改由{row.name}担任"
        flaw = Flaw("post.held", Severity.DOUBT, message, "确实已经改选的，选择“按表中所写”")
        resolved.doubts.append(Doubt("post", flaw))
        return [holder.pk, holder.version]


def _basis(known: Known) -> Json:
    rows = {"membership": known.membership, "affiliation": known.affiliation, "circumstances": known.circumstances}
    kept = {name: [row.pk, row.version] for name, row in rows.items() if row is not None}
    return {"person": known.person.version, **kept}


def _step_back(membership: Membership | None, kind: str | None) -> Flaw | None:
    """What is wrong with a stage of membership that does not follow from the registered one."""
    if membership is None or not membership.kind or not kind or kind == membership.kind:
        return None
    if kind in STEPS[membership.kind]:
        return None
    was, new = Kind(membership.kind), Kind(kind)
    if ORDER.index(new) < ORDER.index(was):
        message = f"已登记为“{was.label}”，表中写的是“{new.label}”"
        return Flaw("member_kind.backward", Severity.ERROR, message, "请核对；登记有误的，请在党员页面更正")
    message = f"由“{was.label}”直接变为“{new.label}”，中间的阶段没有登记"
    return Flaw("member_kind.leap", Severity.DOUBT, message, "确实如此的，选择“按表中所写”")


def _no_place(row: RosterRow) -> Doubt:
    if row.organisation:
        flaw = Flaw("organisation.unknown", Severity.ERROR, f"没有找到“{row.organisation}”", "请核对党组织名称")
    else:
        message = f"新登记的{row.name}没有写明所在党支部"
        flaw = Flaw("organisation.missing", Severity.ERROR, message, "请填写所在党支部的名称")
    return Doubt("organisation", flaw)
