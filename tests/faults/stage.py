"""A small bureau in which things go wrong, and how its tables look."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from dangwu.access.models import Account
from dangwu.access.services.accounts import open_account
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.audit.inspection import inspect
from dangwu.foundation.audit.models import AuditEntry
from dangwu.members.models import Person, Post
from dangwu.members.services.accounts import link_account
from dangwu.members.services.posts import take_post
from dangwu.members.services.registering import register_person
from dangwu.organisations.models import Organisation, Unit
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit

BY = CommandLine("test")
FOUNDED, ON = date(2025, 1, 1), date(2025, 6, 1)
NOW = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)

Row = tuple[object, ...]
Tables = dict[str, list[Row]]


@dataclass
class Stage:
    """Two committees; below the first 办公室党支部, of which 钟正 is the secretary, and 人事处党支部."""

    unit: Unit
    committee: Organisation
    other: Organisation
    office: Organisation
    personnel: Organisation
    secretary: Person
    deputy: Person
    account: Account


def set_stage() -> Stage:
    """Found, register and appoint, by the services."""
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)
    committee, other = (founded(unit, name, "committee") for name in ("第一机关党委", "第二机关党委"))
    office, personnel = (founded(unit, name, "branch", committee) for name in ("办公室党支部", "人事处党支部"))
    secretary, deputy = (registered(office, name) for name in ("钟正", "严明"))
    registered(personnel, "方圆")
    first, second = (opened(name) for name in ("zhongzheng", "yanming"))
    link_account(by=BY, person=secretary, version=1, account=first, on=ON)
    link_account(by=BY, person=deputy, version=1, account=second, on=ON)
    take_post(by=BY, person=secretary, organisation=office, kind=Post.Kind.SECRETARY, on=FOUNDED)
    return Stage(unit, committee, other, office, personnel, secretary, deputy, first)


def founded(unit: Unit, name: str, kind: str, parent: Organisation | None = None) -> Organisation:
    """An organisation since the day on which everything begins."""
    return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind=kind, on=FOUNDED).organisation


def registered(where: Organisation, name: str) -> Person:
    """A full member since that day."""
    return register_person(by=BY, organisation=where, name=name, kind="full", on=FOUNDED)


def opened(username: str) -> Account:
    """An account of a person."""
    told = {"username": username, "name": username, "kind": Account.Kind.PERSON, "email": ""}
    return open_account(by=BY, now=NOW, on=FOUNDED, **told).account


def tables() -> Tables:
    """Every row of every table."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        # the words of the search are an index beside its entries: it cannot be read as a table
        return {name: _rows(cursor, name) for name in names if not name.startswith("search_words")}


def _rows(cursor: CursorWrapper, table: str) -> list[Row]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database told the name
    return sorted(cursor.fetchall(), key=repr)


def audited() -> int:
    """How many deeds the audit tells of; AlteredError where its chain does not hold."""
    inspect(NOW)
    return AuditEntry.objects.count()
