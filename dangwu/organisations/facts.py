"""What the rulebook may know of organisations: each function answers for all organisations of a unit in one query."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from dangwu.foundation.history import as_of
from dangwu.kernel.span import DAWN, FAR
from dangwu.organisations.models import OrganisationKind, Standing, Term
from dangwu.organisations.queries import Only, among

Table = Mapping[int, Any]

BASE_KINDS = frozenset(
    {
        OrganisationKind.COMMITTEE,
        OrganisationKind.GENERAL_BRANCH,
        OrganisationKind.BRANCH,
        OrganisationKind.JOINT_BRANCH,
        OrganisationKind.TEMPORARY_BRANCH,
    }
)
TOLD = (
    "has_committee",
    "committee_members",
    "units_covered",
    "staff_total",
    "full_time_staff",
    "secretary_is_head",
)


STANDING_FACTS = (
    *TOLD,
    *("kind", "groups", "top", "has_discipline_member", "has_discipline_committee", "discipline_secretary_is_deputy"),
)
TERM_FACTS = ("term_started_on", "term_until", "term_postponed_until")
UNDATED = frozenset({*TOLD, "groups", "discipline_secretary_is_deputy", "has_discipline_committee"})
"""Facts of which nobody tells since when they hold: the present ones say little of a day long past."""


def standing_facts(standings: Iterable[Standing], above: Mapping[int, str]) -> dict[str, Table]:
    """The facts that stand in the organisations' own rows, and those that follow from their tree, by organisation.
    The standings come with their organisations; `above` are the kinds of those that stand above them.
    """
    every = list(standings)
    return {
        **{name: {s.organisation_id: getattr(s.organisation, name) for s in every} for name in TOLD},
        "kind": {s.organisation_id: s.kind for s in every},
        "groups": {s.organisation_id: s.organisation.groups_told for s in every},
        "top": _tops(every, above),
        "has_discipline_member": {s.organisation_id: True for s in every if s.organisation.discipline_secretary},
        **_discipline(every),
    }


def term_facts(unit_id: int, on: date, only: Only = None) -> dict[str, Table]:
    """When the newest term of each organisation began, when it ends, and until when it was allowed to run on, as of a
    day.
    """
    begun = Q(started_on__lte=on) | Q(started_on__isnull=True)
    terms = Term.objects.unscoped("all organisations of a unit are judged together").filter(begun, unit=unit_id)
    told = sorted(terms.filter(among(only)), key=lambda term: (term.started_on or DAWN, term.until or FAR, term.pk))
    newest = {term.organisation_id: term for term in told}
    return {
        "term_started_on": {key: term.started_on for key, term in newest.items()},
        "term_until": {key: term.until for key, term in newest.items()},
        "term_postponed_until": {key: term.postponed_until for key, term in newest.items()},
    }


def secretaries_told(unit_id: int, on: date, only: Only = None) -> dict[int, str]:
    """Who is secretary of each organisation that stood on a day, as the organisations' own rows tell."""
    rows = Standing.objects.unscoped("all organisations of a unit are judged together").filter(as_of(on), unit=unit_id)
    told = rows.filter(among(only)).exclude(organisation__secretary="")
    return dict(told.values_list("organisation", "organisation__secretary"))


def _tops(standings: list[Standing], above: Mapping[int, str]) -> Table:
    """The highest base organisation of a unit answers for its size. Of a committee without a parent that is known;
    of others it is not where nobody told who stands above.
    """
    return {
        s.organisation_id: s.kind in BASE_KINDS and above.get(s.parent_id or 0) not in BASE_KINDS
        for s in standings
        if s.organisation.parent_known or s.parent_id or s.kind == OrganisationKind.COMMITTEE
    }


def _discipline(standings: list[Standing]) -> dict[str, Table]:
    """Whether a committee has its discipline committee, and whether that one's secretary is a deputy secretary here."""
    bodies = {s.parent_id: s for s in standings if s.kind == OrganisationKind.DISCIPLINE_COMMITTEE and s.parent_id}
    has: dict[int, bool] = {}
    deputy: dict[int, bool] = {}
    for s in (s for s in standings if s.kind == OrganisationKind.COMMITTEE):
        key, told = s.organisation_id, s.organisation
        secretary = told.discipline_secretary or (bodies[key].organisation.secretary if key in bodies else "")
        if key in bodies or secretary or told.parent_known:
            has[key] = key in bodies or bool(secretary)
        if secretary and told.deputy_secretaries:
            deputy[key] = secretary in told.deputy_secretaries.split("、")
    return {"has_discipline_committee": has, "discipline_secretary_is_deputy": deputy}
