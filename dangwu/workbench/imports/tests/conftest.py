"""A clerk of a small committee with a roster to bring in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from dangwu.access.models import Account
from dangwu.foundation.actors import CommandLine
from dangwu.foundation.imports.models import Batch, StagedRow
from dangwu.foundation.sheets.identity import check_digit
from dangwu.members.models import Person
from dangwu.members.services.registering import describe_person
from dangwu.organisations.models import Organisation
from dangwu.organisations.services.reorganising import found_organisation
from dangwu.organisations.services.units import register_unit
from tests.accounts import account, appointed, sign_in

BY = CommandLine("test")
FOUNDED, SINCE, LATER = date(2024, 1, 1), date(2026, 3, 1), date(2026, 4, 1)
HEADS = ("姓名", "身份证号", "所在党支部", "人员类别", "学历")
OFFICE, PERSONNEL = "办公室党支部", "人事处党支部"


def identity(number: str = "99010119800229001") -> str:
    """An identity number of an unassigned region."""
    return number + check_digit(number)


@dataclass
class Desk:
    """机关党委 over 办公室党支部 and 人事处党支部, and whoever sits at the desk."""

    folder: Path
    committee: Organisation
    branches: dict[str, Organisation]
    clerk: Account
    client: Client = field(default_factory=Client)

    def table(self, *rows: Sequence[object], heads: Sequence[str] = HEADS, name: str = "名册.xlsx") -> Path:
        """A workbook in the folder."""
        book, path = Workbook(), self.folder / name
        for row in (heads, *rows):
            book.worksheets[0].append(list(row))
        book.save(path)
        return path

    def hand_in(self, path: Path, **more: str) -> HttpResponseBase:
        """Send a file to the centre."""
        told = {"kind": "", "into": "机关党委", "into_key": str(self.committee.pk), "since": str(SINCE)}
        with path.open("rb") as file:
            return self.post("imports", **{**told, **more, "file": file})

    def post(self, name: str, *args: object, **told: object) -> HttpResponseBase:
        """Send a form of its own."""
        return self.client.post(reverse(name, args=args), {"idempotency_key": str(uuid4()), **told})

    def batch(self, *rows: Sequence[object], **how: object) -> Batch:
        """A batch of these rows that waits for decisions."""
        self.hand_in(self.table(*rows, **how))  # type: ignore[arg-type] # what a table takes
        return Batch.objects.latest("pk")

    def page(self, name: str, *args: object, **asked: str) -> str:
        """What a page says."""
        response = self.client.get(reverse(name, args=args), asked)
        assert response.status_code == 200, (name, response.status_code)
        return response.content.decode()

    def states(self, batch: Batch) -> list[str]:
        """What each row would do."""
        return list(StagedRow.objects.filter(batch=batch).order_by("place").values_list("state", flat=True))


def names() -> set[str]:
    """Everybody who is registered."""
    return set(Person.objects.unscoped("a test").values_list("name", flat=True))


def described(name: str, **told: str) -> None:
    """Somebody else changes what is registered."""
    person = Person.objects.unscoped("a test").get(name=name)
    describe_person(by=BY, person=person, version=person.version, on=LATER, reason="测试改动", told=told)


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Desk:  # noqa: ARG001 - it stands in the database
    unit = register_unit(by=BY, name="示例局", kind="organ", on=FOUNDED)

    def founded(name: str, kind: str, parent: Organisation | None) -> Organisation:
        return found_organisation(by=BY, unit=unit, parent=parent, name=name, kind=kind, on=FOUNDED).organisation

    committee = founded("机关党委", "committee", None)
    branches = {name: founded(name, "branch", committee) for name in (OFFICE, PERSONNEL)}
    clerk = appointed(committee, who=account("wenqing", name="文清"))
    return Desk(tmp_path, committee, branches, clerk, sign_in(Client(), clerk))
