"""The rule on dues as somebody would write it for OpenFisca. Needs openfisca-core, which only benches install."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from dangwu.rules.rates import FEN_PER_YUAN, RATE_UNIT, Many
from dangwu.rules.shapes import Band

SINCE = "2008-04-01"
MEMBER = build_entity(key="member", plural="members", label="党员", is_person=True)


def _variable(name: str, label: str, **more: Any) -> type:  # noqa: ANN401, a formula for some
    """A variable of OpenFisca: whole numbers, month by month, found by the name of its class."""
    told = {"value_type": int, "entity": MEMBER, "definition_period": MONTH, "label": label}
    return type(name, (Variable,), {**told, **more})


def _formula(member: Any, period: Any, parameters: Any) -> Any:  # noqa: ANN401, OpenFisca has no types
    """The rate of the band, in parts of ten thousand, applied to the whole base and rounded half up to the fen."""
    base = member("dues_base", period)
    parts = parameters(period).dues.calc(base, right=True)
    return np.floor_divide(base * parts + RATE_UNIT // 2, RATE_UNIT)


DUES_BASE = _variable("dues_base", "计算基数")
DUES = _variable("dues", "应交党费", formula=_formula)


class OpenFiscaDues:
    """A simulation that holds the bases of every month and has calculated nothing yet."""

    def __init__(self, bands: Sequence[Band], bases: Sequence[Many]) -> None:
        """`bases` are the months of 2026 from January on, in fen."""
        system = TaxBenefitSystem([MEMBER])
        system.add_variables(DUES_BASE, DUES)
        system.parameters = ParameterNode("", data={"dues": _scale(bands)})
        self._simulation = SimulationBuilder().build_default_simulation(system, count=len(bases[0]))
        self._months = [f"2026-{month:02}" for month in range(1, len(bases) + 1)]
        for month, base in zip(self._months, bases, strict=True):
            self._simulation.set_input("dues_base", month, base)

    def dues(self) -> list[Any]:
        """What is due in every month."""
        return [self._simulation.calculate("dues", month) for month in self._months]


def _scale(bands: Sequence[Band]) -> dict[str, Any]:
    """The bands as OpenFisca's scale of single amounts: the amount above a threshold is the rate."""
    thresholds = [0, *(int(band.up_to * FEN_PER_YUAN) for band in bands[:-1] if band.up_to is not None)]
    brackets = [
        {"threshold": {SINCE: {"value": threshold}}, "amount": {SINCE: {"value": int(band.rate * RATE_UNIT)}}}
        for threshold, band in zip(thresholds, bands, strict=True)
    ]
    return {"brackets": brackets, "metadata": {"type": "single_amount"}}
