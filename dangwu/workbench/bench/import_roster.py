"""A large roster into an empty site: preview and commit, against taking the cells out and inserting them bare."""

from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import models, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from dangwu.foundation.actors import CommandLine
from dangwu.foundation.deeds import Deed, announcing, doing
from dangwu.foundation.imports.kinds import Into, Task
from dangwu.foundation.imports.models import Batch
from dangwu.foundation.imports.services.batches import keep_staging, open_batch, write_batch
from dangwu.foundation.imports.staging import stage
from dangwu.members.imports.roster import Roster
from dangwu.members.models import Affiliation, Circumstances, Membership, Person
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.services.establishing import Draft, establish
from dangwu.workbench.bench.measuring import Measured, Tell, apart, require_same, timed
from dangwu.workbench.bench.read_roster import BRANCHES, MEMBERS, write_roster
from dangwu.workbench.demo.world import TODAY, imagine_world

BY = CommandLine("bench")
MOST_PREVIEW, MOST_COMMIT, MOST_MEMORY, MOST_TIMES = 20, 60, 600, 4  # seconds, seconds, MiB, times the floor
PEER = 0.1  # times the peer: ten times as fast
NAME, BRANCH = 1, 12  # columns of the demonstration's roster


def measure(tell: Tell) -> list[Measured]:
    """Seconds of the processor for preview and commit, the memory of both, and both as a multiple of the bare way."""
    with TemporaryDirectory(prefix="dangwu-bench-") as folder:
        path = Path(folder) / "roster.xlsx"
        tell(f"正在生成 {MEMBERS:,} 行、25 列的名册")
        write_roster(path, members=MEMBERS, branches=BRANCHES)
        site = {"DANGWU_HOME": str(Path(folder) / "site")}
        tell("正在预览和导入")
        whole = apart("import_roster", "whole", path, surroundings=site)
        tell("正在直接写入同样的行，作为基准")
        bare = apart("import_roster", "bare", path, surroundings={"DANGWU_HOME": str(Path(folder) / "bare")})
        theirs = _theirs(path, Path(folder) / "theirs", tell)
    require_same("写入的人数", whole["people"], bare["people"])
    return [
        Measured("预览名册", whole["preview"], "秒", MOST_PREVIEW),
        Measured("写入名册（有审计，可撤销）", whole["commit"], "秒", MOST_COMMIT),
        Measured("预览和写入的内存峰值", whole["peak"], "MiB", MOST_MEMORY),
        Measured("预览和写入", whole["preview"] + whole["commit"], "秒", MOST_TIMES, bare["seconds"]),
        *(
            Measured("与 django-import-export 相比", whole["preview"] + whole["commit"], "秒", PEER, seconds)
            for seconds in theirs
        ),
    ]


def _theirs(path: Path, home: Path, tell: Tell) -> list[float]:
    """Seconds of the peer, where it is installed."""
    if find_spec("import_export") is None:
        tell("没有安装用于比对的 django-import-export，请用 ./run bench 运行，它会自动安装。")
        return []
    tell("正在用 django-import-export 预览和导入同一份名册")
    return [apart("import_roster", "theirs", path, surroundings={"DANGWU_HOME": str(home)})["seconds"]]


def measure_here(way: str, path: str) -> dict[str, Any]:
    """Make the organisations of the roster, then bring it in one way or the other."""
    import resource  # noqa: PLC0415, only POSIX has it

    call_command("migrate", verbosity=0)
    places = _organisations()
    answer = WAYS[way](Path(path), places)
    return {**answer, "people": _people().count(), "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _organisations() -> dict[str, int]:
    """The branches of the demonstration, by the names that its roster writes."""
    names = {person.branch for person in imagine_world(branches=BRANCHES, members=MEMBERS).people}
    with transaction.atomic(), doing(Deed("bench.fill", BY, trial=True)):
        unit = Unit.objects.create(name="示例市")
        drafts = [Draft("示例市机关工委", "working_committee")]
        drafts += [Draft(name, "branch", drafts[0].name) for name in sorted(names)]
        stands = establish(unit=unit, drafts=drafts)
    return {name: standing.organisation_id for name, standing in stands.items()}


def _people() -> models.QuerySet[Person]:
    return Person.objects.unscoped("a bench counts them")


def _whole(path: Path, _: dict[str, int]) -> dict[str, Any]:
    kind = Roster()
    preview, batch = timed(lambda: _previewed(kind, path))
    commit, _batch = timed(lambda: write_batch(by=BY, batch=batch, kind=kind, now=timezone.now(), on=TODAY))
    return {"preview": preview, "commit": commit}


def _previewed(kind: Roster, path: Path) -> Batch:
    """What people look at before they confirm; as on a site, only the database keeps it until then."""
    staging = stage(kind, Task(BY, TODAY), path)
    into = Into(None, "", TODAY)
    batch = open_batch(by=BY, kind=kind, path=path, file=path.name, into=into, now=timezone.now(), on=TODAY)
    keep_staging(batch, kind, staging)
    return batch


def _bare(path: Path, places: dict[str, int]) -> dict[str, Any]:
    """The same rows into the same tables, unread and unsealed."""
    return {"seconds": timed(lambda: _insert(path, places))[0]}


def _insert(path: Path, places: dict[str, int]) -> None:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    unit = Organisation.objects.unscoped("a bench")[0].unit_id
    with transaction.atomic(), doing(Deed("bench.fill", BY, trial=True)), announcing():
        people = _bulk(Person, [Person(unit_id=unit, name=str(row[NAME])) for row in rows])
        since: dict[str, Any] = {"unit_id": unit, "valid_from": date(2026, 1, 1)}
        _bulk(Membership, [Membership(person_id=one.pk, kind="full", **since) for one in people])
        _bulk(Circumstances, [Circumstances(person_id=one.pk, employment="in_service", **since) for one in people])
        where = [(one.pk, places[str(row[BRANCH])]) for one, row in zip(people, rows, strict=True)]
        _bulk(Affiliation, [Affiliation(person_id=pk, organisation_id=place, **since) for pk, place in where])


def _bulk(model: Any, rows: list[Any]) -> list[Any]:  # noqa: ANN401 - any model
    """Django's own way to insert many rows, which tells nobody."""
    past_its_guard: models.QuerySet[Any] = models.QuerySet(model)
    return past_its_guard.bulk_create(rows, batch_size=2_000)


def _peer(path: Path, places: dict[str, int]) -> dict[str, Any]:
    from dangwu.workbench.bench.import_export_roster import bring_in  # noqa: PLC0415 - only benches install it

    unit = Organisation.objects.unscoped("a bench")[0].unit_id
    with transaction.atomic(), doing(Deed("bench.fill", BY, trial=True)), announcing():
        return {"seconds": timed(lambda: bring_in(path, unit, places))[0]}


WAYS: dict[str, Callable[[Path, dict[str, int]], dict[str, Any]]] = {"bare": _bare, "whole": _whole, "theirs": _peer}
