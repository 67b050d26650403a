"""How Django knows this module."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class FoundationConfig(AppConfig):
    """The ground on which the modules with party business stand."""

    name = "dangwu.foundation"
    verbose_name = "基础"

    def ready(self) -> None:
        """Guard every connection from its first statement on."""
        from dangwu.foundation.guard import stand_guard  # noqa: PLC0415 - it knows models, which are ready only now

        connection_created.connect(stand_guard, dispatch_uid="dangwu.guard")
