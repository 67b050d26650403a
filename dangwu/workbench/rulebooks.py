"""The rulebook of this installation, read once for as long as the site runs."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dangwu.compliance.services.packs import packs as known_packs
from dangwu.rules.loading import load_rulebook
from dangwu.rules.rulebook import Rulebook


def whole_rulebook() -> Rulebook:
    """Every rule of every pack."""
    return _read(Path(settings.RULEBOOK))


@lru_cache(maxsize=2)
def _read(directory: Path) -> Rulebook:
    return load_rulebook(directory, packs=None)


def packs() -> list[tuple[str, str]]:
    """The packs that may be switched on, with the titles of their documents."""
    return list(known_packs().items())
