"""The activities by which duties may be fulfilled: records and duties are siblings, so they meet here."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from dangwu.duties.proving import Record
from dangwu.foundation.scope import Scope
from dangwu.records.models import Activity, Partner
from dangwu.records.queries import activities
from dangwu.records.standing import activity_kinds

RECENT = 30
HELD = (Activity.State.MINUTED, Activity.State.CONCLUDED)


class ActivityRecords:
    """What `duties.proving` asks for. Confidential talks are never offered."""

    def __init__(self) -> None:
        self.kinds = activity_kinds()
        self.confidential = [kind.id for kind in self.kinds if kind.is_confidential]

    def recent(self, scope: Scope, organisation: int) -> list[Record]:
        """The latest of an organisation, those included that it held with others."""
        shared = Partner.objects.of(organisation=organisation).filter(confirmed_on__isnull=False).values("activity")
        rows = activities(scope).filter(Q(organisation=organisation) | Q(pk__in=shared))
        held = rows.filter(state__in=HELD, held_on__lte=scope.on).exclude(kind__in=self.confidential)
        return [self._told(row) for row in held[:RECENT]]

    def of(self, scope: Scope, keys: Iterable[int]) -> dict[int, Record]:
        """Those of these that are still there."""
        return {row.pk: self._told(row) for row in activities(scope).filter(pk__in=list(keys))}

    def title_of(self, row: Activity) -> str:
        """Its kind and what it was about."""
        name = self.kinds.name_of(row.kind) if self.kinds.get(row.kind) else ""
        return "：".join(filter(None, [name, row.topic])) or "活动"

    def _told(self, row: Activity) -> Record:
        return Record(row.pk, row.held_on, self.title_of(row), _address_of(row.pk))


def _address_of(activity: int) -> str:
    """The page of an activity, where the site has one."""
    try:
        return reverse("activity", args=[activity])
    except NoReverseMatch:
        return ""
