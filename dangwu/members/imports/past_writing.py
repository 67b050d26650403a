"""Writing past affiliations, and how far back membership goes with them: whoever belonged to a branch was a member.
A thousand people at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from dangwu.foundation.deeds import open_deed
from dangwu.foundation.history import open_lines
from dangwu.foundation.imports.kinds import Accepted, Json, OutdatedError, Task
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.portions import portions
from dangwu.members.imports.known import anybody
from dangwu.members.models import Affiliation, Amendment, Membership
from dangwu.members.policies import KEEPERS
from dangwu.members.queries import names_of
from dangwu.members.services.amending import Amending
from dangwu.organisations.queries import standings

REASON = "导入组织关系沿革表"
Kind = Membership.Kind
Lines = Mapping[int, Sequence[Affiliation]]
"""The affiliations of people, by their keys, in the order of their days."""


def write_affiliations(task: Task, rows: Iterable[Accepted]) -> None:
    """Write what was before. Part of an action. Raises OutdatedError, ObjectionError."""
    open_deed().reason = open_deed().reason or REASON
    reach = set(standings(KEEPERS.reach(task.by, task.on)).values_list("organisation", flat=True))
    drafts = _by_person([row.draft for row in rows])
    for people in portions(list(drafts)):
        _Chunk(task, {person: drafts[person] for person in people}, reach).write()
        task.written()


def _by_person(drafts: Sequence[Json]) -> dict[int, list[Json]]:
    """What is told of each person. Raises OutdatedError where a stretch is gone."""
    found: dict[int, list[Json]] = defaultdict(list)
    extended = {draft["extended"][0]: draft for draft in drafts if "extended" in draft}
    for chunk in portions(list(extended)):
        for pk, person in anybody(Affiliation).filter(pk__in=chunk).values_list("pk", "person"):
            found[person].append(extended.pop(pk))
    if extended:
        raise OutdatedError(["组织关系"])
    for draft in drafts:
        if "person" in draft:
            found[draft["person"]].append(draft)
    return found


class _Chunk:
    """Some people with what is told of them, and what is registered."""

    def __init__(self, task: Task, drafts: Mapping[int, Sequence[Json]], reach: set[int]) -> None:
        self._task = task
        self._drafts = drafts
        rows = anybody(Affiliation).filter(person__in=list(drafts)).select_related("person")
        self._kept: dict[int, list[Affiliation]] = defaultdict(list)
        for row in rows.order_by("valid_from"):
            self._kept[row.person_id].append(row)
        gone = [kept[-1].person.name for kept in self._kept.values() if kept[-1].organisation_id not in reach]
        if gone:
            raise OutdatedError(gone)
        self._amending: list[Amending] = []
        self._names = names_of(row.organisation_id for kept in self._kept.values() for row in kept)

    def write(self) -> None:
        extended = [row for person in self._drafts for row in self._extended(person)]
        added = [_stretch(draft) for told in self._drafts.values() for draft in told if "person" in draft]
        self._refuse_overlaps(added)
        if extended:
            anybody(Affiliation).bulk_update(extended, ["valid_from"])
        open_lines(added)
        earliest: dict[int, date] = {}
        for row in (*extended, *added):
            earliest[row.person_id] = min(row.valid_from, earliest.get(row.person_id, row.valid_from))
        self._extend_memberships(earliest)
        notes = [told for amending in self._amending if (told := amending.amendment(self._task.on))]
        anybody(Amendment).bulk_create(notes)

    def _extended(self, person: int) -> list[Affiliation]:
        """The registered stretches that begin earlier than anybody said. Raises OutdatedError."""
        kept = {row.pk: row for row in self._kept[person]}
        told = [draft for draft in self._drafts[person] if "extended" in draft]
        pairs = [(kept[draft["extended"][0]], draft) for draft in told]
        if moved := [row.person.name for row, draft in pairs if row.version != draft["extended"][1]]:
            raise OutdatedError(moved)
        return [self._begin(row, date.fromisoformat(draft["since"])) for row, draft in pairs]

    def _begin(self, row: Affiliation, since: date) -> Affiliation:
        self._amending.append(Amending(row, names=self._names))
        row.valid_from = since
        return row

    def _refuse_overlaps(self, added: Sequence[Affiliation]) -> None:
        lines = {person: list(kept) for person, kept in self._kept.items()}
        for row in added:
            lines[row.person_id].append(row)
        for line in lines.values():
            for before, after in pairwise(sorted(line, key=lambda row: row.valid_from)):
                if after.valid_from < before.valid_until:
                    told = f"{line[0].person.name}的组织关系有两段日期重叠（{after.valid_from} 起），没有导入任何内容。"
                    raise ObjectionError(told)

    def _extend_memberships(self, earliest: Mapping[int, date]) -> None:
        """Let a stage begin as early as he belonged here, and no earlier than its own day; the probation of somebody
        who was confirmed meanwhile comes before it.
        """
        first: dict[int, Membership] = {}
        rows = anybody(Membership).filter(person__in=list(earliest)).select_related("person")
        for row in rows.order_by("-valid_from"):
            first[row.person_id] = row
        earlier, before = [], []
        for person, row in first.items():
            since = earliest[person]
            own_day = row.confirmed_on if row.kind == Kind.FULL else row.joined_on
            began = min(max(since, own_day or since), row.valid_from)
            before += _probation(row, since, began)
            if began < row.valid_from:
                self._amending.append(Amending(row, names=self._names))
                row.valid_from = began
                earlier.append(row)
        if earlier:
            anybody(Membership).bulk_update(earlier, ["valid_from"])
        open_lines(before)


def _stretch(draft: Json) -> Affiliation:
    row = Affiliation(unit_id=draft["unit"], person_id=draft["person"], organisation_id=draft["organisation"])
    row.valid_from, row.valid_until = date.fromisoformat(draft["since"]), date.fromisoformat(draft["until"])
    return row


def _probation(row: Membership, since: date, began: date) -> list[Membership]:
    """The probation of somebody who was confirmed after he belonged here."""
    joined = max(since, row.joined_on) if row.joined_on else began
    if row.kind != Kind.FULL or row.confirmed_on != began or joined >= began:
        return []
    told = {"unit_id": row.unit_id, "person_id": row.person_id, "joined_on": row.joined_on}
    return [Membership(kind=Kind.PROBATIONARY, valid_from=joined, valid_until=began, **told)]
