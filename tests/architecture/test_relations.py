"""String foreign keys escape the import linter, so the tables are walked here."""

import tomllib

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.sources import ROOT


def layers() -> list[str]:
    """The modules of the house from the roof down, as pyproject.toml declares them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (house,) = (contract for contract in contracts if contract["type"] == "layers")
    return [name for line in house["layers"] for name in line.split(" | ")]


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("dangwu.")]


def module_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)  # noqa: SLF001, Django's own way
def test_relations_of_a_table_point_down(model: type[Model]) -> None:
    order = layers()
    for field in model._meta.get_fields():  # noqa: SLF001, Django's own way
        target = field.related_model
        if field.concrete and isinstance(target, type) and target in own_models():
            assert order.index(module_of(model)) <= order.index(module_of(target)), field
