"""Who may do what: whoever keeps duties where the task comes from hands it on and confirms; whoever keeps them where it
was handed to fulfils it.
"""

from datetime import date

from dangwu.duties.models import Assignment, Campaign, Task
from dangwu.foundation.actors import Actor
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import last_standing

SEE = "duty.see"
KEEP = "duty.keep"


def may_keep_in(*, by: Actor, organisation: Organisation | int, on: date, **_: object) -> bool:
    """Whether the actor keeps the duties of an organisation."""
    standing = last_standing(organisation, on)
    return standing is not None and by.scope(KEEP, on).covers(standing.path)


def may_keep_campaign(*, by: Actor, campaign: Campaign, on: date, **_: object) -> bool:
    """Whether the actor keeps the campaign."""
    return may_keep_in(by=by, organisation=campaign.organisation_id, on=on)


def may_keep_task(*, by: Actor, task: Task, on: date, **_: object) -> bool:
    """Whether the actor keeps the task where it comes from."""
    return may_keep_in(by=by, organisation=task.organisation_id, on=on)


def may_fulfil(*, by: Actor, assignment: Assignment, on: date, **_: object) -> bool:
    """Whether the actor keeps the duties of the organisation to which it was handed."""
    return may_keep_in(by=by, organisation=assignment.organisation_id, on=on)


def may_judge(*, by: Actor, assignment: Assignment, on: date, **_: object) -> bool:
    """Whether the actor keeps the duties where the task comes from: nobody below confirms what he did himself."""
    return may_keep_in(by=by, organisation=assignment.task.organisation_id, on=on)


def may_export(*, by: Actor, on: date, **_: object) -> bool:
    """Whether the actor sees duties anywhere."""
    return not by.scope(SEE, on).is_nothing
