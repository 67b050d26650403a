"""Which organisations there are: from the workbook that lists them or, without one, from the names people wrote."""

import re
from collections.abc import Iterable, Sequence

from dangwu.organisations.matching import OrganisationNames, kind_of_name, same_organisations
from dangwu.organisations.models import BRANCH_KINDS, Organisation, OrganisationKind
from dangwu.organisations.services import Draft
from dangwu.organisations.sheets import OrganisationRow

UPPER = frozenset(
    {
        OrganisationKind.WORKING_COMMITTEE,
        OrganisationKind.PARTY_LEADERSHIP_GROUP,
        OrganisationKind.COMMITTEE,
        OrganisationKind.DISCIPLINE_COMMITTEE,
        OrganisationKind.GENERAL_BRANCH,
    }
)
HOLDS_BRANCHES = (OrganisationKind.GENERAL_BRANCH, OrganisationKind.COMMITTEE)
TITLE_TAIL = re.compile(
    r"(?:\d{4}年度?)?(?:在职|全体|基层)?(?:中共|中国共产党)?(?:党员(?:基本)?(?:信息)?(?:花?名册|情况|信息|名单|登记)|党组织信息|组织生活).*$"
)


def drafts_of_rows(rows: Sequence[OrganisationRow]) -> list[Draft]:
    """The organisations of a workbook that lists them; parents are found under every way to write their names."""
    names = OrganisationNames((row.name, row.name, [row.short_name] if row.short_name else []) for row in rows)
    return [_draft_of_row(row, names) for row in rows]


def _draft_of_row(row: OrganisationRow, names: OrganisationNames[str]) -> Draft:
    above = names.find(row.parent) if row.parent else None
    return Draft(
        name=row.name,
        kind=row.kind or kind_of_name(row.name) or OrganisationKind.BRANCH,
        parent=getattr(above, "key", None),
        parent_known=True,
        term_started_on=row.term_started_on,
        term_until=row.term_until,
        term_postponed_until=row.term_postponed_until,
        facts={
            "short_name": row.short_name or "",
            "founded_on": row.founded_on,
            "dissolved_on": row.dissolved_on,
            "has_committee": row.has_committee,
            "committee_members": row.committee_members,
            "groups": row.groups,
            "units_covered": row.units_covered,
            "staff_total": row.staff_total,
            "full_time_staff": row.full_time_staff,
            "secretary": row.secretary or "",
            "secretary_is_head": row.secretary_is_head,
            "deputy_secretaries": row.deputy_secretary or "",
            "discipline_secretary": row.discipline_secretary or "",
        },
    )


def drafts_of_names(roster: Iterable[str], ledgers: Iterable[str]) -> list[Draft]:
    """Without a list: the organisations that the roster names, and the bodies above branches that the ledgers name."""
    named = {text for text in roster if text and kind_of_name(text) != OrganisationKind.GROUP}
    above = {text for text in ledgers if text and kind_of_name(text) in UPPER}
    full_names = dict.fromkeys(same_organisations(sorted(named | above)).values())
    kinds = {name: kind_of_name(name) or OrganisationKind.BRANCH for name in full_names}
    holders = [name for name, kind in kinds.items() if kind in HOLDS_BRANCHES]
    holder = holders[0] if len(holders) == 1 else None
    return [
        Draft(name=name, kind=kind, parent=holder if kind in BRANCH_KINDS else None) for name, kind in kinds.items()
    ]


def names_of(organisations: Iterable[Organisation]) -> OrganisationNames[int]:
    """An index from every way to write a name to the organisation."""
    return OrganisationNames((o.pk, o.name, [o.short_name] if o.short_name else []) for o in organisations)


def unit_name(titles: Iterable[str], organisations: Iterable[str]) -> str:
    """The unit, as the title of a roster names it (“××局机关党委党员名册”), else by the committee in the list."""
    for title in titles:
        name = TITLE_TAIL.sub("", re.sub(r"[\s　]+", "", title))
        if name and name != title and kind_of_name(name) is not None:
            return name[:100]
    committees = [name for name in organisations if kind_of_name(name) == OrganisationKind.COMMITTEE]
    return committees[0] if committees else "本单位"
