"""Throwing away what was read for a check."""

from django.db.models import Model

from dangwu.compliance.models import Check, Finding, Tally
from dangwu.foundation.scoped import ScopedQuerySet
from dangwu.members.models import Affiliation, Circumstances, GroupPlace, Membership, Person, Post
from dangwu.organisations.models import Group, Organisation, Standing, Term
from dangwu.records.models import Absence, Activity, Participation, Service

BOTTOM_UP: tuple[type[Model], ...] = (
    *(Absence, Participation, Service, Activity),
    *(Post, GroupPlace, Circumstances, Affiliation, Membership, Person),
    *(Group, Term, Standing, Organisation),
)
"""What a unit consists of: each before what it refers to."""


def clear(check: Check) -> None:
    """Delete all that was read and found, but for the unit and how the workbooks were read. Part of an action."""
    for found in (Finding, Tally):
        found.objects.filter(check_run=check).delete()
    for model in BOTTOM_UP:
        rows = model._default_manager.all()  # noqa: SLF001 - Django's own way
        if isinstance(rows, ScopedQuerySet):
            rows = rows.unscoped("trial data of a check goes as a whole")
        rows.filter(unit=check.unit_id).delete()
