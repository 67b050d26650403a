"""Who may do what with organisations.

What is inside an organisation is kept by whoever keeps it; its name, kind and place are decided by the level above. The
highest organisations of a site are set up by the system administrator.
"""

from datetime import date

from dangwu.foundation.actors import Actor
from dangwu.foundation.imports.keepers import Keepers
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import standing_of

SEE = "organisation.see"
KEEP = "organisation.keep"
REORGANISE = "organisation.reorganise"
REORGANISERS, SEERS = Keepers(right=REORGANISE), Keepers(right=SEE)
"""Who brings lists of organisations in, and who takes them out."""


def may_keep(*, by: Actor, organisation: Organisation, on: date, **_: object) -> bool:
    """Whether the organisation lies where the actor keeps organisations."""
    return by.scope(KEEP, on).covers(standing_of(organisation, on).path)


def may_found(*, by: Actor, parent: Organisation | None, on: date, **_: object) -> bool:
    """Whether the actor reorganises at the parent, or may set up a highest organisation."""
    if parent is None:
        return by.holds("system")
    return by.scope(REORGANISE, on).covers(standing_of(parent, on).path)


def may_reorganise(*, by: Actor, organisation: Organisation, on: date, **_: object) -> bool:
    """Whether the actor reorganises at the level above."""
    return may_found(by=by, parent=standing_of(organisation, on).parent, on=on)


def may_move(*, by: Actor, organisation: Organisation, under: Organisation, on: date, **_: object) -> bool:
    """Whether the actor reorganises above where it stands and where it goes."""
    return may_reorganise(by=by, organisation=organisation, on=on) and may_found(by=by, parent=under, on=on)


def may_keep_units(*, by: Actor, on: date, **_: object) -> bool:
    """Whether the actor is the system administrator, or reorganises anywhere."""
    return by.holds("system") or not by.scope(REORGANISE, on).is_nothing
