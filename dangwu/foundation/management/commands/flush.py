"""Django's own `flush`, which empties every table of a test's database."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from dangwu.foundation.deeds import unguarded


class Command(Flush):
    """As Django has it, past the guard."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Empty all tables."""
        with unguarded("all tables are emptied"):
            super().handle(*args, **options)
