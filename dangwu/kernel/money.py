"""Sums of money, exact to the fen."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Self

import numpy as np
from numpy.typing import NDArray

_FEN_PER_YUAN = 100
_RATE_UNIT = 10_000


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A sum in fen; it may be negative."""

    fen: int

    @classmethod
    def parse(cls, yuan: str | Decimal) -> Self:
        """A sum given in yuan; a ValueError where that is no number or finer than a fen."""
        try:
            amount = Decimal(yuan) * _FEN_PER_YUAN
        except InvalidOperation:
            raise ValueError(f"“{yuan}”不是金额，请写成 75.02 这样的数字。") from None
        if not amount.is_finite() or amount != amount.to_integral_value():
            raise ValueError(f"“{yuan}”不是准确到分的金额，请写成 75.02 这样的数字。")
        return cls(int(amount))

    @classmethod
    def from_yuan(cls, yuan: Decimal, *, rounding: str = ROUND_HALF_UP) -> Self:
        """A sum given in yuan, rounded to the fen."""
        return cls(_whole(yuan * _FEN_PER_YUAN, rounding))

    @property
    def yuan(self) -> Decimal:
        """The sum in yuan, with two places."""
        return Decimal(self.fen).scaleb(-2)

    def times(self, rate: Decimal, *, rounding: str = ROUND_HALF_UP) -> "Money":
        """The share that the rate gives, rounded to the fen."""
        return Money(_whole(self.fen * rate, rounding))

    def __add__(self, other: "Money") -> "Money":
        """Both together."""
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        """What is left."""
        return Money(self.fen - other.fen)

    def __mul__(self, count: int) -> "Money":
        """So many times the sum."""
        return Money(self.fen * count)

    def __neg__(self) -> "Money":
        """The same sum owed."""
        return Money(-self.fen)

    def __bool__(self) -> bool:
        """Whether it is anything at all."""
        return self.fen != 0

    def __str__(self) -> str:
        """The sum as people read it: 75.02 元."""
        return f"{self.yuan} 元"


def _whole(fen: Decimal, rounding: str) -> int:
    return int(fen.to_integral_value(rounding=rounding))


def share_of_many(fen: NDArray[np.int64], rates: NDArray[np.int64]) -> NDArray[np.int64]:
    """The share of many sums at once, rounded half up to the fen as `Money.times` does.

    The rates are in units of 1/10000. Whole tens of thousands are multiplied apart from the rest, so that no product
    overflows whose share would not.
    """
    sums, parts = np.asarray(fen, np.int64), np.asarray(rates, np.int64)
    whole, rest = np.divmod(np.abs(sums), _RATE_UNIT)
    size = np.abs(parts)
    shares = whole * size + (rest * size + _RATE_UNIT // 2) // _RATE_UNIT
    signed: NDArray[np.int64] = np.sign(sums) * np.sign(parts) * shares
    return signed
