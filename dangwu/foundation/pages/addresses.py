"""Addresses of the same page with other choices."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

NUMBER = 1234567890  # stands for a key, and is in no address


@dataclass(frozen=True, slots=True)
class Choices:
    """What the address of a page says after its question mark."""

    asked: QueryDict

    def with_(self, **changes: object) -> str:
        """The address with these parameters changed; None takes one away."""
        kept = [(name, value) for name, value in self._pairs() if name not in changes]
        added = [(name, str(value)) for name, value in changes.items() if value is not None]
        return "?" + urlencode(kept + added)

    def without(self, *names: str) -> str:
        """The address without these parameters."""
        return self.with_(**dict.fromkeys(names))

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """Every parameter but these, for the hidden fields of a form."""
        return [(name, value) for name, value in self._pairs() if name not in but]

    def _pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.asked.lists() for value in values if value]


def address(name: str, key: int) -> str:
    """Where the page of this name is about what has this key. A list asks for many; Django looks each up anew."""
    before, after = _around(name)
    return f"{before}{key}{after}"


@cache
def _around(name: str) -> tuple[str, str]:
    before, after = reverse(name, args=[NUMBER]).rsplit(str(NUMBER), 1)
    return before, after


def way_on(request: HttpRequest, *, otherwise: str) -> str:
    """The page of this site to which a form says that it leads on (`next`); another where it names none."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else otherwise
