"""Figures in words: “1,050 次”, “93.5%”, of a confidential one “20 余次” or “不足 5 次”."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from dangwu.insights.counting import STEP, Value
from dangwu.insights.figures import Figure

NOTHING = "—"


def number_of(figure: Figure, value: Value) -> str:
    """The number without its unit."""
    if value.number is None:
        return NOTHING
    if value.of is not None:
        return percent(value)
    if figure.confidential:
        return f"{value.number:,}" if value.number else f"不足 {STEP}"
    rounded = Decimal(value.number).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


def percent(value: Value) -> str:
    """A share in per cent, cut off, so that only all of them are 100 %; a dash where there is no whole."""
    if not value.of or value.number is None:
        return NOTHING
    share = (Decimal(value.number) * 100 / value.of).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{int(share)}%" if share == int(share) else f"{share}%"


def unit_of(figure: Figure, value: Value) -> str:
    """What follows the number: its unit, after “余” where more were counted. A share carries its own."""
    if value.of is not None or value.number is None:
        return ""
    return f"余{figure.unit}" if figure.confidential and value.number else figure.unit


def worded(figure: Figure, value: Value) -> str:
    """The number with its unit."""
    return " ".join(filter(None, (number_of(figure, value), unit_of(figure, value))))


def sentence(figure: Figure, value: Value) -> str:
    """The figure as a sentence of a report."""
    return figure.sentence.replace("{value}", worded(figure, value))


def drawn(value: Value) -> float | int | None:
    """The value as a chart takes it."""
    if value.number is None:
        return None
    if value.of is not None:
        return round(float(value.number) * 100 / value.of, 1) if value.of else None
    return int(value.number) if value.number == int(value.number) else float(value.number)
