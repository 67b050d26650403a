"""Names of files: as their owners gave them, without what could mislead a reader or reach another folder."""

import re
from pathlib import Path

LONGEST_NAME = 100
_UNWANTED = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\]")


def shown_name(name: str) -> str:
    """The owner's name of a file without what could mislead a reader or reach another folder; its end is kept."""
    path = Path(_UNWANTED.sub("", name).strip())
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix


def named_as(name: str, suffix: str) -> str:
    """The same under the suffix that its content has: what calls itself a picture is one."""
    stem = Path(shown_name(name)).stem.strip(". ") or "附件"
    return f"{stem[: LONGEST_NAME - len(suffix)]}{suffix}"
