"""Organisations as commands name them."""

import sys
from datetime import date
from typing import NoReturn

import click
from django.db.models import Q

from dangwu.foundation.scope import Scope
from dangwu.kernel.tree_path import TreePath
from dangwu.organisations.models import Organisation, Standing
from dangwu.organisations.queries import highest, standings

NOT_POSSIBLE = 2


def refuse(words: str) -> NoReturn:
    """End with a sentence that says what to do."""
    click.echo(words, err=True)
    sys.exit(NOT_POSSIBLE)


def scope_under(name: str | None, on: date) -> Scope:
    """Everything, or what lies at and below an organisation."""
    return Scope((TreePath(_called(name, on).path),), on) if name else Scope.everything(on)


def organisation_called(name: str, on: date) -> Organisation:
    """The one organisation that is called so."""
    return _called(name, on).organisation


def head_called(name: str | None, on: date) -> Standing:
    """The organisation that heads a unit: the one called so, or the only one."""
    if name:
        found = _called(name, on)
        return found if found.parent_id is None else refuse(f"“{name}”不是最上级党组织，请写本单位最上级党组织。")
    heads = list(highest(on).select_related("organisation")[:2])
    if not heads:
        refuse("还没有党组织。")
    return heads[0] if len(heads) == 1 else refuse("最上级党组织不止一个，请用 --under 写明是哪一个。")


def _called(name: str, on: date) -> Standing:
    found = list(standings(Scope.everything(on)).filter(Q(name=name) | Q(short_name=name))[:2])
    if not found:
        refuse(f"没有名为“{name}”的党组织，请写全称或简称。")
    if len(found) > 1:
        refuse(f"不止一个党组织名为“{name}”，请写全称。")
    return found[0]
