"""Who may do what with people: whoever keeps the members of the organisation to which they belong."""

from datetime import date

from dangwu.foundation.actors import Actor
from dangwu.foundation.history import Dated
from dangwu.foundation.imports.keepers import Keepers
from dangwu.members.models import Affiliation, CorrectionRequest, Person, Post
from dangwu.members.queries import path_of, row_before, rows_of
from dangwu.organisations.models import Organisation
from dangwu.organisations.queries import last_path

SEE = "member.see"
KEEP = "member.keep"
REVEAL = "member.reveal"
EXPORT = "member.export"
KEEPERS, EXPORTERS = Keepers(right=KEEP), Keepers(right=EXPORT)
"""Who brings workbooks about people in, and who takes them out."""


def may_keep_in(*, by: Actor, organisation: Organisation, on: date, **_: object) -> bool:
    """Whether the actor keeps the members of an organisation, as it stood on a day."""
    return _has(by, KEEP, organisation, on)


def may_keep(*, by: Actor, person: Person, on: date, **_: object) -> bool:
    """Whether the actor keeps the members of the organisation to which the person belonged last by a day."""
    return _may(by, KEEP, person, on)


def may_keep_row(*, by: Actor, row: Dated, on: date, **_: object) -> bool:
    """Whether the actor keeps the members of the organisation of the person whose row this is."""
    person: Person = row.person  # type: ignore[attr-defined] # all dated rows here have one
    return _may(by, KEEP, person, on)


def may_reveal(*, by: Actor, person: Person, on: date, **_: object) -> bool:
    """Whether the actor may read the sealed numbers of a person."""
    return _may(by, REVEAL, person, on)


def may_transfer(*, by: Actor, person: Person, organisation: Organisation, on: date, **_: object) -> bool:
    """Whether the actor keeps the members both where the person comes from and where he goes."""
    return _may(by, KEEP, person, on) and _has(by, KEEP, organisation, on)


def may_correct_transfer(*, by: Actor, row: Affiliation, on: date, **_: object) -> bool:
    """Whether the actor keeps the person and both organisations between which he was transferred."""
    before = row_before(row)
    places = [row.organisation, *([before.organisation] if before else [])]
    return _may(by, KEEP, row.person, on) and all(_has(by, KEEP, place, on) for place in places)


def may_appoint(*, by: Actor, person: Person, organisation: Organisation, on: date, **_: object) -> bool:
    """Whether the actor keeps both the person and the organisation in which the post is."""
    return may_transfer(by=by, person=person, organisation=organisation, on=on)


def may_export(*, by: Actor, on: date, **_: object) -> bool:
    """Whether the actor may take rosters away from anywhere."""
    return not by.scope(EXPORT, on).is_nothing


def may_link(*, by: Actor, person: Person, on: date, **_: object) -> bool:
    """Whether the actor keeps the person and every organisation in which he has a post: with an account come rights
    there.
    """
    posts = rows_of(person, Post).filter(valid_until__gt=on)
    places = set(posts.values_list("organisation", flat=True))
    scope = by.scope(KEEP, on)
    return _may(by, KEEP, person, on) and all(scope.covers(last_path(place, on)) for place in places)


def may_keep_request(*, by: Actor, request: CorrectionRequest, on: date, **_: object) -> bool:
    """Whether the actor keeps the person who asks, and does not answer himself."""
    return _may(by, KEEP, request.person, on) and not is_own(by=by, person=request.person)


def is_own(*, by: Actor, person: Person, **_: object) -> bool:
    """Whether the actor is the person himself."""
    return person.account_id is not None and by.key == f"account:{person.account_id}"


def _may(by: Actor, right: str, person: Person, on: date) -> bool:
    return by.scope(right, on).covers(path_of(person, on))


def _has(by: Actor, right: str, organisation: Organisation, on: date) -> bool:
    return by.scope(right, on).covers(last_path(organisation.pk, on))
