"""One-time codes as people copy them from paper: letters and figures that cannot be mistaken for each other."""

import hashlib
import re
import secrets
from datetime import timedelta

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs: five bits each
HALF = 16  # signs, 80 bits: nobody guesses them in a day
LIFE = timedelta(hours=24)


def fresh_half() -> str:
    """Half a code, in groups of four."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(HALF))
    return "-".join(signs[start : start + 4] for start in range(0, HALF, 4))


def digest(half: str) -> str:
    """What is kept of half a code. Eighty random bits need no salt."""
    return hashlib.sha256(half.encode()).hexdigest()


def digests(typed: str) -> tuple[str, str]:
    """The digests of what was typed, with or without its hyphens; the second is empty for a code with one half."""
    signs = re.sub(r"[^0-9A-Z]", "", typed.upper())
    first, second = signs[:HALF], signs[HALF:]
    return digest(_grouped(first)), digest(_grouped(second)) if second else ""


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
