"""Years: how old somebody is, and for how long he has been a member of the Party."""

from datetime import date

from dangwu.members.models import Membership


def years_between(start: date, end: date) -> int:
    """Whole years from one day to another; whoever was born on 29 February is a year older on 1 March."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_on(birth: str, day: date) -> int | None:
    """The age of somebody on a day. A birth of which only the month or the year is told counts from its first day."""
    try:
        parts = [int(part) for part in birth.split("-")]
        born = date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return years_between(born, day) if born <= day else None


def party_standing(membership: Membership, day: date) -> int | None:
    """党龄: whole years since somebody became a full member; None where he is none, or nobody told when."""
    confirmed = membership.confirmed_on
    if membership.kind != Membership.Kind.FULL or confirmed is None or confirmed > day:
        return None
    return years_between(confirmed, day)
