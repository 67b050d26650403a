"""The demonstration's workbooks: the same world once tidy, once as clerks leave it."""

from collections.abc import Iterator
from pathlib import Path

from dangwu.workbench.demo.columns import LEDGER, ORGANISATIONS, ROSTER, ledger_line, organisation_line, roster_line
from dangwu.workbench.demo.pages import Tell, write_table
from dangwu.workbench.demo.world import World, imagine_world


def write_demo_workbooks(
    directory: Path, *, branches: int = 9, members: int = 120, seed: int = 1, tell: Tell = lambda _: None
) -> list[Path]:
    """Write `clean/` and `messy/` into the directory and return the paths of the files, the tidy ones first.

    The same seed gives the same bytes. `messy/answers.json` says which defects were planted where. Too few members for
    the branches are a ValueError with a Chinese sentence; files of the same names are overwritten.
    """
    world = imagine_world(branches=branches, members=members, seed=seed, tell=tell)
    return list(_write_clean(directory / "clean", world, tell))


def _write_clean(folder: Path, world: World, tell: Tell) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    roster = (roster_line(number, person) for number, person in enumerate(world.people, start=1))
    yield write_table(folder / "党员名册.xlsx", ROSTER, roster, tell)
    ledger = (ledger_line(number, activity) for number, activity in enumerate(world.activities, start=1))
    yield write_table(folder / "组织生活台账.xlsx", LEDGER, ledger, tell)
    yield write_table(folder / "党组织信息.xlsx", ORGANISATIONS, map(organisation_line, world.organisations), tell)
