"""What a row would write: everything of a new organisation; of one that is known only what differs."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from dangwu.foundation.imports.decisions import FILL, KEEP
from dangwu.foundation.imports.kinds import Difference, Json, Resolved, Task
from dangwu.foundation.sheets.mapping import label_of
from dangwu.foundation.sheets.shapes import shown
from dangwu.organisations.columns import organisations_sheet
from dangwu.organisations.imports import flaws
from dangwu.organisations.imports.finding import Meant
from dangwu.organisations.imports.known import Known
from dangwu.organisations.models import Organisation, OrganisationKind, Standing, Term
from dangwu.organisations.sheets import OrganisationRow

COLUMNS: Mapping[str, str] = {
    "founded_on": "founded_on",
    "has_committee": "has_committee",
    "committee_members": "committee_members",
    "groups": "groups_told",
    "units_covered": "units_covered",
    "staff_total": "staff_total",
    "full_time_staff": "full_time_staff",
    "secretary": "secretary",
    "secretary_is_head": "secretary_is_head",
    "deputy_secretary": "deputy_secretaries",
    "discipline_secretary": "discipline_secretary",
}
"""The fields of a list that are columns of an organisation."""

TERMS: Mapping[str, str] = {
    "term_started_on": "started_on",
    "term_until": "until",
    "term_postponed_until": "postponed_until",
}
"""Those that are columns of its term."""


def told_by(row: OrganisationRow) -> dict[str, Any]:
    """What a row says, by field; fields of which it says nothing are left out."""
    names = ("short_name", *COLUMNS, *TERMS)
    told = {name: getattr(row, name) for name in names}
    return {name: value for name, value in told.items() if value not in {None, ""}}


def _column(model: type[Model], name: str) -> Field[Any, Any]:
    return next(column for column in model._meta.concrete_fields if column.name == name)  # noqa: SLF001 - Django's way


class Drafting:
    """Works out the drafts of some rows, all with the same task."""

    def __init__(self, task: Task) -> None:
        """Take the policies of the fields, and what users call them."""
        self._task = task
        self._sheet = organisations_sheet(task.on)
        self._columns = {
            **{name: _column(Standing, name) for name in ("name", "short_name")},
            **{name: _column(Organisation, column) for name, column in COLUMNS.items()},
            **{name: _column(Term, column) for name, column in TERMS.items()},
        }

    def label(self, name: str) -> str:
        """What users call a field."""
        return label_of(self._sheet, name)

    def fitting(self, meant: Meant) -> dict[str, Any]:
        """What a row says, without what its columns cannot hold: of that it asks."""
        told = {"name": meant.row.name, **told_by(meant.row)}
        for name, value in list(told.items()):
            try:
                self._columns[name].run_validators(value)
            except ValidationError:
                meant.doubt(name, flaws.unfit(self.label(name), shown(value)))
                del told[name]
        return told

    def new(self, meant: Meant, told: Mapping[str, Any], resolved: Resolved) -> Json:
        """All of a new organisation, but its place and its days."""
        kind = meant.row.kind or OrganisationKind.BRANCH
        resolved.differences.append(Difference(self.label("kind"), "", OrganisationKind(kind).label))
        for name, value in told.items():
            if name != "name":
                self._note(resolved, name, None, value)
        return {
            "name": meant.row.name,
            "short_name": told.get("short_name", ""),
            "kind": kind,
            "facts": self.facts(told),
            "term": self.term(told),
        }

    def changed(self, meant: Meant, known: Known, told: Mapping[str, Any], resolved: Resolved) -> Json:
        """What differs from what is registered."""
        draft: Json = {}
        facts = {name: told[name] for name in COLUMNS if name in told}
        kept = {name: getattr(known.organisation, COLUMNS[name]) for name in facts}
        if wanted := self._wanted(meant.row, kept, facts, resolved):
            draft["facts"] = self.facts(wanted)
            resolved.basis["organisation"] = known.organisation.version
        names = {name: told[name] for name in ("short_name",) if name in told}
        if meant.row.name != known.standing.name and self._was_chosen(meant):
            names["name"] = meant.row.name
        if wanted := self._wanted(meant.row, {name: getattr(known.standing, name) for name in names}, names, resolved):
            draft["names"] = wanted
            resolved.basis["standing"] = [known.standing.pk, known.standing.version]
        draft |= self._term_changed(meant.row, known, told, resolved)
        return draft

    def _was_chosen(self, meant: Meant) -> bool:
        """Whether somebody said that the row means an organisation of another name: it has been renamed."""
        return self._task.decisions.answer_to(meant.line.sheet, meant.line.number).isdecimal()

    def _wanted(
        self, row: OrganisationRow, kept: Mapping[str, Any], told: Mapping[str, Any], resolved: Resolved
    ) -> dict[str, Any]:
        """What is to be written by the policy of each field; each becomes a difference that people read."""
        wanted = {}
        for name, value in told.items():
            policy, old = self._task.decisions.policy_of(name), kept[name]
            is_kept = policy == KEEP or (policy == FILL and old not in {None, ""})
            if not is_kept and not _agree(old, value, by_month=name in row.by_month):
                wanted[name] = value
                self._note(resolved, name, old, value)
        return wanted

    def _term_changed(self, row: OrganisationRow, known: Known, told: Mapping[str, Any], resolved: Resolved) -> Json:
        days = {name: told[name] for name in TERMS if name in told}
        if not days:
            return {}
        term = _term_meant(row, known, days.get("term_started_on"))
        if term is None:
            for name, value in days.items():
                self._note(resolved, name, None, value)
            return {"term": self.term(days)}
        kept = {name: getattr(term, TERMS[name]) for name in days}
        wanted = self._wanted(row, kept, days, resolved)
        if not wanted:
            return {}
        resolved.basis["term"] = [term.pk, term.version]
        return {"term": self.term(wanted)}

    def facts(self, told: Mapping[str, Any]) -> Json:
        """The columns of an organisation, as JSON keeps them."""
        return {COLUMNS[name]: _kept(value) for name, value in told.items() if name in COLUMNS}

    def term(self, told: Mapping[str, Any]) -> Json:
        """The columns of a term."""
        return {TERMS[name]: _kept(value) for name, value in told.items() if name in TERMS}

    def _note(self, resolved: Resolved, name: str, old: object, new: object) -> None:
        was = "" if old is None else shown(old)
        resolved.differences.append(Difference(self.label(name), was, shown(new)))


def _term_meant(row: OrganisationRow, known: Known, started: date | None) -> Term | None:
    """The term of which the row tells: the one that began on that day; where no day is told, the newest."""
    if started is None:
        return known.terms[-1] if known.terms else None
    by_month = "term_started_on" in row.by_month
    same = [term for term in known.terms if _agree(term.started_on, started, by_month=by_month)]
    return same[-1] if same else next((term for term in known.terms if term.started_on is None), None)


def _agree(old: object, new: object, *, by_month: bool) -> bool:
    """Whether nothing is said that is not registered; a month says no more than a day in it."""
    if by_month and isinstance(old, date) and isinstance(new, date):
        return (old.year, old.month) == (new.year, new.month)
    return old == new


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
