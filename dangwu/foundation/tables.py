"""The tables of the database by what the audit is told of them, and those that a piece of work has read."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.apps import apps

_READ = re.compile(r"\b(?:FROM|JOIN)\s+[`\"]?(\w+)", re.IGNORECASE)
_collected: ContextVar[set[str] | None] = ContextVar("collected", default=None)


@cache
def tracked_tables() -> frozenset[str]:
    """The tables whose every change is told to the audit."""
    return frozenset(model._meta.db_table for model in apps.get_models() if getattr(model, "is_tracked", False))  # noqa: SLF001


@cache
def append_only_tables() -> frozenset[str]:
    """The tables in which nothing is ever changed or deleted."""
    return frozenset(model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False))  # noqa: SLF001


@cache
def tables_by_label() -> dict[str, str]:
    """The table of each model, by the label under which the audit tells of it."""
    return {model._meta.label_lower: model._meta.db_table for model in apps.get_models()}  # noqa: SLF001


@contextmanager
def collected_tables() -> Iterator[set[str]]:
    """Collect the names of the tables that are read until the end. Words that only look like one are collected too."""
    tables: set[str] = set()
    token = _collected.set(tables)
    try:
        yield tables
    finally:
        _collected.reset(token)


def note_tables(tables: Iterable[str]) -> None:
    """Have whoever collects know that these are read, though not by a statement now."""
    if (collected := _collected.get()) is not None:
        collected.update(tables)


def note_statement(sql: str) -> None:
    """Have whoever collects know what a statement reads."""
    if (collected := _collected.get()) is not None:
        collected.update(_READ.findall(sql))
