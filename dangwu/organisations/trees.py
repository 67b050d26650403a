"""The tree of organisations on a page: two levels at once, further ones when they are opened."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from dangwu.foundation.pages.finding import Finder, Found
from dangwu.foundation.pages.shell import AsOf
from dangwu.foundation.pages.trees import Tree, TreeNode
from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import above
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import ancestors, children, found, tops

Below = Mapping[int, Sequence[Standing]]


def tree_of(scope: Scope, as_of: AsOf, open_at: Standing | None = None) -> Tree:
    """The tree of a scope; what is above `open_at`, and itself, stands open."""
    first = list(tops(scope))
    way = [*ancestors(open_at, scope.on), open_at] if open_at else []
    below = children(scope, {s.organisation_id for s in [*first, *way]})
    below |= children(scope, {s.organisation_id for row in list(below.values()) for s in row})
    opened = {s.organisation_id for s in [*first, *way]}
    finder = Finder(
        reverse("organisations-found") + as_of.parameter, "查找党组织", placeholder="名称、简称或者拼音首字母"
    )
    return Tree("党组织", [_node(s, below, opened, as_of) for s in first], finder=finder)


def branch_of(scope: Scope, parent: int, as_of: AsOf) -> list[TreeNode]:
    """What stands below an organisation, with what can be opened further."""
    below = children(scope, [parent])
    further = children(scope, [s.organisation_id for s in below.get(parent, [])])
    return [_node(s, further, set(), as_of) for s in below.get(parent, [])]


def _node(standing: Standing, below: Below, opened: set[int], as_of: AsOf) -> TreeNode:
    key = standing.organisation_id
    is_open = key in opened
    inner = [_node(child, below, opened, as_of) for child in below.get(key, ())] if is_open else []
    more = reverse("organisations-below", args=[key]) + as_of.parameter if below.get(key) and not is_open else ""
    return TreeNode(
        key=str(key),
        title=standing.called,
        url=address_of(key, as_of),
        note="" if standing.called.endswith(standing.get_kind_display()) else standing.get_kind_display(),
        children=inner,
        more_url=more,
        open=is_open,
    )


def address_of(organisation: int, as_of: AsOf) -> str:
    """The page of an organisation as of the same day."""
    return reverse("organisation", args=[organisation]) + as_of.parameter


def found_for(scope: Scope, text: str, as_of: AsOf, *, most: int = 20) -> list[Found]:
    """What a box shows for a few typed characters, each with what stands above it."""
    rows = list(found(scope, text).order_by("path")[:most]) if text.strip() else []
    names = _names_above(rows, scope)
    return [_found(row, as_of, names.get(above(row.path), "")) for row in rows]


def _found(row: Standing, as_of: AsOf, beneath: str) -> Found:
    return Found(row.name, address_of(row.organisation_id, as_of), beneath, str(row.organisation_id))


def _names_above(rows: Sequence[Standing], scope: Scope) -> dict[str, str]:
    paths = {above(row.path) for row in rows} - {""}
    every = Standing.objects.unscoped("what stands above tells namesakes apart")
    on_the_day = every.filter(valid_from__lte=scope.on, valid_until__gt=scope.on, path__in=paths)
    return {row.path: row.called for row in on_the_day}
