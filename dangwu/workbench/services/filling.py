"""Filling an empty site with the city of the demonstration."""

from datetime import date

from django.db import connection

from dangwu.compliance.jobs import judged_unit, living_units
from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.organisations.models import Organisation
from dangwu.workbench.demo.city.days import START
from dangwu.workbench.demo.city.duties import write_duties
from dangwu.workbench.demo.city.world import Tell, Totals, imagine_city
from dangwu.workbench.demo.city.writing import CityWriter
from dangwu.workbench.demo.life.world import life_of
from dangwu.workbench.demo.life.writing import LifeWriter

EACH = 5_000  # members after which it is told how far it is
MOST_ALIVE = 10_000  # members for whose organisations it is also told what they held


def is_empty() -> bool:
    """Whether nobody has set up an organisation yet."""
    return not Organisation.objects.unscoped("only whether there is any").exists()


def may_fill(*, by: Actor, **_: object) -> bool:
    """Whether whoever asks is at the machine itself, and the site is empty."""
    return by.key.startswith("command:") and is_empty()


@action("demo.fill", allow=may_fill)
def fill_site(
    *,
    by: Actor,
    units: int | None = None,
    members: int | None = None,
    seed: int = 1,
    today: date | None = None,
    tell: Tell = lambda _: None,
) -> Totals:
    """Fill an empty site with the city, and up to today, where that is told, with what its organisations held: those of
    the largest department for three years, the others for one; of a larger city those of its first department alone.
    Invented people are nobody's record: the audit tells how many rows there are.

    ValueError with a Chinese sentence for a city that cannot be.
    """
    open_deed().trial = True  # rows are counted; yet nobody else writes meanwhile, as beside a check
    departments = imagine_city(units=units, members=members, seed=seed)
    totals, writer, told = Totals(), CityWriter(), 0
    for department in departments:
        writer.write(department)
        totals.add(department)
        if today and department.lives and totals.members <= MOST_ALIVE:
            tell(f"正在写入{department.name}的组织生活")
            since = START if sum(body.size for body in department.bodies) > MOST_ALIVE // 4 else _a_year_before(today)
            totals.activities += LifeWriter(*writer.keys).write(
                life_of(department, since=since, today=today, seed=seed)
            )
        if totals.members - told >= EACH or len(department.lives) >= EACH:
            told = totals.members
            tell(f"正在写入：{totals}")
    if today and totals.members <= MOST_ALIVE * 2:
        tell("正在写入来文和主题教育")
        totals.duties = write_duties(today=today, seed=seed)
    return totals


def _a_year_before(day: date) -> date:
    return date(day.year - 1, 1, 1)


def judge_all(today: date) -> None:
    """Judge everything that was written, as the site does by itself in a day."""
    for unit in living_units():
        judged_unit(unit.pk, today)


def settle() -> None:
    """Let the database count what it holds, as it does by itself in the course of a day, so that it plans well."""
    if connection.vendor in {"sqlite", "postgresql"}:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
