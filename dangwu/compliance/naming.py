"""Which organisations there are: from the workbook that lists them or, without one, from the names people wrote."""

import re
from collections.abc import Iterable, Mapping, Sequence

from dangwu.foundation.sheets.shapes import Flaw, Problem, Reading, Severity
from dangwu.organisations.facts import BASE_KINDS
from dangwu.organisations.holding import HOLDERS, only_holder
from dangwu.organisations.matching import Ambiguous, Found, OrganisationNames, kind_of_name, same_organisations
from dangwu.organisations.models import OrganisationKind
from dangwu.organisations.services.establishing import Draft
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
BETWEEN = re.compile(r"[、，,；;/\n]+|和|及|与")
TITLE_TAIL = re.compile(
    r"(?:\d{4}年度?)?(?:在职|全体|基层)?(?:中共|中国共产党)?(?:党员(?:基本)?(?:信息)?(?:花?名册|情况|信息|名单|登记)|党组织信息|组织生活).*$"
)


def drafts_of_rows(rows: Sequence[OrganisationRow]) -> list[Draft]:
    """The organisations of a workbook that lists them; parents are found under every way to write their names."""
    names = OrganisationNames((row.name, row.name, [row.short_name] if row.short_name else []) for row in rows)
    kinds = {row.name: row.kind or kind_of_name(row.name) or OrganisationKind.BRANCH for row in rows}
    return [_draft_of_row(row, names, kinds) for row in rows]


def _above(row: OrganisationRow, names: OrganisationNames[str], kinds: Mapping[str, str]) -> tuple[str | None, bool]:
    """Who of the list stands above, and whether that is sure: if not told, the only one that may; a base organisation
    that the list lacks stands above nobody knows where.
    """
    if row.parent:
        above = names.find(row.parent)
        parent = above.key if isinstance(above, Found) else None
        return parent, bool(parent) or kind_of_name(row.parent) not in BASE_KINDS
    holder = only_holder(row.name, kinds)
    is_highest = kinds[row.name] == OrganisationKind.COMMITTEE
    is_highest |= [name for name, kind in kinds.items() if kind in HOLDERS] == [row.name]
    return holder, is_highest


def _draft_of_row(row: OrganisationRow, names: OrganisationNames[str], kinds: Mapping[str, str]) -> Draft:
    parent, sure = _above(row, names, kinds)
    return Draft(
        name=row.name,
        kind=kinds[row.name],
        parent=parent,
        parent_known=sure,
        term_started_on=row.term_started_on,
        term_until=row.term_until,
        term_postponed_until=row.term_postponed_until,
        short_name=row.short_name or "",
        facts={
            "founded_on": row.founded_on,
            "dissolved_on": row.dissolved_on,
            "has_committee": row.has_committee,
            "committee_members": row.committee_members,
            "groups_told": row.groups,
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
    return [Draft(name=name, kind=kind, parent=only_holder(name, kinds)) for name, kind in kinds.items()]


def unit_name(titles: Iterable[str], organisations: Iterable[str]) -> str:
    """The unit, as the title of a roster names it (“××局机关党委党员名册”), else by the committee in the list."""
    for title in titles:
        name = TITLE_TAIL.sub("", re.sub(r"[\s　]+", "", title))
        if name and name != title and kind_of_name(name) is not None:
            return name[:100]
    committees = [name for name in organisations if kind_of_name(name) == OrganisationKind.COMMITTEE]
    return committees[0] if committees else "本单位"


def place_of(
    names: OrganisationNames[int], text: str | None, reading: Reading, row: int
) -> tuple[Found[int] | None, list[Problem]]:
    """The organisation that a row means, or the problem that keeps it from being known."""
    if not text:
        return None, []  # the sheet has said so already
    match names.find(text):
        case Found() as found:
            return found, []
        case Ambiguous(candidates):
            told = "、".join(names.name_of(key) for key in candidates)
            flaw = Flaw("organisation.ambiguous", Severity.DOUBT, f"“{text}”可能是：{told}", "请写出党组织全称")
        case unknown:
            close = "、".join(names.name_of(key) for key in unknown.suggestions)
            asked = f"是否为：{close}；" if close else ""
            remedy = f"请核对名称，{asked}确有此组织的，在党组织信息表中补上"
            flaw = Flaw("organisation.unknown", Severity.ERROR, f"党组织中没有“{text}”", remedy)
    return None, [problem_at(reading, row, "organisation", flaw)]


def places_of(
    names: OrganisationNames[int], text: str, reading: Reading, row: int
) -> tuple[list[Found[int]], list[Problem]]:
    """The organisations of an activity: one, or several that are enumerated and all known."""
    place, problems = place_of(names, text, reading, row)
    if place:
        return [place], []
    answers = [names.find(part) for part in BETWEEN.split(text) if part.strip()]
    places = {(answer.key, answer.group): answer for answer in answers if isinstance(answer, Found)}
    return (list(places.values()), []) if 1 < len(answers) == len(places) else ([], problems)


def problem_at(reading: Reading, row: int | None, field: str, flaw: Flaw) -> Problem:
    """A flaw at its place in the workbook."""
    column = next((c.letter for c in reading.columns if c.field == field), None)
    place = (reading.file, reading.sheet, row, column, field or None)
    return Problem(*place, flaw.code, flaw.severity, flaw.message, flaw.remedy)
