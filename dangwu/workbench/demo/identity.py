"""Numbers that look right and belong to nobody.

The region code of every identity number is unassigned, so no living person can bear it; the check digit is right. The
telephone numbers lie in a range that no operator was given.
"""

from datetime import date
from random import Random

from dangwu.foundation.sheets.identity import check_digit

_REGIONS = tuple(f"9901{number:02}" for number in range(1, 9))
_PHONE_PREFIX = "164"


class Numbers:
    """Hands out numbers, none of them twice."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def identity(self, dice: Random, born: date, *, woman: bool) -> str:
        """A valid identity number. It never ends like one that a spreadsheet has rounded."""
        while True:
            serial = dice.randrange(5, 500) * 2 + (not woman)
            body = f"{dice.choice(_REGIONS)}{born:%Y%m%d}{serial:03}"
            number = body + check_digit(body)
            if not number.endswith("00") and self._is_new(number):
                return number

    def phone(self, dice: Random) -> str:
        """A mobile number of eleven digits."""
        while True:
            number = f"{_PHONE_PREFIX}{dice.randrange(10**8):08}"
            if self._is_new(number):
                return number

    def _is_new(self, number: str) -> bool:
        new = number not in self._given
        self._given.add(number)
        return new
