"""Filling an empty site with the city of the demonstration."""

from django.db import connection

from dangwu.foundation.actions import action
from dangwu.foundation.actors import Actor
from dangwu.foundation.deeds import open_deed
from dangwu.organisations.models import Organisation
from dangwu.workbench.demo.city.world import Tell, Totals, imagine_city
from dangwu.workbench.demo.city.writing import CityWriter

EACH = 5_000  # members after which it is told how far it is


def is_empty() -> bool:
    """Whether nobody has set up an organisation yet."""
    return not Organisation.objects.unscoped("only whether there is any").exists()


def may_fill(*, by: Actor, **_: object) -> bool:
    """Whether whoever asks is at the machine itself, and the site is empty."""
    return by.key.startswith("command:") and is_empty()


@action("demo.fill", allow=may_fill)
def fill_site(
    *, by: Actor, units: int | None = None, members: int | None = None, seed: int = 1, tell: Tell = lambda _: None
) -> Totals:
    """Fill an empty site with the city. Invented people are nobody's record: the audit tells how many rows there are.

    ValueError with a Chinese sentence for a city that cannot be.
    """
    open_deed().trial = True  # rows are counted; yet nobody else writes meanwhile, as beside a check
    departments = imagine_city(units=units, members=members, seed=seed)
    totals, writer, told = Totals(), CityWriter(), 0
    for department in departments:
        writer.write(department)
        totals.add(department)
        if totals.members - told >= EACH or len(department.lives) >= EACH:
            told = totals.members
            tell(f"正在写入：{totals}")
    return totals


def settle() -> None:
    """Let the database count what it holds, as it does by itself in the course of a day, so that it plans well."""
    if connection.vendor in {"sqlite", "postgresql"}:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
