"""Django's own `migrate`, to whose work nobody answers: it changes tables, not what is recorded in them."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from dangwu.foundation.deeds import unguarded


class Command(Migrate):
    """As Django has it, past the guard."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Migrate."""
        with unguarded("a migration gives tables another form"):
            super().handle(*args, **options)
