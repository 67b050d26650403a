"""The figures of some days under their headings, each with that of a year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dangwu.foundation.remembering import remembered
from dangwu.insights.counting import Value, Values, count, count_by
from dangwu.insights.figures import Figure, Figures
from dangwu.insights.parts import Part
from dangwu.insights.spans import Days
from dangwu.insights.wording import number_of, sentence, unit_of, worded
from dangwu.kernel.periods import Period
from dangwu.kernel.span import Span


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words."""

    figure: Figure
    value: Value
    before: Value

    @property
    def number(self) -> str:
        """The number alone, to be written large."""
        return number_of(self.figure, self.value)

    @property
    def unit(self) -> str:
        """What follows it."""
        return unit_of(self.figure, self.value)

    @property
    def number_before(self) -> str:
        """That of a year before, with its unit."""
        return worded(self.figure, self.before)

    @property
    def sentence(self) -> str:
        """The figure as a sentence."""
        return sentence(self.figure, self.value)

    @property
    def leads_on(self) -> bool:
        """Whether there is anything behind it."""
        return bool(self.value.number or self.before.number)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its figures."""

    title: str
    figures: Sequence[Told]


def told(figures: Figures, part: Part, days: Days) -> list[Heading]:
    """All figures of some days. Some twenty queries; after that none until somebody writes."""
    values, before = (_values(tuple(figures), part, span) for span in (days.span, days.before))
    return [
        Heading(title, [Told(figure, values[figure.id], before[figure.id]) for figure in rows])
        for title, rows in figures.groups
    ]


def one(figure: Figure, part: Part, days: Days) -> Told:
    """A figure of some days."""
    value, before = (_values((figure,), part, span)[figure.id] for span in (days.span, days.before))
    return Told(figure, value, before)


def course(figure: Figure, part: Part, periods: Sequence[Period], today: date) -> list[Value]:
    """A figure period by period."""
    known_by = ("course of a figure", figure, part, tuple(periods), today)
    return remembered(known_by, lambda: count_by(figure, part, periods, today))


def _values(figures: tuple[Figure, ...], part: Part, span: Span) -> Values:
    return remembered(("figures", figures, part, span), lambda: count(figures, part, span))
