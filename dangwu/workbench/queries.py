"""What the pages read."""

from dangwu.compliance.models import Check
from dangwu.compliance.queries import checks_for
from dangwu.compliance.report import Report
from dangwu.compliance.reporting import report_of
from dangwu.compliance.rulebooks import every_rule
from dangwu.foundation.actors import Actor

RECENT = 10


def recent_checks(actor: Actor) -> list[tuple[Check, str]]:
    """The actor's newest checks, each with what it has to say."""
    return [(check, headline(check)) for check in checks_for(actor)[:RECENT]]


def headline(check: Check) -> str:
    """The sentence of a check that is done, else where it stands."""
    return check.sentence if check.state == Check.State.DONE else check.get_state_display()


def report_on(check: Check) -> Report:
    """The report of a check that is done."""
    return report_of(check, every_rule())
