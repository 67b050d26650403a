"""Charts: declared as figures, drawn by a script, and always told as a table as well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dangwu.foundation.pages.parts import Part
from dangwu.foundation.pages.words import shown

Kind = Literal["bar", "line", "stacked"]
Figure = int | float | None


class Series(NamedTuple):
    """Figures under one name, one for each label; None where nothing is known."""

    name: str
    values: Sequence[Figure]


class Line(NamedTuple):
    """A line of the table under a chart."""

    label: str
    url: str
    values: list[str]


@dataclass(frozen=True, slots=True)
class Chart(Part):
    """A chart with its table. `key` tells it from others on the page; `urls` lead from labels to the lists behind."""

    template = "chart"

    key: str
    title: str
    kind: Kind
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    urls: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse figures that belong to no label."""
        assert all(len(series.values) == len(self.labels) for series in self.series), self.key
        assert len(self.urls) in {0, len(self.labels)}, self.key

    @property
    def drawn(self) -> dict[str, object]:
        """What the script draws."""
        series = [{"name": series.name, "values": list(series.values)} for series in self.series]
        return {"kind": self.kind, "labels": list(self.labels), "series": series, "unit": self.unit}

    def lines(self) -> Iterator[Line]:
        """The table."""
        for place, label in enumerate(self.labels):
            yield Line(
                label,
                self.urls[place] if self.urls else "",
                [shown(series.values[place]) for series in self.series],
            )
