"""What is asked of an organisation, so that whoever asks for more sees it first."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from dangwu.duties.models import Assignment
from dangwu.notices.models import Addressee
from dangwu.organisations.models import Organisation
from dangwu.records.models import Activity

YEAR = timedelta(days=365)
MINUTES = {"record": 3, "assignment": 20, "notice": 2}
"""What one costs, roughly: a record as measured on the page, a report as people say, a notice as it is read."""


class Burden(NamedTuple):
    """How often something was asked of an organisation in a year, and about how many minutes that takes."""

    records: int
    assignments: int
    notices: int

    @property
    def minutes(self) -> int:
        """Altogether."""
        each = (MINUTES["record"], MINUTES["assignment"], MINUTES["notice"])
        return sum(number * minutes for number, minutes in zip(self, each, strict=True))

    @property
    def hours(self) -> str:
        """The same in hours."""
        return f"{self.minutes / 60:.1f}"


def burden_of(organisation: Organisation, today: date) -> Burden:
    """The burden of the year before a day. Three queries."""
    since = today - YEAR
    records = Activity.objects.of(organisation=organisation).filter(recorded_on__gte=since, recorded_on__lte=today)
    handed = Assignment.objects.of(organisation=organisation).filter(handed_on__gte=since, handed_on__lte=today)
    at = timezone.make_aware(datetime.combine(since, time.min))
    told = Addressee.objects.of(organisation=organisation).filter(notice__sent_at__gte=at)
    return Burden(records.count(), handed.count(), told.count())
