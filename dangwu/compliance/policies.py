"""Who may do what: checks are their opener's alone; a verdict is answered by whom it is about, decided upon above."""

from datetime import date

from dangwu.compliance.models import Check, Exemption, Overruling
from dangwu.foundation.actors import Actor
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import last_standing, standings_of_unit

RUN = "check.run"


def may_open(*, by: Actor, today: date, **_: object) -> bool:
    """Whether the actor has the right to check workbooks, wherever it is."""
    return not by.scope(RUN, today).is_nothing


def is_own(*, by: Actor, check: Check, **_: object) -> bool:
    """Whether the actor opened the check."""
    return check.opened_by == by.key


def may_take_back(*, by: Actor, check: Check, **_: object) -> bool:
    """Whether the actor opened the check, or runs the system that was stopped while it was under way."""
    return is_own(by=by, check=check) or by.holds("system")


ANSWER = "verdict.answer"
DECIDE = "verdict.decide"


def may_answer(*, by: Actor, organisation: Organisation, today: date, **_: object) -> bool:
    """Whether the actor speaks for the organisation."""
    standing = last_standing(organisation, today)
    return standing is not None and by.scope(ANSWER, today).covers(standing.path)


def may_decide(*, by: Actor, organisation: Organisation, today: date, **_: object) -> bool:
    """Whether the actor decides at the level above: nobody finds for himself."""
    standing = last_standing(organisation, today)
    if standing is None or standing.parent is None:
        return False
    above = last_standing(standing.parent, today)
    return above is not None and by.scope(DECIDE, today).covers(above.path)


def may_decide_on(*, by: Actor, row: Exemption | Overruling, today: date, **_: object) -> bool:
    """The same of something that was decided."""
    return may_decide(by=by, organisation=row.organisation, today=today)


def may_choose_packs(*, by: Actor, organisation: Organisation, today: date, **_: object) -> bool:
    """Whether the actor decides at whatever heads the unit of the organisation: packs hold for all of it."""
    scope, heads = by.scope(DECIDE, today), standings_of_unit(organisation.unit_id, today).filter(parent=None)
    paths = heads.values_list("path", flat=True)
    return bool(paths) and all(scope.covers(path) for path in paths)
