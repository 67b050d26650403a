"""Entries as calendar programs fetch them. What leaves the site names no person, and nothing of what was said."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from dangwu.kernel.months import add_months
from dangwu.kernel.span import Span
from dangwu.workbench.calendar.gathering import KINDS, Entry

BEFORE, AHEAD = 1, 6  # months
USUAL_LENGTH = timedelta(hours=1)
EVERY = "PT6H"  # how often a program should ask again


def span_of(today: date) -> Span:
    """The days that a feed tells of."""
    return Span(add_months(today, -BEFORE), add_months(today, AHEAD))


def written(entries: Iterable[Entry], *, site: str, now: datetime) -> bytes:
    """The entries as iCalendar; `site` stands before their addresses."""
    calendar = Calendar()
    calendar.add("prodid", "-//dangwu//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "党务日历")
    calendar.add("x-published-ttl", EVERY)
    for entry in entries:
        calendar.add_component(_event(entry, site, now))
    told: bytes = calendar.to_ical()
    return told


def _event(entry: Entry, site: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@dangwu")
    event.add("dtstamp", now)
    event.add("summary", entry.title)
    event.add("url", site + entry.url)
    event.add("categories", [KINDS[entry.kind]])
    for name, text in (("location", entry.place), ("description", entry.note)):
        if text:
            event.add(name, text)
    start, end = _hours(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    return event


def _hours(entry: Entry) -> tuple[date, date]:
    """From when until when; without hours the whole days."""
    last = max(entry.until or entry.day, entry.day)
    if entry.starts_at is None:
        return entry.day, last + timedelta(days=1)
    start = _at(entry.day, entry.starts_at)
    end = _at(last, entry.ends_at) if entry.ends_at else start + USUAL_LENGTH
    return start, max(end, start)


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour)).astimezone(UTC)
