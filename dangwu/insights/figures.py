"""The figures that the rulebook declares."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from dangwu.insights.figure_shapes import OF_ACTIVITIES, Measure, check_figure
from dangwu.records.kinds import ActivityKinds
from dangwu.rules.texts import RulebookError, Text, Trouble, read_text


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what is counted of which kinds of activity, members or organisations, under which heading.

    `given_by` leaders counts only what was lectured by one; `headline` figures stand large on the poster; of a
    `confidential` one only a rough number is told.
    """

    id: str
    title: str
    group: str
    place: int
    measure: Measure
    unit: str
    sentence: str
    kinds: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    given_by: str = ""
    headline: bool = False
    confidential: bool = False

    @property
    def of_activities(self) -> bool:
        """Whether activities are what it is counted from."""
        return self.measure in OF_ACTIVITIES

    @property
    def sums_up(self) -> bool:
        """Whether the figures of months add up to that of their year."""
        return self.measure not in {
            *(Measure.ORGANISATIONS, Measure.PEOPLE, Measure.SHARE, Measure.MEMBERS, Measure.STANDING)
        }


class Figures:
    """All figures, in the order in which they are told."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._figures = {figure.id: figure for figure in sorted(figures, key=lambda figure: figure.place)}

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures.values())

    def get(self, key: str) -> Figure | None:
        """The figure of that name."""
        return self._figures.get(key)

    @property
    def groups(self) -> list[tuple[str, list[Figure]]]:
        """The figures under their headings."""
        return [(name, list(rows)) for name, rows in groupby(self._figures.values(), key=lambda figure: figure.group)]


def load_figures(directory: Path, kinds: ActivityKinds) -> Figures:
    """Read a folder of figures, one a file; a RulebookError lists every error with file and line."""
    texts = {path.stem: read_text(path, f"{directory.name}/{path.name}") for path in sorted(directory.glob("*.yaml"))}
    if not texts:
        raise RulebookError([Trouble(str(directory), 1, "这里没有数字", "请指定规则库的 statistics 文件夹")])
    confidential = {kind.id for kind in kinds if kind.is_confidential}
    for stem, text in texts.items():
        check_figure(text, stem, kinds=kinds.ids, confidential=confidential)
    if not _troubles(texts):
        _check_together(texts)
    if troubles := _troubles(texts):
        raise RulebookError(troubles)
    return Figures(_figure(text, confidential) for text in texts.values())


def _troubles(texts: Mapping[str, Text]) -> list[Trouble]:
    return [trouble for text in texts.values() for trouble in text.troubles]


def _check_together(texts: Mapping[str, Text]) -> None:
    """A place is taken once, and the figures of a heading stand together."""
    ordered = sorted(texts.values(), key=lambda text: int(text.content["place"]))
    closed: set[str] = set()
    before: Text | None = None
    for text in ordered:
        if before and before.content["place"] == text.content["place"]:
            text.trouble(("place",), f"次序 {text.content['place']} 已在 {before.file} 中用过", "请改用别的数")
        group = text.content["group"]
        if before and before.content["group"] != group:
            closed.add(before.content["group"])
        if group in closed:
            text.trouble(("place",), f"“{group}”下的数字没有排在一起", "请改正次序，使同一标题下的相连")
        before = text


def _figure(text: Text, confidential: set[str]) -> Figure:
    told = text.content
    return Figure(
        id=told["id"],
        title=told["title"],
        group=told["group"],
        place=int(told["place"]),
        measure=Measure(told["measure"]),
        unit=told["unit"],
        sentence=told["sentence"],
        kinds=frozenset(told.get("kinds", ())),
        members=tuple(told.get("members", ())),
        organisations=tuple(told.get("organisations", ())),
        given_by=told.get("given_by", ""),
        headline="headline" in told,
        confidential=bool(confidential & set(told.get("kinds", ()))),
    )
