"""Establishing organisations and their terms."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation, OrganisationKind, Term, Unit

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Draft:
    """An organisation to establish. `parent` names another draft; `facts` are further columns by field name."""

    name: str
    kind: str
    parent: str | None = None
    parent_known: bool = False
    term_started_on: date | None = None
    term_until: date | None = None
    term_postponed_until: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


Placed = tuple[Organisation | None, Draft, TreePath]


def establish(*, unit: Unit, drafts: Sequence[Draft]) -> dict[str, Organisation]:
    """Create the organisations of a unit with their places in the tree; returns them by name.

    A parent that is no draft, or that would close a circle, counts as none.
    """
    by_name = {draft.name: draft for draft in drafts}
    children: dict[str | None, list[Draft]] = defaultdict(list)
    for draft in by_name.values():
        children[_parent_of(draft, by_name)].append(draft)
    created: dict[str, Organisation] = {}
    level: list[Placed] = [(None, draft, TreePath(f"{place:04}")) for place, draft in enumerate(children[None], 1)]
    while level:
        made = _create_level(unit, level, created)
        level = [
            (parent, draft, TreePath(parent.path).child(place))
            for parent in made
            for place, draft in enumerate(children[parent.name], 1)
        ]
    _open_terms(unit, by_name, created)
    return created


def _create_level(unit: Unit, level: Sequence[Placed], created: dict[str, Organisation]) -> list[Organisation]:
    made = [
        Organisation(
            unit=unit,
            path=str(path),
            name=draft.name,
            kind=draft.kind or OrganisationKind.BRANCH,
            parent=parent,
            parent_known=draft.parent_known,
            **draft.facts,
        )
        for parent, draft, path in level
    ]
    Organisation.objects.bulk_create(made, batch_size=BATCH)
    created.update({organisation.name: organisation for organisation in made})
    return made


def _parent_of(draft: Draft, by_name: Mapping[str, Draft]) -> str | None:
    """The parent's name, unless following parents from it comes back to the draft."""
    above, seen = draft.parent, {draft.name}
    while above is not None and above in by_name and above not in seen:
        seen.add(above)
        above = by_name[above].parent
    return draft.parent if draft.parent in by_name and above not in seen else None


def _open_terms(unit: Unit, by_name: Mapping[str, Draft], created: Mapping[str, Organisation]) -> None:
    Term.objects.bulk_create(
        [
            Term(
                unit=unit,
                organisation=created[name],
                started_on=draft.term_started_on,
                until=draft.term_until,
                postponed_until=draft.term_postponed_until,
            )
            for name, draft in by_name.items()
            if draft.term_started_on or draft.term_until
        ],
        batch_size=BATCH,
    )
