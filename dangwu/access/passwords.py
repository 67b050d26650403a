"""What a password must be: long, and not what everybody in an office would think of.

Django's list of common passwords is asked as well; these validators know the words of Chinese offices.
"""

import re
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from pypinyin import lazy_pinyin

from dangwu.access.models import Account
from dangwu.organisations.models import Unit

SHORTEST = 12
LEFT = 6  # letters that must remain when everything guessable is taken away
LOOKALIKES = str.maketrans("@013457$!", "aoieastsi")
WORDS = Path(__file__).with_name("office_words.txt")


class LongEnough:
    """At least twelve letters; a sentence is easier to keep in mind than signs."""

    def validate(self, password: str, _user: Account | None = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(f"密码至少 {SHORTEST} 位。可以用一句只有自己知道的话。")

    def get_help_text(self) -> str:
        return f"至少 {SHORTEST} 位；可以用一句只有自己知道的话，中文也行。"


class NotGuessable:
    """What is left of a password without office words, names, years and rows of keys must still be something."""

    def validate(self, password: str, user: Account | None = None) -> None:
        plain = password.lower()
        if len(set(plain)) < LEFT:
            raise ValidationError("密码里重复的字太多，请换一个。")
        own = own_words(user) if user else frozenset()
        if min(len(_remainder(text, own)) for text in (plain, plain.translate(LOOKALIKES))) < LEFT:
            raise ValidationError("密码太容易猜到：不要用单位、本人、常见词的拼音加年份、连续数字或者相邻按键。")

    def get_help_text(self) -> str:
        return "不要用单位或者本人的名字、拼音，不要用常见词加数字。"


def _remainder(text: str, own: frozenset[str]) -> str:
    """The letters that nobody would guess."""
    for word in sorted(own | office_words(), key=len, reverse=True):
        text = text.replace(word, " ")
    return re.sub(r"[\W\d_]", "", text)


@cache
def office_words() -> frozenset[str]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def own_words(account: Account) -> frozenset[str]:
    """The account's own name and those of the site's units, in characters, pinyin and its initials."""
    units = Unit.objects.filter(parent=None).exclude(name="").values_list("name", "short_name")[:20]
    names = {account.username.lower(), account.name, *(name for pair in units for name in pair)}
    return frozenset(word for name in names for word in _written(name) if len(word) > 1)


def _written(name: str) -> tuple[str, str, str]:
    syllables = lazy_pinyin(name)
    return name.lower(), "".join(syllables).lower(), "".join(each[:1] for each in syllables).lower()
