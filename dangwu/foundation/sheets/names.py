"""Several people in one cell."""

import re
import unicodedata

_BETWEEN = re.compile(r"[、,;/|\n]+|\s+|(?<=[一-鿿]{2})和(?=[一-鿿]{2})")
_SPACED_OUT = re.compile(r"(?<![一-鿿·])([一-鿿])[ \u3000]+([一-鿿])(?![一-鿿·])")
_REMARK = re.compile(r"\([^()]*\)")
_TITLE = re.compile(r"(?:同志|等)$")
_NAME = re.compile(r"[一-鿿]{2,4}|[一-鿿]{2,}·[一-鿿·]{1,20}|[A-Za-z][A-Za-z .'-]+")
_EVERYBODY = ("全体", "全部", "所有", "全支部", "全党小组")


def spelled(text: str) -> str:
    """Half-width marks, and a name of two characters without the space that aligns it with longer ones."""
    return _SPACED_OUT.sub(r"\1\2", unicodedata.normalize("NFKC", text)).strip()


def is_name(text: str) -> bool:
    """Whether the text may be the name of one person."""
    return bool(_NAME.fullmatch(text)) and not text.startswith(_EVERYBODY)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text, in order; “全体党员” names nobody."""
    parts = (_TITLE.sub("", part) for part in _BETWEEN.split(_REMARK.sub("", spelled(text))))
    return tuple(dict.fromkeys(part for part in parts if is_name(part)))
