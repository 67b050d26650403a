"""Writing what was held, many rows with a statement. Part of an action."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from dangwu.foundation.sealing.sealed import seal
from dangwu.records.models import (
    Absence,
    Activity,
    AgendaItem,
    Part,
    Participation,
    Partner,
    Resolution,
    Service,
    Talk,
)
from dangwu.records.services.talks import CONTENT
from dangwu.records.standing import activity_kinds
from dangwu.workbench.demo.city.shapes import Body, Life
from dangwu.workbench.demo.life.shapes import Doing

CHUNK = 4_000
Rows = Callable[[Doing, dict[str, Any]], Iterator[Any]]


class LifeWriter:
    """Writes activities; `bodies` and `people` are the keys of those who held them and of those who came."""

    def __init__(self, unit_id: int, bodies: Mapping[Body, int], people: Mapping[Life, int]) -> None:
        self._unit_id, self._bodies, self._people = unit_id, bodies, people
        self._kinds = activity_kinds()

    def write(self, doings: Iterable[Doing]) -> int:
        """Write them all; how many there were."""
        waiting, number = iter(doings), 0
        while chunk := list(islice(waiting, CHUNK)):
            number += len(chunk)
            self._write(chunk)
        return number

    def _write(self, doings: list[Doing]) -> None:
        rows = Activity.objects.bulk_create([self._activity(doing) for doing in doings])
        pairs = [
            (doing, {"unit_id": self._unit_id, "activity_id": row.pk}) for doing, row in zip(doings, rows, strict=True)
        ]
        tables: dict[type[Any], Rows] = {
            Service: self._services,
            Absence: self._absences,
            Participation: self._participations,
            Part: self._parts,
            AgendaItem: self._agenda,
            Resolution: self._resolutions,
            Partner: self._partners,
            Talk: self._talks,
        }
        for model, rows_of in tables.items():
            model.objects.bulk_create([row for doing, told in pairs for row in rows_of(doing, told)])

    def _activity(self, doing: Doing) -> Activity:
        weakest = min(doing.votes, key=lambda vote: vote.in_favour, default=None)
        return Activity(
            unit_id=self._unit_id,
            organisation_id=self._bodies[doing.body],
            besides=",".join(doing.besides),
            chair=doing.chair.name if doing.chair else "",
            recorder=doing.recorder.name if doing.recorder else "",
            lecturer=doing.lecturer.name if doing.lecturer else "",
            in_favour=weakest.in_favour if weakest else None,
            against=weakest.against if weakest else None,
            abstained=weakest.abstained if weakest else None,
            **{name: getattr(doing, name) for name in COPIED},
        )

    def _services(self, doing: Doing, told: dict[str, Any]) -> Iterator[Service]:
        if doing.state != Activity.State.CONCLUDED:
            return
        served = self._kinds.served((doing.kind, *doing.besides))
        entailed = self._kinds.entailed(served)
        for body in (doing.body, *doing.partners):
            for kind in served:
                counted = {"kind": kind, "held_on": doing.held_on, "entailed": kind in entailed}
                yield Service(organisation_id=self._bodies[body], **counted, **told)

    def _absences(self, doing: Doing, told: dict[str, Any]) -> Iterator[Absence]:
        for life, reason in doing.absent:
            yield Absence(person_id=self._people[life], name=life.name, reason=reason, **told)

    def _participations(self, doing: Doing, told: dict[str, Any]) -> Iterator[Participation]:
        for life in doing.took_part:
            yield Participation(person_id=self._people[life], name=life.name, **told)

    def _parts(self, doing: Doing, told: dict[str, Any]) -> Iterator[Part]:
        """Whoever lectured is known by his record; of who chaired long ago the name is enough."""
        if doing.lecturer:
            who = {"person_id": self._people[doing.lecturer], "name": doing.lecturer.name}
            yield Part(role=Part.Role.LECTURER, **who, **told)

    def _agenda(self, doing: Doing, told: dict[str, Any]) -> Iterator[AgendaItem]:
        for place, matter in enumerate(doing.agenda, 1):
            yield AgendaItem(place=place, text=matter.text, outcome=matter.outcome, left_open=matter.left_open, **told)

    def _resolutions(self, doing: Doing, told: dict[str, Any]) -> Iterator[Resolution]:
        for place, vote in enumerate(doing.votes, 1):
            yield Resolution(place=place, **vote._asdict(), **told)

    def _partners(self, doing: Doing, told: dict[str, Any]) -> Iterator[Partner]:
        for body in doing.partners:
            yield Partner(organisation_id=self._bodies[body], confirmed_on=doing.recorded_on or doing.held_on, **told)

    def _talks(self, doing: Doing, told: dict[str, Any]) -> Iterator[Talk]:
        if doing.talk:
            who = {"talker_id": self._people[doing.talk.talker], "partner_id": self._people[doing.talk.partner]}
            talk = Talk(**who, **told)
            talk.content = seal(doing.talk.content, owner=talk.uid, field=CONTENT, findable=False)
            yield talk


COPIED = (
    *("kind", "held_on", "topic", "group", "place", "expected", "present", "voters", "voters_present", "minutes"),
    *("hours", "days", "audience", "confirmed_by", "recorded_on", "late_reason", "state"),
)
