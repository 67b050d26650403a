"""How a report looks in every format: a colour for each status."""

from dataclasses import dataclass

from dangwu.compliance.report import Status


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
