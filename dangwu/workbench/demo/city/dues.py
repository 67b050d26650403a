"""What members pay: as the rulebook has it, from their base; now and then somewhat more."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from dangwu.compliance.rulebooks import every_rule
from dangwu.kernel.money import Money

_WORKING, _RETIRED = "dues-rate", "dues-rate-retired"


@cache
def due(base: Decimal, on: date, *, retired: bool) -> Decimal:
    """What is due each month of a base."""
    bands = every_rule().rules[_RETIRED if retired else _WORKING].values_on(on)["bands"]
    band = next(band for band in bands if band.up_to is None or base <= band.up_to)
    rate = Decimal(band.rate.numerator) / Decimal(band.rate.denominator)
    return Money.from_yuan(base * rate, rounding=ROUND_HALF_UP).yuan
