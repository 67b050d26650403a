from django.apps import AppConfig


class SamplesConfig(AppConfig):
    """An application of tests alone: its tables exist only in its migrations, and hold every type of value."""

    name = "dangwu.foundation.backup.tests.samples"
    label = "samples"
