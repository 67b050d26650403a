"""What the sign-in page offers beside name and password."""

import logging
from dataclasses import dataclass

from django.urls import reverse

from dangwu.access.sso.adapter import web_entries
from dangwu.access.sso.sign_on_file import SignOnFileError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OfferedProvider:
    """One button: a form that posts to `address`."""

    id: str
    name: str
    address: str


def offered_providers() -> tuple[OfferedProvider, ...]:
    """In the order of the file. None where the file is wrong: name and password must still be asked for."""
    try:
        entries = web_entries()
    except SignOnFileError as error:
        logger.error("%s", error)  # noqa: TRY400 - its sentences say all; the trace says nothing more
        return ()
    return tuple(
        OfferedProvider(entry.id, entry.name, reverse("sign_on", args=[id_])) for id_, entry in entries.items()
    )
