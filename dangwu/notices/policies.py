"""Who may send: whoever has the right where the notice comes from. To whom, the services look at."""

from datetime import date

from dangwu.foundation.actors import Actor
from dangwu.notices.models import Notice
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import last_standing

SEE = "notice.see"
SEND = "notice.send"


def may_send_from(*, by: Actor, organisation: Organisation, on: date, **_: object) -> bool:
    """Whether the actor sends in the name of an organisation."""
    standing = last_standing(organisation, on)
    return standing is not None and by.scope(SEND, on).covers(standing.path)


def may_send(*, by: Actor, notice: Notice, on: date, **_: object) -> bool:
    """Whether the actor may change, send or discard a notice."""
    return may_send_from(by=by, organisation=notice.organisation, on=on)


def may_export(*, by: Actor, on: date, **_: object) -> bool:
    """Whether the actor sees notices of any organisation."""
    return not by.scope(SEE, on).is_nothing


def is_at_the_machine(*, by: Actor, **_: object) -> bool:
    """Whether it is the clock of the site, and nobody who has signed in."""
    return by.key.startswith("command:")
