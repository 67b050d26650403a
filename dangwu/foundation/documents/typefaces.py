"""The typefaces of official papers, by name. They are commercial and never delivered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The typefaces of official papers: only named, and replaced where they are missing: in Word by what `SUBSTITUTES`
    says, in PDF by the free ones that are installed with us.
    """

    title: str = "方正小标宋简体"
    heading: str = "黑体"
    subheading: str = "楷体_GB2312"
    body: str = "仿宋_GB2312"
    number: str = "宋体"


OFFICIAL = Typefaces()
SUBSTITUTES = {
    "方正小标宋简体": "宋体",
    "黑体": "SimHei",
    "楷体_GB2312": "楷体",
    "仿宋_GB2312": "仿宋",
    "宋体": "SimSun",
}
# what the files of these typefaces call themselves
FILED_AS = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "黑体": ("SimHei",),
    "楷体_GB2312": ("KaiTi_GB2312", "KaiTi"),
    "仿宋_GB2312": ("FangSong_GB2312", "FangSong"),
    "宋体": ("SimSun",),
}
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
LAST = (SERIF, SANS, "Noto Serif TC", "Noto Serif JP")  # where a character is looked for that the others lack
INSTEAD = Typefaces(title=SERIF, heading=SANS, subheading=SERIF, body=SERIF, number=SERIF)


def chosen() -> Typefaces:
    """The typefaces of this site: the official ones, but for those that the settings name."""
    return Typefaces(**getattr(settings, "TYPEFACES", {}))


def families(faces: Typefaces, available: Iterable[str]) -> dict[str, list[str]]:
    """For each use the families to set it in, best first, then all others
    in an order of their own: a character that is anywhere is found, and always the same.
    """
    known = set(available)
    return {
        field.name: list(dict.fromkeys((*_wanted(faces, field.name, known), *LAST, *sorted(known))))
        for field in fields(Typefaces)
    }


def _wanted(faces: Typefaces, use: str, known: set[str]) -> Iterator[str]:
    name = str(getattr(faces, use))
    yield from (each for each in (name, *FILED_AS.get(name, ())) if each in known)
    yield str(getattr(INSTEAD, use))


def named_in(text: str) -> dict[str, str]:
    """What a setting such as “title=华文中宋,body=仿宋” names; ValueError for a use that there is not."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    named = {use.strip(): name.strip() for use, _, name in pairs}
    if unknown := named.keys() - {field.name for field in fields(Typefaces)}:
        raise ValueError(f"DANGWU_TYPEFACES: {'、'.join(sorted(unknown))}")
    return named
