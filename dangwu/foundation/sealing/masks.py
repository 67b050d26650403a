"""What is shown of a number that is not shown: enough to recognise one's own, too little to use."""

from collections.abc import Callable
from typing import Final

FEWEST_HIDDEN: Final = 4
_STAR: Final = "*"


def ends(head: int, tail: int) -> Callable[[str], str]:
    """A mask that leaves so many characters at either end, fewer where less than four would be hidden."""

    def mask(text: str) -> str:
        for first, last in ((head, tail), (0, tail)):
            hidden = len(text) - first - last
            if hidden >= FEWEST_HIDDEN:
                return text[:first] + _STAR * hidden + text[len(text) - last :]
        return _STAR * FEWEST_HIDDEN

    return mask


MASKS: Final = {
    "identity": ends(3, 4),
    "phone": ends(3, 4),
    "whole": ends(0, 0),
}
