"""Establishing the organisations of a list, with their terms."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dangwu.foundation.history import open_lines
from dangwu.kernel.span import DAWN
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation, OrganisationKind, Standing, Term, Unit

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
    short_name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


Placed = tuple[Standing | None, Draft, TreePath]


def establish(
    *, unit: Unit, drafts: Sequence[Draft], under: TreePath | None = None, since: date = DAWN
) -> dict[str, Standing]:
    """Create the organisations of a unit with their places in the tree, below a path or as roots. Part of an action;
    returns how they stand, by name.

    A parent that is no draft, or that would close a circle, counts as none.
    """
    by_name = {draft.name: draft for draft in drafts}
    children: dict[str | None, list[Draft]] = defaultdict(list)
    for draft in by_name.values():
        children[_parent_of(draft, by_name)].append(draft)
    created: dict[str, Standing] = {}
    level: list[Placed] = [(None, draft, _path(under, place)) for place, draft in enumerate(children[None], 1)]
    while level:
        made = _create_level(unit, level, since)
        created.update({standing.name: standing for standing in made})
        level = [
            (parent, draft, TreePath(parent.path).child(place))
            for parent in made
            for place, draft in enumerate(children[parent.name], 1)
        ]
    _open_terms(unit, by_name, created)
    return created


def _path(under: TreePath | None, place: int) -> TreePath:
    return under.child(place) if under else TreePath(f"{place:04}")


def _create_level(unit: Unit, level: Sequence[Placed], since: date) -> list[Standing]:
    organisations = [
        Organisation(unit=unit, parent_known=draft.parent_known, **draft.facts) for _parent, draft, _path in level
    ]
    Organisation.objects.bulk_create(organisations, batch_size=BATCH)
    return open_lines(
        [
            Standing(
                unit=unit,
                organisation=organisation,
                name=draft.name,
                short_name=draft.short_name,
                kind=draft.kind or OrganisationKind.BRANCH,
                parent_id=parent.organisation_id if parent else None,
                path=str(path),
                valid_from=since,
            )
            for organisation, (parent, draft, path) in zip(organisations, level, strict=True)
        ]
    )


def _parent_of(draft: Draft, by_name: Mapping[str, Draft]) -> str | None:
    """The parent's name, unless following parents from it comes back to the draft."""
    above, seen = draft.parent, {draft.name}
    while above is not None and above in by_name and above not in seen:
        seen.add(above)
        above = by_name[above].parent
    return draft.parent if draft.parent in by_name and above not in seen else None


def _open_terms(unit: Unit, by_name: Mapping[str, Draft], created: Mapping[str, Standing]) -> None:
    Term.objects.bulk_create(
        [
            Term(
                unit=unit,
                organisation_id=created[name].organisation_id,
                started_on=draft.term_started_on,
                until=draft.term_until,
                postponed_until=draft.term_postponed_until,
            )
            for name, draft in by_name.items()
            if draft.term_started_on or draft.term_until
        ],
        batch_size=BATCH,
    )
