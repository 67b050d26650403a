"""What people have said to verdicts of a unit: exemptions and the findings of the level above, read at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from dangwu.compliance.living.rows import every
from dangwu.compliance.models import Exemption, Overruling
from dangwu.kernel.periods import Period
from dangwu.organisations.queries import Only, among


class Spoken:
    """Exemptions and overrulings by what they are about."""

    def __init__(
        self,
        day: date,
        exemptions: Iterable[tuple[int, str, date, date]] = (),
        overrulings: Iterable[tuple[int, str, str, str]] = (),
    ) -> None:
        """`day` is the one as of which what always holds is judged."""
        self._day = day
        self._exempt: dict[tuple[int, str], list[tuple[date, date]]] = defaultdict(list)
        for organisation, rule, since, until in exemptions:
            self._exempt[organisation, rule].append((since, until))
        self._words = {(organisation, rule, period): word for organisation, rule, period, word in overrulings}

    def is_exempt(self, key: tuple[int, str, str], period: Period | None) -> bool:
        """Whether an organisation is exempt from a rule for at least half of a period; today from what always holds."""
        if not self._exempt:
            return False
        first, last = (period.span.start, period.span.last) if period else (self._day, self._day)
        spans = [*self._exempt.get(key[:2], ()), *self._exempt.get((key[0], ""), ())]
        return any(_covers_half(span, first, last) for span in spans)

    def word(self, key: tuple[int, str, str]) -> str:
        """What the level above found, or nothing."""
        return self._words.get(key, "") if self._words else ""


def _covers_half(span: tuple[date, date], first: date, last: date) -> bool:
    since, until = max(span[0], first), min(span[1], last)
    return 2 * ((until - since).days + 1) >= (last - first).days + 1 and since <= until


def spoken_for(unit: int, day: date, only: Only) -> Spoken:
    """What was said about a unit, or about some of its organisations."""
    exemptions = every(Exemption).filter(among(only), unit=unit)
    overrulings = every(Overruling).filter(among(only), unit=unit)
    return Spoken(
        day,
        exemptions.values_list("organisation", "rule", "since", "until"),
        overrulings.values_list("organisation", "rule", "period", "word"),
    )
