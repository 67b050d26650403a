"""How Django knows this module."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The ground on which the modules with party business stand."""

    name = "dangwu.foundation"
    verbose_name = "基础"
