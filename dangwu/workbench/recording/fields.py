"""The fields of a record: who was away, what was on the agenda, how was voted. They work without a script."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from dangwu.foundation.pages.finding import PickField
from dangwu.foundation.sheets.safe import legible
from dangwu.records.attending import Attendee
from dangwu.records.told import Away, Matter, Vote, Whom

REASONS = ("病假", "事假", "出差", "值班", "其他")
ROWS = 2
"""Empty rows that a page offers for what has several."""
MOST_ROWS = 60
_NAMES = re.compile(r"[、，,；;\n\r\t]+|\s{2,}")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_GAPS = re.compile(r"\n{3,}")
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_KEY = re.compile(r"\d{1,18}", re.ASCII)


def day_told(text: str) -> date | None:
    """The day that a text tells; None where it tells none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def key_of(text: str) -> int | None:
    """The key of a row that a page sends; None for what no database could hold."""
    return int(text) if _KEY.fullmatch(text) else None


def paragraphs(text: str) -> str:
    """What was pasted, as plain paragraphs: an office program writes other line ends, spaces that do not break, and
    signs that no document can hold.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\xa0", " ").replace("\ufeff", "").split("\n")
    return _GAPS.sub("\n\n", "\n".join(legible(line).rstrip() for line in lines)).strip("\n")


class MinutesField(forms.CharField):
    """Text with its paragraphs."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        super().__init__(strip=False, required=False, max_length=100_000, **options)

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - what the widget read
        return paragraphs(super().to_python(value) or "")


class Chip(NamedTuple):
    """Somebody to tap."""

    key: int
    name: str
    note: str
    chosen: bool
    reason: str


class Chips(forms.Widget):
    """Names to tap: those who were away, each with a reason, or those who came."""

    template_name = "workbench/recording/chips.html"
    use_fieldset = True

    def __init__(self, *, asks_reason: bool) -> None:
        super().__init__()
        self.asks_reason = asks_reason
        self.people: Sequence[Attendee] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[Away, ...]:  # noqa: ANN401, ARG002 - Django's own signature
        keys = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, ())
        told = (int(key) for key in dict.fromkeys(keys) if key_of(str(key)))
        return tuple(Away(key, str(data.get(f"{name}_{key}", ""))[:100]) for key in told)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's own signature
        context = super().get_context(name, None, attrs)
        chosen: Mapping[int, str] = dict(value or ())
        chips = [
            Chip(one.person, one.name, one.note, one.person in chosen, chosen.get(one.person, ""))
            for one in self.people
        ]
        context["widget"] |= {"chips": chips, "reasons": REASONS, "asks_reason": self.asks_reason}
        return context


