"""How a report looks in every format: its typefaces by name, and a colour for each status."""

from dataclasses import dataclass

from dangwu.compliance.report import Status


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The typefaces of official papers. They are commercial and never delivered: only named, and replaced by the
    office program where they are missing (`SUBSTITUTES` says by what).
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


@dataclass(frozen=True, slots=True)
class Tint:
    """Ink on ground, as six hexadecimal digits; each pair has a contrast of at least 4.5."""

    ink: str
    ground: str


TINTS = {
    Status.OVERDUE: Tint("8F1D14", "FBE3E1"),
    Status.WARNING: Tint("744600", "FCEBCB"),
    Status.SOON: Tint("1C4A86", "E3EDFA"),
    Status.HINT: Tint("4A4A4A", "F1F1EE"),
    Status.OPEN: Tint("4A4A4A", "FFFFFF"),
    Status.GOOD: Tint("1D5E2B", "E8F4EA"),
    Status.NOT_ASKED: Tint("6B6B6B", "FFFFFF"),
}
ACCENT = "9B1C1C"
LEVEL_TINTS = {
    "failure": TINTS[Status.OVERDUE],
    "warning": TINTS[Status.WARNING],
    "hint": TINTS[Status.HINT],
}
