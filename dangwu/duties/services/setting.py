"""Setting tasks: directives that arrived, campaigns and their measures; handing them to organisations below."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from dangwu.duties.models import Assignment, Campaign, Task
from dangwu.duties.policies import may_export, may_keep_campaign, may_keep_in, may_keep_task
from dangwu.foundation.actions import action, sum_up
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.scope import Scope
from dangwu.foundation.undo.checks import freely
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standing_of, standings

BATCH = 1_000
MANY = 200  # rows, from which on the audit is told a digest


@action("duty.receive", allow=may_keep_in)
def receive_directive(
    *,
    by: Actor,
    organisation: Organisation,
    title: str,
    received_on: date,
    due_on: date,
    on: date,
    document_number: str = "",
    issued_by: str = "",
    asks: str = "",
    reports: bool = True,
    post: str = "",
) -> Task:
    """Register a directive that an organisation received. ObjectionError where its days cannot be."""
    if received_on > on:
        raise ObjectionError("收到日期不能晚于今天。", field="received_on")
    _refuse_early(due_on, received_on)
    return _saved(
        Task(
            unit_id=organisation.unit_id,
            organisation=organisation,
            kind=Task.Kind.DIRECTIVE,
            title=title.strip(),
            document_number=document_number.strip(),
            issued_by=issued_by.strip(),
            received_on=received_on,
            asks=asks.strip(),
            reports=reports,
            due_on=due_on,
            post=post,
        )
    )


@action("duty.open_campaign", allow=may_keep_in)
def open_campaign(
    *,
    by: Actor,
    organisation: Organisation,
    name: str,
    starts_on: date,
    ends_on: date,
    on: date,
    basis: str = "",
    aim: str = "",
) -> Campaign:
    """Open a campaign. ObjectionError where it ends before it begins."""
    if ends_on < starts_on:
        raise ObjectionError("结束日期应当不早于开始日期。", field="ends_on")
    words = {"name": name.strip(), "basis": basis.strip(), "aim": aim.strip()}
    row = Campaign(organisation=organisation, unit_id=organisation.unit_id, **words)
    row.starts_on, row.ends_on = starts_on, ends_on
    row.save()
    return row


@action("duty.set_measure", allow=may_keep_campaign)
def set_measure(
    *, by: Actor, campaign: Campaign, title: str, due_on: date, on: date, asks: str = "", post: str = ""
) -> Task:
    """Add a measure to a campaign. ObjectionError where it is due before the campaign begins."""
    _refuse_early(due_on, campaign.starts_on)
    last = Task.objects.of(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
    return _saved(
        Task(
            unit_id=campaign.unit_id,
            organisation_id=campaign.organisation_id,
            kind=Task.Kind.MEASURE,
            campaign=campaign,
            number=last + 1,
            title=title.strip(),
            received_on=campaign.starts_on,
            asks=asks.strip(),
            due_on=due_on,
            post=post,
        )
    )


@action("duty.edit", allow=may_keep_task)
def edit_task(*, by: Actor, task: Task, version: int, title: str, asks: str, due_on: date, post: str, on: date) -> Task:
    """Change what a task asks. A new deadline or post goes over to whoever has not done it yet. ObjectionError,
    ConflictError.
    """
    _refuse_early(due_on, task.received_on)
    task.version = version
    was = task.due_on, task.post
    task.title, task.asks, task.due_on, task.post = title.strip(), asks.strip(), due_on, post
    task.save()
    if was != (due_on, post):
        Assignment.objects.of(task=task).filter(done_on=None).update(due_on=due_on, post=post)
        _told_briefly()
    return task


@action("duty.hand_on", allow=may_keep_task, undo=freely)
def hand_on(*, by: Actor, task: Task, organisations: Iterable[int], on: date) -> Task:
    """Hand a task to organisations below the one that sets it, or to itself. Who has it already keeps it as it is.

    ObjectionError where nobody is left to hand it to, or one does not stand below.
    """
    wanted = set(organisations)
    here = Scope((TreePath(standing_of(task.organisation_id, on).path),), on)
    below = set(standings(here).values_list("organisation", flat=True))
    if wanted - below:
        raise ObjectionError("只能布置给本党组织和它下面的党组织。", field="to")
    fresh = wanted - set(Assignment.objects.of(task=task).values_list("organisation", flat=True))
    if not fresh:
        raise ObjectionError("没有可以布置的党组织，或者都已经布置过。", field="to")
    rows = [_assignment(task, organisation, on) for organisation in sorted(fresh)]
    Assignment.objects.bulk_create(rows, batch_size=BATCH)
    open_deed().about(task)
    _told_briefly()
    return task


@action("duty.export", allow=may_export)
def export_duties(*, by: Actor, rows: int, chosen: str, on: date) -> None:
    """Note that a list of duties leaves, and how long it is."""
    open_deed().subject_name, open_deed().reason = chosen, f"共 {rows} 行"


def _saved(task: Task) -> Task:
    task.save()
    return task


def _refuse_early(due_on: date, since: date) -> None:
    if due_on < since:
        raise ObjectionError(f"完成期限应当不早于 {since}。", field="due_on")


def _assignment(task: Task, organisation: int, on: date) -> Assignment:
    told = {"post": task.post, "handed_on": on, "due_on": task.due_on}
    return Assignment(unit_id=task.unit_id, task=task, organisation_id=organisation, **told)


def _told_briefly() -> None:
    """Let the audit have a digest of what changed where that is long."""
    if len(open_deed().changes) > MANY:
        sum_up(open_deed())
