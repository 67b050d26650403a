"""Who is meant by a row: found by his number, else by name and birth; else whoever imports is asked."""

from collections.abc import Iterable, Sequence

from dangwu.foundation.imports.decisions import NEW
from dangwu.foundation.imports.kinds import Choice, Doubt
from dangwu.foundation.sheets.shapes import Flaw, Severity
from dangwu.kernel.partial_date import PartialDate
from dangwu.members.imports.known import Known, KnownPeople
from dangwu.members.sheets import RosterRow
from dangwu.organisations.imports.places import Places
from dangwu.organisations.models import Standing

PERSON = "name"
Met = tuple[Known | None, list[Doubt]]


class Meeting:
    """Knows whom a row means, of those who are registered."""

    def __init__(self, people: KnownPeople, places: Places) -> None:
        """Take who is known, and where the import may go."""
        self._people = people
        self._places = places

    def keys(self) -> list[int]:
        """Everybody who may be meant."""
        return self._people.keys()

    def meet(self, row: RosterRow, place: Standing | None, answer: str) -> Met:
        """Somebody, nobody yet, or a question; `answer` is what was decided of this row."""
        if answer == NEW:
            return None, []
        if answer.isdecimal() and (chosen := self._people.by_key(int(answer))):
            return chosen, self._reach(chosen)
        if known := self._people.by_number(row.identity_number):
            return known, self._reach(known)
        likely = [known for known in self._people.by_name(row.name) if may_be(row, known)]
        sure = [known for known in likely if _is_sure(row, known)]
        if len(sure) == 1 and self._is_within(sure[0]):
            return sure[0], []
        near = [known for known in likely if known in sure or self._shares_place(known, place)]
        return None, [self._question(row, near)] if near else []

    def unnumbered(self, row: RosterRow, place: Standing | None) -> Known | None:
        """The only one of this name, where neither he nor the row has a number or a birth, and he belongs there."""
        bare = [known for known in self._people.by_name(row.name) if not (known.person.identity_index or _birth(known))]
        if row.identity_number or row.birth_date or len(self._people.by_name(row.name)) != 1 or not bare:
            return None
        belongs = bare[0].affiliation and place and bare[0].affiliation.organisation_id == place.organisation_id
        return bare[0] if belongs else None

    def _is_within(self, known: Known) -> bool:
        """Whether he belongs, or belonged last, where the import may go; or nowhere."""
        return known.last is None or known.last.organisation_id in self._places.by_key

    def _shares_place(self, known: Known, place: Standing | None) -> bool:
        return known.affiliation is None or place is None or known.affiliation.organisation_id == place.organisation_id

    def _reach(self, known: Known) -> list[Doubt]:
        if self._is_within(known):
            return []
        message = f"{known.person.name}已在本次导入范围以外的党组织登记，号码相同"
        remedy = "请先由对方办理组织关系转出，或者选择不导入这一行"
        return [Doubt("identity_number", Flaw("person.elsewhere", Severity.ERROR, message, remedy))]

    def _question(self, row: RosterRow, likely: Sequence[Known]) -> Doubt:
        message = f"已登记的人员中有 {len(likely)} 个“{row.name}”，不能确定是不是同一个人"
        remedy = "请选择是哪一位；不是同一个人的，选择“新登记一人”"
        flaw = Flaw("person.ambiguous", Severity.DOUBT, message, remedy)
        return Doubt(PERSON, flaw, tuple(self._choices(likely)), asks=True, of_row=True, or_new=True)

    def _choices(self, likely: Sequence[Known]) -> Iterable[Choice]:
        """Those whom the user may know; of others it is only said that they are there."""
        for known in likely:
            if self._is_within(known):
                where = self._places.named(known.last.organisation_id if known.last else None)
                told = "，".join(text for text in (known.person.birth, where) if text)
                yield Choice(known.key, f"{known.person.name}（{told}）" if told else known.person.name)


def may_be(row: RosterRow, known: Known) -> bool:
    """Whether nothing tells a namesake apart. Another number alone does not where births agree: it may be mended."""
    told, kept = row.birth_date, _birth(known)
    if told and kept:
        return told.earliest <= kept.latest and kept.earliest <= told.latest
    return not (row.identity_number and known.person.identity_index)


def _is_sure(row: RosterRow, known: Known) -> bool:
    """Whether name and birth agree, and no two numbers are at odds."""
    both = row.identity_number and known.person.identity_index
    return not both and row.birth_date is not None and _birth(known) is not None


def _birth(known: Known) -> PartialDate | None:
    return PartialDate.parse(known.person.birth) if known.person.birth else None
