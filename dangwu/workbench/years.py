"""The year that an address asks for."""

from datetime import date

EARLIEST = 1949


def year_asked(asked: str, today: date, *, first: int = EARLIEST, ahead: int = 0) -> int:
    """The year of four digits that is asked for; this one where none is, or one before `first` or more than `ahead`
    years from now.
    """
    if len(asked) == len("2026") and asked.isdecimal() and first <= int(asked) <= today.year + ahead:
        return int(asked)
    return today.year
