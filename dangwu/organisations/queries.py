"""Reading organisations: for whom comes first, and as of which day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from dangwu.foundation.history import as_of, during
from dangwu.foundation.objections import ObjectionError
from dangwu.foundation.remembering import remembered
from dangwu.foundation.scope import TRIALS, Scope
from dangwu.kernel.span import Span
from dangwu.kernel.tree_path import TreePath, line_of
from dangwu.organisations.matching import OrganisationNames
from dangwu.organisations.models import Group, Organisation, OrganisationKind, Standing, Term, Unit

Standings = models.QuerySet[Standing]
CHUNK = 20_000
Only = Collection[int] | None
"""Some organisations by key where not all of a unit are asked for."""


def among(only: Only, lookup: str = "organisation") -> Q:
    """The condition that a row is of one of some organisations; of all where none are picked."""
    return Q() if only is None else Q((f"{lookup}__in", list(only)))


def read_once(rows: Any, only: Only) -> Iterable[Any]:  # noqa: ANN401 - a queryset of whatever rows
    """Rows to be gone through once: those of a whole unit are not kept, for some of its organisations the cursor that
    a server needs for that would cost more than the rows.
    """
    return rows.iterator(chunk_size=CHUNK) if only is None else rows  # type: ignore[no-any-return] # a queryset


def standings(scope: Scope) -> Standings:
    """How the organisations in a scope stood on its day, in the order of the tree, with their own rows."""
    return Standing.objects.within(scope).select_related("organisation").order_by("path")


def listed(scope: Scope) -> Standings:
    """The same with the names of what stands above on the same day (`above`) and the units they stand in."""
    higher = Standing.objects.unscoped("what stands above is told to whoever sees what is below")
    above = higher.filter(as_of(scope.on), organisation=OuterRef("parent")).values("name")[:1]
    return standings(scope).select_related("organisation__stands_in").annotate(above=Subquery(above))


def standings_of_unit(unit: Unit | int, on: date) -> Standings:
    """How all organisations of a unit stood on a day, in the order of the tree, with their own rows."""
    every = Standing.objects.unscoped("a unit is judged as a whole").filter(as_of(on), unit=unit)
    return every.select_related("organisation").order_by("path")


def standings_through(unit: int, span: Span, only: Only = None) -> list[Standing]:
    """The same of all days of a span, to be picked from day by day; of some only with the discipline committees below
    them.
    """
    every = Standing.objects.unscoped("a unit is judged as a whole").filter(during(span), unit=unit)
    bodies = among(only, "parent") & Q(kind=OrganisationKind.DISCIPLINE_COMMITTEE) if only is not None else Q()
    return list(every.filter(among(only) | bodies).select_related("organisation").order_by("path"))


def beneath(paths: Iterable[str], unit: int, on: date) -> list[tuple[int, int | None, str]]:
    """Of all organisations at and below these paths: the key, that of the one above, the path; the deepest first."""
    rows = Standing.objects.within(Scope(tuple(TreePath(path) for path in paths), on)).filter(unit=unit)
    return list(rows.order_by("-path").values_list("organisation", "parent", "path"))


def kinds_of(organisations: Collection[int], on: date) -> dict[int, str]:
    """The kind of each of these organisations on a day."""
    rows = Standing.objects.unscoped("a unit is judged as a whole").filter(as_of(on), organisation__in=organisations)
    return dict(rows.values_list("organisation", "kind"))


def standing_of(organisation: Organisation | int, on: date) -> Standing:
    """How an organisation stood on a day, with its parent. ObjectionError where it was not there."""
    rows = Standing.objects.of(organisation=organisation)
    standing = rows.filter(as_of(on)).select_related("organisation", "parent").first()
    if standing is None:
        raise ObjectionError(f"这个党组织在 {on} 还没有建立或者已经撤销，请核对生效日期。", field="on")
    return standing


def lasting_standing(organisation: Organisation | int, on: date) -> Standing:
    """How an organisation stood on a day, if it is to last: ObjectionError where its end is known already."""
    standing = standing_of(organisation, on)
    if ended := standing.organisation.dissolved_on:
        raise ObjectionError(f"“{standing.name}”已登记在 {ended} 撤销，请另选一个党组织。", field="organisation")
    return standing


def lasting_group(group: Group, organisation: Organisation, *, field: str = "group") -> Group:
    """A group into which somebody may be put: one of the organisation whose end nobody knows. Raises ObjectionError."""
    if group.organisation_id != organisation.pk:
        raise ObjectionError("这个小组不在所选的党组织中，请重新选择。", field=field)
    if not group.is_open:
        raise ObjectionError(f"“{group.name}”已登记自 {group.valid_until} 起撤销，请另选一个小组。", field=field)
    return group


def last_standing(organisation: Organisation | int, on: date) -> Standing | None:
    """How an organisation stood on a day, else how it stood last before it; None where it was not yet founded."""
    rows = Standing.objects.of(organisation=organisation)
    return rows.filter(valid_from__lte=on).order_by("-valid_from").first()


def last_path(organisation: int, on: date) -> str:
    """Where in the tree an organisation stands on a day, or stood last before it; a path that lies in no scope where it
    was not yet founded.
    """

    def find() -> str:
        standing = last_standing(organisation, on)
        return standing.path if standing else str(TRIALS)

    return remembered(("path of an organisation", organisation, on), find)


def chapters(organisation: Organisation) -> Standings:
    """All that an organisation ever was, the first first."""
    rows = Standing.objects.of(organisation=organisation)
    return rows.select_related("parent").order_by("valid_from")


def former_standings(on: date) -> Standings:
    """How organisations stood that stood otherwise before a day, their former names with them."""
    rows = Standing.objects.unscoped("what something was called leads to what it is; that is looked at within a scope")
    return rows.filter(valid_until__lte=on, unit__is_trial=False).order_by("valid_from")


def subtree(path: str, on: date) -> Standings:
    """An organisation and all below it on a day, in the order of the tree."""
    return standings(Scope((TreePath(path),), on))


def ancestors(standing: Standing, on: date) -> Standings:
    """All above it on a day, the highest first."""
    rows = Standing.objects.unscoped("where something stands is told to whoever sees it")
    return rows.filter(as_of(on), path__in=line_of(standing.path)[:-1]).order_by("path")


def tops(scope: Scope) -> Standings:
    """The organisations of a scope that have none above them in it."""
    paths = [subtree.text for subtree in scope.subtrees]
    rows = standings(scope)
    return rows.filter(parent=None) if scope.everywhere else rows.filter(path__in=paths)


def highest(on: date) -> Standings:
    """The organisations of the site that have none above them on a day."""
    rows = Standing.objects.unscoped("whoever sets them up knows them")
    return rows.filter(as_of(on), parent=None, unit__is_trial=False).order_by("path")


def children(scope: Scope, parents: Iterable[int]) -> dict[int, list[Standing]]:
    """What stands directly below each of these organisations."""
    below: dict[int, list[Standing]] = defaultdict(list)
    for standing in standings(scope).filter(parent__in=list(parents)):
        assert standing.parent_id is not None
        below[standing.parent_id].append(standing)
    return below


def found(scope: Scope, text: str) -> Standings:
    """The organisations that a few typed characters may mean."""
    return matching(standings(scope), text)


def matching(rows: Standings, text: str) -> Standings:
    """Those among them that are meant, by name, short name, pinyin or its initials; of several words by each."""
    for word in text.strip().lower().split():
        named = Q(name__icontains=word) | Q(short_name__icontains=word)
        rows = rows.filter(named | Q(initials__contains=word) | Q(pinyin__contains=word))
    return rows


def terms_of(organisation: Organisation) -> list[Term]:
    """The terms of an organisation, the newest first."""
    return list(Term.objects.of(organisation=organisation).order_by("-started_on"))


def groups_of(organisation: Organisation, on: date) -> list[Group]:
    """The groups of an organisation on a day."""
    return list(Group.objects.of(organisation=organisation).filter(as_of(on)).order_by("name"))


def names_of(rows: Iterable[Standing]) -> OrganisationNames[int]:
    """Every way in which organisations are written, to find one by a text."""
    return OrganisationNames((s.organisation_id, s.name, [s.short_name] if s.short_name else []) for s in rows)


def units() -> models.QuerySet[Unit]:
    """The units of the site; the trial units of checks are not among them."""
    return Unit.objects.filter(is_trial=False).select_related("parent").order_by("name")
