"""Packing one paper of many organisations into an archive, set-wise and with progress."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath, above, line_of
from dangwu.organisations.models import Standing
from dangwu.organisations.queries import subtree
from dangwu.records.branch_years import AT_ONCE, BranchYear, branch_years, day_for
from dangwu.workbench.papers.duties import duties_of_each
from dangwu.workbench.papers.offered import Offer, file_name

Progress = Callable[[int, int], object]
Order = tuple[Offer, str]
"""A paper, and the suffix of its form."""


def pack(path: str, year: int, order: Order, target: Path, *, today: date, progress: Progress) -> int:
    """Write the archive of an organisation, by where it stood in the year, and of all below; how many papers it has."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in papers(path, year, order, today=today, progress=progress):
            archive.writestr(name, content)
        return len(archive.namelist())


def papers(
    path: str, year: int, order: Order, *, today: date, progress: Progress, only: Sequence[int] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The papers one by one, each with its name in the archive; of all there, or of `only` some."""
    offer, suffix = order
    scope = Scope((TreePath(path),), day_for(year, today))
    standings = [row for row in subtree(path, scope.on) if only is None or row.organisation_id in only]
    folders, taken = _folders(standings), set[str]()
    for years in _years(scope, standings, year):
        duties = duties_of_each((told.standing for told in years), year, today) if offer.asks_rulebook else {}
        for told in years:
            parts = (told.standing.called, f"{year}年", offer.title)
            name = folders[told.standing.path] + file_name(*parts, suffix=suffix)
            yield _apart(name, taken), offer.forms[suffix](told, duties.get(told.organisation))
            progress(len(taken), len(standings))


def _years(scope: Scope, standings: Sequence[Standing], year: int) -> Iterator[list[BranchYear]]:
    keys = [row.organisation_id for row in standings]
    for start in range(0, len(keys), AT_ONCE):
        yield list(branch_years(scope, keys[start : start + AT_ONCE], year))


def _apart(name: str, taken: set[str]) -> str:
    """The name, with a number where another paper bears it."""
    told, number = name, 2
    while told in taken:
        stem, dot, suffix = name.rpartition(".")
        told, number = f"{stem}（{number}）{dot}{suffix}", number + 1
    taken.add(told)
    return told


def _folders(standings: Sequence[Standing]) -> Mapping[str, str]:
    """The folder of each organisation by its path: that of what stands above it, and of itself where it has others."""
    names = {row.path: file_name(row.called, suffix="") for row in standings}
    heads = {above(row.path) for row in standings}
    return {path: _folder(path, names, heads) for path in names}


def _folder(path: str, names: Mapping[str, str], heads: set[str]) -> str:
    return "".join(f"{names[part]}/" for part in line_of(path) if part in names and part in heads)
