"""What those who should come are told: a notice to be sent by a person, and an entry for their calendars."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from dangwu.kernel.days import told_day
from dangwu.records.attending import Attendee
from dangwu.records.models import Activity
from dangwu.records.told import Told
from dangwu.workbench.recording.forms import Subject

WEEKDAYS = "一二三四五六日"
USUAL_LENGTH = timedelta(hours=1)


def notice(activity: Activity, subject: Subject, people: Sequence[Attendee], told: Told, today: date) -> str:
    """A notice to be copied, or sent as it is."""
    return "\n".join(_lines(activity, subject, people, told, today))


def _lines(activity: Activity, subject: Subject, people: Sequence[Attendee], told: Told, today: date) -> Iterator[str]:
    yield f"关于开展{subject.kind.name}的通知"
    if people:
        yield "、".join(one.name for one in people) + "："
    where = f"在{activity.place}" if activity.place else ""
    topic = f"，主题为“{activity.topic}”" if activity.topic else ""
    yield f"定于{_moment(activity)}{where}开展{subject.kind.name}{topic}。请按时参加，因故不能参加的请提前请假。"
    if told.agenda:
        yield "议题：" + "；".join(f"{place}．{matter.text}" for place, matter in enumerate(told.agenda, 1)) + "。"
    yield subject.standing.called
    yield told_day(today)


def _moment(activity: Activity) -> str:
    at = f" {activity.starts_at:%H:%M}" if activity.starts_at else ""
    return f"{told_day(activity.held_on)}（星期{WEEKDAYS[activity.held_on.weekday()]}）{at}"


def invitation(activity: Activity, subject: Subject, url: str) -> bytes:
    """The activity as a calendar takes it; an activity without hours takes the whole day."""
    event = Event()
    event.add("uid", f"activity-{activity.pk}@dangwu")
    event.add("dtstamp", timezone.now())
    event.add("sequence", activity.version)
    event.add("summary", f"{subject.standing.called}{subject.kind.name}")
    event.add("url", url)
    if activity.state == Activity.State.CANCELLED:
        event.add("status", "CANCELLED")
    for name, text in (("location", activity.place), ("description", activity.topic)):
        if text:
            event.add(name, text)
    for name, moment in zip(("dtstart", "dtend"), _span(activity), strict=True):
        event.add(name, moment)
    calendar = Calendar()
    calendar.add("prodid", "-//dangwu//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _span(activity: Activity) -> tuple[date, date]:
    last = activity.until_on or activity.held_on
    if activity.starts_at is None:
        return activity.held_on, last + timedelta(days=1)
    start = _at(activity.held_on, activity.starts_at)
    return start, _at(last, activity.ends_at) if activity.ends_at else start + USUAL_LENGTH


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
