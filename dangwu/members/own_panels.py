"""What other modules show on somebody's own page: they know of him what members do not know."""

from collections.abc import Callable
from datetime import date

from dangwu.foundation.pages.parts import Part
from dangwu.members.models import Person

OwnPanel = Callable[[Person, date], Part]
_panels: list[OwnPanel] = []


def show_on_own_page(panel: OwnPanel) -> None:
    """Have a part on everybody's own page, as of the day that it gets."""
    if panel not in _panels:
        _panels.append(panel)


def own_panels(person: Person, today: date) -> list[Part]:
    """What others show of somebody."""
    return [panel(person, today) for panel in _panels]
