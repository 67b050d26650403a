"""The rulebooks of this installation, each read once for as long as the site runs."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from dangwu.rules.loading import load_rulebook
from dangwu.rules.rulebook import Rulebook


def rulebook_of(packs: Sequence[str]) -> Rulebook:
    """The rulebook of this installation with these packs."""
    return _read(Path(settings.RULEBOOK), tuple(packs))


def every_rule() -> Rulebook:
    """The rulebook with all packs."""
    return _read(Path(settings.RULEBOOK), None)


@lru_cache(maxsize=4)
def _read(folder: Path, packs: tuple[str, ...] | None) -> Rulebook:
    return load_rulebook(folder, packs)


def digest_of(rulebook: Rulebook) -> str:
    """What tells a rulebook from every other."""
    told = "\n".join(f"{rule.id} {rule.digest}" for rule in rulebook.rules.values())
    return sha256(told.encode()).hexdigest()
