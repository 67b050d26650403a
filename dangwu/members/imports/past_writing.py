"""Writing past affiliations, and how far back membership goes with them: whoever belonged to a branch was a member."""

from collections.abc import Iterable
from datetime import date

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import Dated, open_line
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task
from dangwu.foundation.portions import portions
from dangwu.members.imports.known import anybody
from dangwu.members.models import Affiliation, Membership
from dangwu.members.services.lines import correct_row

REASON = "导入组织关系沿革表"
Kind = Membership.Kind


def write_affiliations(task: Task, rows: Iterable[Accepted]) -> None:
    """Write what was before. Part of an action. Raises OutdatedError, ObjectionError."""
    open_deed().reason = open_deed().reason or REASON
    drafts = [row.draft for row in rows]
    earliest: dict[int, date] = {}
    for person, since in (*_extend(task, drafts), *_add(task, drafts)):
        earliest[person] = min(since, earliest.get(person, since))
    for chunk in portions(list(earliest)):
        for membership in _first_of(chunk):
            _extend_membership(task, membership, earliest[membership.person_id])
            task.written()


def _extend(task: Task, drafts: Iterable[Json]) -> list[tuple[int, date]]:
    """Let registered stretches begin earlier; whose they are, and since when."""
    extended = {draft["extended"][0]: draft for draft in drafts if "extended" in draft}
    back = []
    for chunk in portions(list(extended)):
        for row in anybody(Affiliation).filter(pk__in=chunk).select_related("person"):
            if row.version != extended[row.pk]["extended"][1]:
                raise OutdatedError([row.person.name])
            since = date.fromisoformat(extended[row.pk]["since"])
            _begin(task, row, since)
            back.append((row.person_id, since))
    return back


def _add(task: Task, drafts: Iterable[Json]) -> list[tuple[int, date]]:
    """Write the stretches before them; whose they are, and since when."""
    back = []
    for draft in (draft for draft in drafts if "person" in draft):
        row = Affiliation(unit_id=draft["unit"], person_id=draft["person"], organisation_id=draft["organisation"])
        row.valid_from, row.valid_until = date.fromisoformat(draft["since"]), date.fromisoformat(draft["until"])
        open_line(row)
        task.written()
        back.append((row.person_id, row.valid_from))
    return back


def _first_of(people: Iterable[int]) -> list[Membership]:
    """With what each of these people begins here."""
    first: dict[int, Membership] = {}
    for row in anybody(Membership).filter(person__in=list(people)).select_related("person").order_by("-valid_from"):
        first[row.person_id] = row
    return list(first.values())


def _extend_membership(task: Task, row: Membership, since: date) -> None:
    """Let a stage begin as early as he belonged here, and no earlier than its own day; the probation of somebody who
    was confirmed meanwhile comes before it.
    """
    own_day = row.confirmed_on if row.kind == Kind.FULL else row.joined_on
    began = min(max(since, own_day or since), row.valid_from)
    if began < row.valid_from:
        _begin(task, row, began)
    joined = max(since, row.joined_on) if row.joined_on else began
    if row.kind == Kind.FULL and row.confirmed_on == began and joined < began:
        told = {"unit_id": row.unit_id, "person_id": row.person_id, "joined_on": row.joined_on}
        open_line(Membership(kind=Kind.PROBATIONARY, valid_from=joined, valid_until=began, **told))


def _begin(task: Task, row: Dated, since: date) -> None:
    told = {"valid_from": since}
    correct_row(by=task.by, row=row, version=row.version, reason=open_deed().reason, on=task.on, told=told)