class PeopleField(forms.Field):
    """Some of those who are offered, with a reason for each where one is asked."""

    widget: Chips

    def __init__(self, *, asks_reason: bool, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        super().__init__(required=False, widget=Chips(asks_reason=asks_reason), **options)

    def offer(self, people: Sequence[Attendee]) -> None:
        self.widget.people = people

    def clean(self, value: Any) -> tuple[Away, ...]:  # noqa: ANN401 - what the widget read
        """Whoever is not offered is refused: the page was of another day."""
        offered = {one.person for one in self.widget.people}
        if any(away.person not in offered for away in value):
            raise ValidationError("名单已经变了（改了日期，或者有人调入调出），请核对后重新选择。")
        return tuple(value)

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ANN401, ARG002 - Django's own signature
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401 - Django's own signature
        return tuple(initial or ()) != tuple(data or ())


class NamesField(forms.CharField):
    """Several people by name; whoever bears a name that one of those on the roster bears alone is he."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        super().__init__(required=False, max_length=1000, **options)
        self.people: Sequence[Attendee] = ()

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - what the widget shows
        return "、".join(one.name for one in value) if isinstance(value, tuple) else value

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - what the widget read
        names = (legible(name).strip() for name in _NAMES.split(super().to_python(value) or ""))
        found = tuple(whom(name, self.people) for name in dict.fromkeys(names) if name)
        if any(len(one.name) > 60 for one in found):  # noqa: PLR2004 - as long as the column
            raise ValidationError("姓名之间请用顿号隔开，一个姓名不超过 60 个字。")
        return found


class NameField(forms.CharField):
    """One person by name."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        super().__init__(required=False, max_length=60, **options)
        self.people: Sequence[Attendee] = ()

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - what the widget shows
        return value.name if isinstance(value, Whom) else value

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 - what the widget read
        name = legible(super().to_python(value) or "").strip()
        return whom(name, self.people) if name else None


def whom(name: str, people: Sequence[Attendee]) -> Whom:
    """Somebody by name: by his key where exactly one on the roster bears it."""
    keys = [one.person for one in people if one.name == name]
    return Whom(name, keys[0] if len(keys) == 1 else None)


class Rows(forms.Widget):
    """Several lines of the same kind; one more is had by a button."""

    use_fieldset = True
    columns: tuple[str, ...]
    more = 0

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:  # noqa: ANN401, ARG002 - Django's own signature
        if not isinstance(data, QueryDict):
            return list(data.get(name) or ())
        lists = [data.getlist(f"{name}_{column}")[:MOST_ROWS] for column in self.columns]
        number = max(map(len, lists), default=0)
        padded = [[*column, *[""] * (number - len(column))] for column in lists]
        return [
            self._row(dict(zip(self.columns, row, strict=True)), data, name, place)
            for place, row in enumerate(zip(*padded, strict=True))
        ]

    def _row(self, row: dict[str, str], data: QueryDict, name: str, place: int) -> dict[str, str]:  # noqa: ARG002 - see the agenda
        return row

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's own signature
        context = super().get_context(name, None, attrs)
        rows = list(value or ())
        missing = max(self.least - len(rows), 0) + self.more
        context["widget"]["rows"] = [*rows, *(dict.fromkeys(self.columns, "") for _ in range(missing))]
        return context

    least = 1


class AgendaRows(Rows):
    template_name = "workbench/recording/agenda.html"
    columns = ("text", "outcome", "from")
    least = ROWS

    def _row(self, row: dict[str, str], data: QueryDict, name: str, place: int) -> dict[str, str]:
        return row | {"open": "on" if str(place) in data.getlist(f"{name}_open") else ""}


class VoteRows(Rows):
    template_name = "workbench/recording/votes.html"
    columns = ("text", "for", "against", "abstained")


class RowsField(forms.Field):
    """What several lines say; empty ones say nothing."""

    widget: Rows

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        super().__init__(required=False, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ANN401, ARG002 - Django's own signature
        return data

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ANN401 - Django's own signature
        return [row for row in initial or () if any(row.values())] != [row for row in data or () if any(row.values())]


class AgendaField(RowsField):
    """Matters, and what came of them."""

    widget = AgendaRows  # type: ignore[assignment] # Django makes it

    def clean(self, value: Any) -> tuple[Matter, ...]:  # noqa: ANN401 - what the widget read
        return tuple(self._matters(value))

    @staticmethod
    def _matters(rows: Sequence[Mapping[str, str]]) -> Iterator[Matter]:
        for row in rows:
            text, outcome = legible(row["text"]).strip(), paragraphs(row["outcome"]).strip()
            if outcome and not text:
                raise ValidationError(f"“{outcome[:20]}”没有写是哪一项议题的结果，请补上议题。")
            if len(text) > 300:  # noqa: PLR2004 - as long as the column
                raise ValidationError(f"议题“{text[:20]}……”太长，请在 300 字以内写明议题，详情写在结果里。")
            if text:
                yield Matter(text, outcome, bool(row.get("open")), key_of(row["from"]))

    @staticmethod
    def rows_of(agenda: Sequence[Matter]) -> list[dict[str, str]]:
        """The lines that say this agenda."""
        return [
            {
                "text": m.text,
                "outcome": m.outcome,
                "from": str(m.carried_from or ""),
                "open": "on" if m.left_open else "",
            }
            for m in agenda
        ]


class Ballot(NamedTuple):
    """A vote as it is filled in: without a number in favour all others were."""

    text: str
    in_favour: int | None
    against: int
    abstained: int


class VotesField(RowsField):
    """What was put to the vote, and the counts."""

    widget = VoteRows  # type: ignore[assignment] # Django makes it

    def clean(self, value: Any) -> tuple[Ballot, ...]:  # noqa: ANN401 - what the widget read
        return tuple(self._ballots(value))

    def _ballots(self, rows: Sequence[Mapping[str, str]]) -> Iterator[Ballot]:
        for row in rows:
            text = legible(row["text"]).strip()
            counts = [self._count(row[name], text) for name in ("for", "against", "abstained")]
            if not text and any(count is not None for count in counts):
                raise ValidationError("有一行写了票数，没有写表决的是什么，请补上决议内容。")
            if len(text) > 500:  # noqa: PLR2004 - as long as the column
                raise ValidationError(f"决议“{text[:20]}……”太长，请在 500 字以内写明。")
            if text:
                yield Ballot(text, counts[0], counts[1] or 0, counts[2] or 0)

    @staticmethod
    def _count(written: str, text: str) -> int | None:
        if not written.strip():
            return None
        if not _NUMBER.fullmatch(written.strip()):
            raise ValidationError(f"决议“{text[:20]}”的票数“{written[:10]}”不是数字，请写成 9 的样子。")
        return int(written)

    @staticmethod
    def rows_of(votes: Sequence[Vote]) -> list[dict[str, str]]:
        """The lines that say these votes."""
        return [
            {
                "text": v.text,
                "for": str(v.in_favour),
                "against": str(v.against or ""),
                "abstained": str(v.abstained or ""),
            }
            for v in votes
        ]


def votes_of(ballots: Sequence[Ballot], there: int | None) -> tuple[Vote, ...]:
    """The votes; who is not told to be against or to abstain was in favour."""
    return tuple(
        Vote(
            b.text,
            max((there or 0) - b.against - b.abstained, 0) if b.in_favour is None else b.in_favour,
            b.against,
            b.abstained,
        )
        for b in ballots
    )


class PickRows(Rows):
    """Several boxes that find."""

    template_name = "workbench/recording/picks.html"
    columns = ("key", "text")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:  # noqa: ANN401 - Django's own signature
        rows = super().value_from_datadict(data, files, name)
        return [{"key": row["key"], "text": row["text"].strip()} for row in rows]


class PartnersField(RowsField):
    """Other organisations, each found by typing."""

    widget = PickRows  # type: ignore[assignment] # Django makes it

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the options of a field
        super().__init__(**options)
        self.one = PickField(required=False)

    def clean(self, value: Any) -> tuple[int, ...]:  # noqa: ANN401 - what the widget read
        keys = (self.one.clean((row["key"], row["text"])) for row in value if row["text"])
        return tuple(dict.fromkeys(found for key in keys if (found := key_of(key))))
