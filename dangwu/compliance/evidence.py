"""The records on which a finding rests, told so that the clerk finds them in her own workbooks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from dangwu.compliance.assessing import Obligation
from dangwu.kernel.span import Span
from dangwu.members.models import Person
from dangwu.records.models import Service
from dangwu.rules.explaining import shown

MOST = 12  # records listed in one finding; the rest is counted

Record = tuple[date, str, str, int | None]  # the day, the topic, the ledger and the row there
Records = Mapping[tuple[int, str], list[Record]]


class Evidence:
    """Looks up, in two queries for all findings, the records and roster rows behind them."""

    def __init__(self, unit_id: int, obligations: Iterable[Obligation], span: Span, kinds: Mapping[str, str]) -> None:
        """`kinds` are the names of the kinds of activity."""
        self.kinds = kinds
        found = list(obligations)
        self.records = self._records(unit_id, found, span)
        people = {o.subject for o in found if o.subject_kind == "member"}
        everybody = Person.objects.unscoped("a unit is judged as a whole").filter(unit=unit_id)
        rows = everybody.values_list("pk", "name", "roster_row") if people else ()
        self.people = {key: (name, row) for key, name, row in rows if key in people}

    def _records(self, unit_id: int, obligations: list[Obligation], span: Span) -> Records:
        kinds = {name for o in obligations for name in o.rule.facts if name in self.kinds}
        wanted = {o.subject for o in obligations if o.subject_kind == "organisation"}
        table: dict[tuple[int, str], list[Record]] = defaultdict(list)
        if not (kinds and wanted):
            return table
        every = Service.objects.unscoped("a unit is judged as a whole")
        rows = every.filter(unit=unit_id, kind__in=kinds, held_on__gte=span.start, held_on__lt=span.end)
        for organisation, kind, held_on, topic, ledger, row in rows.order_by("held_on").values_list(
            "organisation", "kind", "held_on", "activity__topic", "activity__ledger", "activity__ledger_row"
        ):
            if organisation in wanted:
                table[organisation, kind].append((held_on, topic, ledger, row))
        return table

    def of(self, obligation: Obligation) -> list[str]:
        """The lines of evidence of one finding: what the facts were, then the records counted."""
        facts = [
            f"{obligation.rule.vocabulary[name].label}：{shown(value, obligation.rule.vocabulary[name])}"
            for name, value in obligation.facts.items()
            if value is not None and name not in {"kind", "activity"} and not isinstance(value, bool)
        ]
        return [*facts, *self._places(obligation)]

    def _places(self, obligation: Obligation) -> list[str]:
        if obligation.activity:
            its = obligation.activity
            return [f"{its['held_on']}的活动记录{_place(its['ledger'], its['ledger_row'])}"]
        if obligation.subject_kind == "member":
            row = self.people[obligation.subject][1]
            return [f"名册第{row}行"] if row else []
        records = [line for name in obligation.facts if name in self.kinds for line in self._lines(obligation, name)]
        return records[:MOST] + ([f"另有{len(records) - MOST}条"] if len(records) > MOST else [])

    def _lines(self, obligation: Obligation, kind: str) -> list[str]:
        span = obligation.period.span if obligation.period else None
        return [
            f"{held_on} {self.kinds[kind]}{f'“{topic}”' if topic else ''}{_place(ledger, row)}"
            for held_on, topic, ledger, row in self.records.get((obligation.subject, kind), [])
            if span is None or held_on in span
        ]


def _place(ledger: str, row: int | None) -> str:
    """Where a record stands."""
    return f"（{ledger or '台账'}第{row}行）" if row else ""
