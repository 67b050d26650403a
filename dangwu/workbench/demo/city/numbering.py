"""Numbers that nobody bears, none of them twice: the n-th person's follow from n alone."""

from datetime import date

from dangwu.foundation.sheets.identity import check_digit

_SERIALS = 500  # of each gender on a day in a region
_REGIONS = 4_999
_ALL = _SERIALS * _REGIONS
_STEP = 1_618_033  # has no divisor in common with how many there are, nor with ten
_OTHER_REGIONS = 5_000
_PHONES = 10**8
_PHONE_STEP = 61_803_399
_PHONE_PREFIX = "164"  # a range that no operator was given


def numbers_of(number: int, born: date, *, woman: bool) -> tuple[str, str]:
    """Identity and telephone number of the n-th person. ValueError for more people than there are numbers."""
    if not 0 <= number < _ALL:
        raise ValueError(f"最多可以虚构 {_ALL:,} 人的号码，请减少党员数。")
    region, serial = divmod(number * _STEP % _ALL, _SERIALS)
    identity = _identity(region + 1, born, serial * 2 + (not woman))
    if identity.endswith("00"):  # as a spreadsheet leaves a rounded one
        identity = _identity(region + 1 + _OTHER_REGIONS, born, serial * 2 + (not woman))
    return identity, f"{_PHONE_PREFIX}{(number + 1) * _PHONE_STEP % _PHONES:08}"


def _identity(region: int, born: date, serial: int) -> str:
    body = f"99{region:04}{born.year}{born.month:02}{born.day:02}{serial:03}"
    return body + check_digit(body)
