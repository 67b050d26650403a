"""The demonstration's workbooks: the same world once tidy, once as clerks leave it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dangwu.workbench.demo.chance import chance
from dangwu.workbench.demo.columns import LEDGER, ORGANISATIONS, ROSTER, ledger_line, organisation_line, roster_line
from dangwu.workbench.demo.handwriting import Entry, by_hand, exact_day
from dangwu.workbench.demo.layouts import CSV_LAYOUT, LEDGER_LAYOUT, ORGANISATIONS_LAYOUT, ROSTER_LAYOUT
from dangwu.workbench.demo.messy import Answer, write_messy_csv, write_messy_xlsx
from dangwu.workbench.demo.pages import Tell, write_table
from dangwu.workbench.demo.planting import Marked, MessyRoster, messy_ledger
from dangwu.workbench.demo.world import World, imagine_world

CLEAN, MESSY, ANSWERS = "clean", "messy", "answers.json"
ROSTER_FILE, LEDGER_FILE, ORGANISATIONS_FILE = "党员名册.xlsx", "组织生活台账.xlsx", "党组织信息.xlsx"
MESSY_ROSTER_FILE = "党员花名册（最新）.xlsx"
FIRST_HALF_FILE, THIRD_QUARTER_FILE = "组织生活台账（上半年）.csv", "组织生活台账（三季度）.xlsx"

_SECOND_HALF_STARTS = date(2026, 7, 1)


def write_demo_workbooks(
    directory: Path, *, branches: int = 9, members: int = 120, seed: int = 1, tell: Tell = lambda _: None
) -> list[Path]:
    """Write `clean/` and `messy/` into the directory and return the workbooks' paths, the tidy ones first.

    The same seed gives the same bytes. `messy/answers.json` beside them says which defects were planted where; it does
    not list what holds of every identity number, that its region is unassigned. Files of these names are overwritten.
    Too few members for the branches are a ValueError with a Chinese sentence.
    """
    world = imagine_world(branches=branches, members=members, seed=seed, tell=tell)
    return [*_write_clean(directory / CLEAN, world, tell), *_write_messy(directory / MESSY, world, seed, tell)]


def _write_clean(folder: Path, world: World, tell: Tell) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    roster = (roster_line(number, person) for number, person in enumerate(world.people, start=1))
    yield write_table(folder / ROSTER_FILE, ROSTER, roster, tell)
    ledger = (ledger_line(number, activity) for number, activity in enumerate(world.activities, start=1))
    yield write_table(folder / LEDGER_FILE, LEDGER, ledger, tell)
    yield write_table(folder / ORGANISATIONS_FILE, ORGANISATIONS, map(organisation_line, world.organisations), tell)


def _write_messy(folder: Path, world: World, seed: int, tell: Tell) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    roster, first_half, third_quarter, bodies = (
        folder / name for name in (MESSY_ROSTER_FILE, FIRST_HALF_FILE, THIRD_QUARTER_FILE, ORGANISATIONS_FILE)
    )
    dice = chance(seed, "messy")
    absent = {name for activity in world.activities for name, _ in activity.absent}
    people = MessyRoster(world.people, absent, dice).lines()
    early = [activity for activity in world.activities if activity.held_on < _SECOND_HALF_STARTS]
    late = world.activities[len(early) :]
    answers = [
        *write_messy_xlsx(roster, ROSTER_LAYOUT, people, dice, tell),
        *write_messy_csv(first_half, CSV_LAYOUT, messy_ledger(early, dice), dice, tell),
        *write_messy_xlsx(third_quarter, LEDGER_LAYOUT, messy_ledger(late, dice), dice, tell),
        *write_messy_xlsx(bodies, ORGANISATIONS_LAYOUT, _organisations(world, seed), dice, tell),
    ]
    _write_answers(folder / ANSWERS, answers)
    return [roster, first_half, third_quarter, bodies]


def _organisations(world: World, seed: int) -> Iterator[Marked]:
    """The organisations in a clerk's hand, without defects."""
    dice = chance(seed, "organisations")
    for body in world.organisations:
        entry: Entry = dict(zip(ORGANISATIONS, organisation_line(body), strict=True))
        yield Marked(by_hand(entry, dice, exact_day))


def _write_answers(path: Path, answers: list[Answer]) -> None:
    lines = ",\n".join(json.dumps(answer, ensure_ascii=False) for answer in answers)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
