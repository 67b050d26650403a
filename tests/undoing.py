"""Whether what was done and taken back leaves every row as it was."""

from collections.abc import Callable
from typing import Any

from django.apps import apps

from dangwu.access.models import Account
from dangwu.foundation.actors import Actor, CommandLine
from dangwu.foundation.tracking import row_of
from dangwu.foundation.undo.keeping import Undo
from dangwu.foundation.undo.taking_back import take_back
from tests.accounts import actor


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every tracked row, without how often it was written."""
    tracked = [model for model in apps.get_models() if getattr(model, "is_tracked", False)]
    return {model._meta.label: [_row(row) for row in model._base_manager.order_by("pk")] for model in tracked}  # noqa: SLF001 - Django's own way


def _row(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any model
    return {name: value for name, value in row_of(row).items() if name != "version"}


def _whoever(key: str) -> Actor:
    """Whose key it is, acting today."""
    kind, _, pk = key.partition(":")
    return actor(Account.objects.get(pk=pk)) if kind == "account" else CommandLine(pk)


def assert_taken_back(do: Callable[[], object], verb: str) -> None:
    """Do something, take it back as the same actor would, and find every row as it was."""
    before = rows()
    do()
    assert rows() != before
    undo = Undo.objects.latest("at")
    assert undo.verb == verb
    take_back(by=_whoever(undo.actor), undo=undo, now=undo.at)
    assert rows() == before
