"""The invented workbooks on which anybody may try the site."""

from datetime import date
from pathlib import Path

from django.conf import settings

from dangwu.compliance.intake import HandedIn
from dangwu.compliance.models import Workbook
from dangwu.workbench.demo.workbooks import write_demo_workbooks

LAST_DAY = date(2026, 9, 30)  # up to which the invented ledgers are kept
ROLES = {"名册": Workbook.Role.ROSTER, "台账": Workbook.Role.LEDGER, "组织": Workbook.Role.ORGANISATIONS}


def demo_workbooks() -> list[HandedIn]:
    """The messy set, made where it is missing."""
    folder = Path(settings.HOME) / "demo"
    if not any(_workbooks(folder)):
        write_demo_workbooks(folder)
    return _workbooks(folder)


def _workbooks(folder: Path) -> list[HandedIn]:
    paths = sorted((folder / "messy").glob("*.*"))
    return [HandedIn(role, path, path.name) for path in paths if (role := _role(path.name))]


def _role(name: str) -> Workbook.Role | None:
    return next((role for word, role in ROLES.items() if word in name), None)
