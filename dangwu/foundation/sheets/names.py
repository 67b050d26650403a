"""Several people in one cell."""

import re
import unicodedata

HAN = "㐀-䶿一-鿿〇\uf900-\ufaff\U00020000-\U000323af"  # the characters of names, rare ones included
_BETWEEN = re.compile(rf"[、,;/|\n]+|\s+|(?<=[{HAN}]{{2}})和(?=[{HAN}]{{2}})")
_SPACED_OUT = re.compile(rf"(?<![{HAN}·])([{HAN}])[ \u3000]+([{HAN}])(?![{HAN}·])")
_DOT = re.compile(r"(?<=[^\x00-\xff])[•・‧∙．.●](?=[^\x00-\xff])")
_REMARK = re.compile(r"\([^()]*\)")
_TITLE = re.compile(r"(?:同志|等)$")
_NAME = re.compile(rf"[{HAN}]{{2,6}}|[{HAN}]{{2,}}·[{HAN}·]{{1,20}}|[A-Za-z][A-Za-z .'-]+")
_NOBODY = re.compile(r"^全|全体|全部|所有|党员|支部|小组|委员|人员|干部|群众|职工|分子|对象")


def one_dot(text: str) -> str:
    """Names of several parts with the one dot that belongs there: 买买提•阿卜杜拉 is 买买提·阿卜杜拉."""
    return _DOT.sub("·", text)


def spelled(text: str) -> str:
    """Half-width marks, and a name of two characters without the space that aligns it with longer ones."""
    return one_dot(_SPACED_OUT.sub(r"\1\2", unicodedata.normalize("NFKC", text)).strip())


def is_name(text: str) -> bool:
    """Whether the text may be the name of one person."""
    return bool(_NAME.fullmatch(text)) and not _NOBODY.search(text)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text, in order; “全体党员” names nobody."""
    parts = (_TITLE.sub("", part) for part in _BETWEEN.split(_REMARK.sub("", spelled(text))))
    return tuple(dict.fromkeys(part for part in parts if is_name(part)))
