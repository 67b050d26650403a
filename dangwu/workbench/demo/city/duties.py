"""Directives and campaigns of the city's committees, with what became of them. Part of the action that fills a site."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from dangwu.duties.models import Assignment, Campaign, Note, Proof, Task
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import BRANCH_KINDS, OrganisationKind, Standing
from dangwu.organisations.queries import standings
from dangwu.records.models import Activity
from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.city.duty_texts import (
    CAMPAIGN,
    CAMPAIGN_AIM,
    CAMPAIGN_BASIS,
    CAMPAIGN_BEGAN,
    CAMPAIGN_LASTS,
    DIRECTIVES,
    MEASURES,
    PROGRESS,
    REPORTS,
    MeasureText,
)
from dangwu.workbench.duty_records import ActivityRecords

BATCH = 2_000
DILIGENT, LATE = 0.93, 0.08
"""How many do what they are asked within its time, and how many of them only after it."""
State = Assignment.State
STUDIES = ("general_assembly", "theme_day", "party_lecture", "collective_study", "committee_meeting")


class Held(NamedTuple):
    """An activity of a branch at which something may have been studied."""

    pk: int
    on: date
    title: str


def write_duties(*, today: date, seed: int) -> int:
    """Let every committee of a department have directives for its branches, and those with many a campaign too; how
    many assignments that were.
    """
    everything = list(standings(Scope.everything(today)))
    tops = {row.organisation_id for row in everything if row.kind == OrganisationKind.WORKING_COMMITTEE}
    committees = [row for row in everything if row.kind == OrganisationKind.COMMITTEE and row.parent_id in tops]
    return sum(_Committee(row, today, chance(seed, "duties", row.path)).write() for row in committees)


@dataclass
class _Committee:
    """A committee and what it has its branches do."""

    standing: Standing
    today: date
    dice: Random

    def write(self) -> int:
        here = Scope((TreePath(self.standing.path),), self.today)
        branches = list(standings(here).filter(kind__in=BRANCH_KINDS).values_list("organisation", flat=True))
        if not branches:
            return 0
        held = _held(here, branches, self.today)
        number = sum(self._pass_on(task, branches, held) for task in self._directives())
        return number + (self._lead(branches, held) if len(branches) >= 5 else 0)  # noqa: PLR2004 - a few need none

    def _row(self, **told: Any) -> Task:  # noqa: ANN401 - the columns of a task
        owner = {"unit_id": self.standing.unit_id, "organisation_id": self.standing.organisation_id}
        task = Task(**owner, **told)
        task.save()
        return task

    def _directives(self) -> Iterator[Task]:
        for number, text in enumerate(DIRECTIVES, 1):
            received = self.today - timedelta(days=text.ago)
            yield self._row(
                kind=Task.Kind.DIRECTIVE,
                title=text.title,
                document_number=f"机党〔{received.year}〕{number * 4 + 3}号",
                issued_by=text.issued_by,
                received_on=received,
                asks=text.asks,
                reports=text.reports,
                due_on=received + timedelta(days=text.leaves),
                post="secretary",
            )

    def _lead(self, branches: Sequence[int], held: Mapping[int, Sequence[Held]]) -> int:
        began = self.today - timedelta(days=CAMPAIGN_BEGAN)
        owner = {"unit_id": self.standing.unit_id, "organisation_id": self.standing.organisation_id}
        words = {"name": CAMPAIGN, "basis": CAMPAIGN_BASIS, "aim": CAMPAIGN_AIM}
        campaign = Campaign(starts_on=began, ends_on=began + timedelta(days=CAMPAIGN_LASTS), **owner, **words)
        campaign.save()
        number = 0
        for place, text in enumerate(MEASURES, 1):
            task = self._row(
                kind=Task.Kind.MEASURE,
                campaign=campaign,
                number=place,
                title=text.title,
                received_on=began,
                asks=text.asks,
                due_on=began + timedelta(days=text.due),
                post=text.post,
            )
            number += self._pass_on(task, branches, held, text)
        return number

    def _pass_on(
        self,
        task: Task,
        branches: Sequence[int],
        held: Mapping[int, Sequence[Held]],
        text: MeasureText | None = None,
    ) -> int:
        """Hand a task to every branch, with what each did about it."""
        rows = [self._assignment(task, branch) for branch in branches]
        used = [self._fulfil(row, task, held[row.organisation_id], text) for row in rows]
        Assignment.objects.bulk_create(rows, batch_size=BATCH)
        pairs = zip(rows, used, strict=True)
        Proof.objects.bulk_create([_proof(row, each) for row, each in pairs if each], batch_size=BATCH)
        waiting = [row for row in rows if row.done_on is None and row.state == State.HANDED]
        Note.objects.bulk_create([self._note(row) for row in waiting[:: len(PROGRESS)]], batch_size=BATCH)
        return len(rows)

    def _assignment(self, task: Task, branch: int) -> Assignment:
        told = {"handed_on": task.received_on, "due_on": task.due_on, "post": task.post}
        return Assignment(unit_id=task.unit_id, task=task, organisation_id=branch, **told)

    def _fulfil(self, row: Assignment, task: Task, held: Sequence[Held], text: MeasureText | None) -> Held | None:
        """Let a branch do what it is asked, by chance: by an activity that it held within the time, where there is."""
        if self.dice.random() > DILIGENT:
            return None
        span = (task.due_on - task.received_on).days
        late = self.dice.random() < LATE
        day = task.due_on + timedelta(days=self.dice.randint(1, 12)) if late else self._within(task.received_on, span)
        used = next((each for each in held if task.received_on <= each.on <= day), None)
        if day > self.today:
            return None
        if text is None:
            _study(row, task, used.on if used else day, day)
        if text is None and (not task.reports or self.dice.random() < LATE):
            return used
        self._report(row, day, self.dice.choice(text.done if text else REPORTS), measure=text is not None)
        return used

    def _within(self, since: date, span: int) -> date:
        return since + timedelta(days=int(span * self.dice.triangular(0.1, 1, 0.6)))

    def _report(self, row: Assignment, day: date, words: str, *, measure: bool) -> None:
        """Most reports of measures are confirmed within days; one is returned now and then."""
        row.measures_taken, row.reported_on, row.state = words, day, State.REPORTED
        answered = day + timedelta(days=self.dice.randint(1, 9))
        if not measure:
            row.done_on = day
        elif answered <= self.today and self.dice.random() < LATE / 2:
            row.state, row.return_reason = State.RETURNED, "问题写得太笼统，请写明具体的事、责任人和时限。"
        elif answered <= self.today:
            row.state, row.confirmed_on, row.done_on = State.CONFIRMED, answered, day

    def _note(self, row: Assignment) -> Note:
        on = min(self.today, row.handed_on + timedelta(days=self.dice.randint(2, 12)))
        words = {"text": self.dice.choice(PROGRESS), "noted_by": "党支部"}
        return Note(unit_id=row.unit_id, assignment=row, on=on, **words)


def _study(row: Assignment, task: Task, studied: date, noted: date) -> None:
    row.studied_on, row.noted_on, row.state = studied, noted, State.STUDIED
    if not task.reports:
        row.done_on = studied


def _proof(row: Assignment, used: Held) -> Proof:
    return Proof(unit_id=row.unit_id, assignment=row, record=used.pk, held_on=used.on, title=used.title)


def _held(scope: Scope, branches: Sequence[int], today: date) -> dict[int, list[Held]]:
    """What these branches held in the last half year, the earliest first. One query."""
    since = today - timedelta(days=max(text.ago for text in DIRECTIVES))
    rows = Activity.objects.within(scope).filter(kind__in=STUDIES, state=Activity.State.CONCLUDED)
    there = set(branches)
    found: dict[int, list[Held]] = defaultdict(list)
    titled = ActivityRecords()
    for row in rows.filter(held_on__gte=since, held_on__lte=today).order_by("held_on", "pk"):
        if row.organisation_id in there:
            found[row.organisation_id].append(Held(row.pk, row.held_on, titled.title_of(row)))
    return found
