"""The rulebook of this installation, read once for as long as the site runs."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dangwu.rules.loading import NATIONAL, load_rulebook
from dangwu.rules.rulebook import Rulebook


def whole_rulebook() -> Rulebook:
    """Every rule of every pack."""
    return _read(Path(settings.RULEBOOK))


@lru_cache(maxsize=2)
def _read(directory: Path) -> Rulebook:
    return load_rulebook(directory, packs=None)


def packs() -> list[tuple[str, str]]:
    """The packs that may be switched on, with the titles of their documents."""
    titles: dict[str, dict[str, None]] = {}
    for rule in whole_rulebook().rules.values():
        if rule.pack != NATIONAL:
            titles.setdefault(rule.pack, {})[rule.document.title] = None
    return [(pack, "、".join(documents)) for pack, documents in titles.items()]
