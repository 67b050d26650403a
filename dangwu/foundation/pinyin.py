"""Names as they sound, so that they are found by typing their initials."""

from typing import NamedTuple

from pypinyin import Style, lazy_pinyin


class Spelled(NamedTuple):
    """A text in pinyin without tones: whole (`bangongshi`) and by the initials of its characters (`bgs`)."""

    whole: str
    initials: str


def spelled(*texts: str) -> Spelled:
    """The texts, parted by spaces, in small letters; what is no Chinese character stays as it is."""
    syllables = [lazy_pinyin(text, style=Style.NORMAL) for text in texts if text]
    whole = " ".join("".join(word) for word in syllables)
    initials = " ".join("".join(syllable[:1] for syllable in word) for word in syllables)
    return Spelled(whole.lower(), initials.lower())
