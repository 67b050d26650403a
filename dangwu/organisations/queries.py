"""Reading organisations: for whom comes first, and as of which day."""

from datetime import date

from django.db import models

from dangwu.foundation.history import as_of
from dangwu.foundation.scope import Scope
from dangwu.organisations.models import Standing, Unit


def standings(scope: Scope) -> models.QuerySet[Standing]:
    """How the organisations in a scope stood on its day, in the order of the tree, with their own rows."""
    return Standing.objects.within(scope).select_related("organisation").order_by("path")


def standings_of_unit(unit: Unit | int, on: date) -> models.QuerySet[Standing]:
    """How all organisations of a unit stood on a day, in the order of the tree, with their own rows."""
    every = Standing.objects.unscoped("a unit is judged as a whole").filter(as_of(on), unit=unit)
    return every.select_related("organisation").order_by("path")
