"""Rates by band for many amounts at once: what `rate_by_band` asks of one, to the same fen."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from dangwu.kernel.money import share_of_many
from dangwu.rules.shapes import Band

RATE_UNIT = 10_000
FEN_PER_YUAN = 100
CHUNK = 32_768  # amounts at a time: all that is computed of them then stays in the processor's cache

Many = NDArray[np.int64]


def dues_of_many(bands: Sequence[Band], bases_fen: Many) -> Many:
    """What is due of each base, both in fen, rounded half up: the rate of its band applied to the whole base.

    Raises ValueError where a rate is finer than 1/10000 or a base lies above the last band.
    """
    rates = np.array([_parts(band.rate) for band in bands], np.int64)
    bounds = [_fen(band.up_to) for band in bands if band.up_to is not None]
    if len(bounds) == len(bands) and (bases_fen > bounds[-1]).any():
        raise ValueError("有的基数超出了最高一档，费率表没有说明应交多少。")
    due = np.empty_like(bases_fen)
    for start in range(0, len(bases_fen), CHUNK):
        bases = bases_fen[start : start + CHUNK]
        due[start : start + CHUNK] = share_of_many(bases, _rates_of(bases, bounds, rates))
    return due


def _rates_of(bases: Many, bounds: Sequence[int], rates: Many) -> Many:
    """The rate of each base: its band is the number of bounds that it exceeds."""
    bands = np.zeros(bases.shape, np.int8)
    for bound in bounds:
        bands += bases > bound
    return rates.take(bands)


def _parts(rate: Fraction) -> int:
    parts = rate * RATE_UNIT
    if parts.denominator != 1:
        raise ValueError(f"费率 {rate} 细于万分之一，不能成批计算。")
    return parts.numerator


def _fen(yuan: Fraction) -> int:
    """The greatest whole number of fen not above the bound; whole bases compare with it as with the bound itself."""
    return yuan * FEN_PER_YUAN // 1
