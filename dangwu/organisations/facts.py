"""What the rulebook may know of organisations: each function answers for all organisations of a unit in one query."""

from collections.abc import Iterable, Mapping
from typing import Any

from dangwu.organisations.models import Organisation, OrganisationKind, Term

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
    "kind",
    "has_committee",
    "committee_members",
    "groups",
    "units_covered",
    "staff_total",
    "full_time_staff",
    "secretary_is_head",
)


def standing_facts(organisations: Iterable[Organisation]) -> dict[str, Table]:
    """The facts that stand in the organisations' own rows, and those that follow from their tree."""
    all_of_them = list(organisations)
    return {
        **{name: {o.pk: getattr(o, name) for o in all_of_them} for name in TOLD},
        "top": _tops(all_of_them),
        "has_discipline_member": {o.pk: True for o in all_of_them if o.discipline_secretary},
        **_discipline(all_of_them),
    }


def term_facts(unit_id: int) -> dict[str, Table]:
    """When the newest term of each organisation began, when it ends, and until when it was allowed to run on."""
    newest = {term.organisation_id: term for term in Term.objects.filter(unit=unit_id).order_by("started_on")}
    return {
        "term_started_on": {key: term.started_on for key, term in newest.items()},
        "term_until": {key: term.until for key, term in newest.items()},
        "term_postponed_until": {key: term.postponed_until for key, term in newest.items()},
    }


def _tops(organisations: list[Organisation]) -> Table:
    """The highest base organisation of a unit answers for its size. Of a committee without a parent that is known;
    of others it is not where nobody told who stands above.
    """
    kinds = {o.pk: o.kind for o in organisations}
    return {
        o.pk: o.kind in BASE_KINDS and kinds.get(o.parent_id or 0) not in BASE_KINDS
        for o in organisations
        if o.parent_known or o.parent_id or o.kind == OrganisationKind.COMMITTEE or o.kind not in BASE_KINDS
    }


def _discipline(organisations: list[Organisation]) -> dict[str, Table]:
    """Whether a committee has its discipline committee, and whether that one's secretary is a deputy secretary here."""
    bodies = {o.parent_id: o for o in organisations if o.kind == OrganisationKind.DISCIPLINE_COMMITTEE and o.parent_id}
    has: dict[int, bool] = {}
    deputy: dict[int, bool] = {}
    for o in (o for o in organisations if o.kind == OrganisationKind.COMMITTEE):
        secretary = o.discipline_secretary or (bodies[o.pk].secretary if o.pk in bodies else "")
        if o.pk in bodies or secretary or o.parent_known:
            has[o.pk] = o.pk in bodies or bool(secretary)
        if secretary and o.deputy_secretaries:
            deputy[o.pk] = secretary in o.deputy_secretaries.split("、")
    return {"has_discipline_committee": has, "discipline_secretary_is_deputy": deputy}
