"""The terms of committees, as a list of posts tells them beside everybody who was elected."""

from collections import defaultdict
from collections.abc import Iterable

from dangwu.foundation.imports.kinds import Difference, Doubt, Resolved, Task
from dangwu.foundation.sheets.shapes import Flaw, Severity
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.imports.people import agrees
from dangwu.members.imports.post_sheet import PostRow
from dangwu.organisations.models import Standing, Term
from dangwu.organisations.policies import KEEP


class Terms:
    """The registered terms, and those that rows told before: of each term the first row brings it in."""

    def __init__(self, task: Task, organisations: Iterable[int]) -> None:
        """Read them."""
        scope = task.by.scope(KEEP, task.on)
        self._kept: dict[int, list[Term]] = defaultdict(list)
        keys = set(organisations)
        for term in Term.objects.within(scope):
            if term.organisation_id in keys:
                self._kept[term.organisation_id].append(term)
        self._told: set[tuple[int, str]] = set()

    def draft(self, row: PostRow, place: Standing, resolved: Resolved) -> None:
        """What a row tells of a term that is not registered so."""
        started = row.term_started_on
        if started is None or (place.organisation_id, str(started)) in self._told:
            return
        self._told.add((place.organisation_id, str(started)))
        kept = [term for term in self._kept[place.organisation_id] if _is(started, term)]
        if not kept:
            told = {"organisation": place.organisation_id, "unit": place.unit_id, "started_on": str(started.earliest)}
            resolved.draft["term"] = {**told, "until": str(row.term_until.latest) if row.term_until else None}
            days = f"{started} 选举" + (f"，{row.term_until} 届满" if row.term_until else "")
            resolved.differences.append(Difference(f"{place.called}届期", "", days))
        elif row.term_until and kept[0].until is None:
            resolved.draft["term"] = {"term": [kept[0].pk, kept[0].version], "until": str(row.term_until.latest)}
            resolved.differences.append(Difference(f"{place.called}届满日期", "", str(row.term_until)))
        elif row.term_until and kept[0].until and not agrees(row.term_until, kept[0].until):
            message = f"已登记这一届 {kept[0].until} 届满，表中写的是 {row.term_until}"
            remedy = "确需更正的，请在党组织的页面办理；按表中所写的，届满日期不变"
            resolved.doubts.append(Doubt("term_until", Flaw("term.differs", Severity.DOUBT, message, remedy)))


def _is(started: PartialDate, term: Term) -> bool:
    return term.started_on is not None and agrees(started, term.started_on)
