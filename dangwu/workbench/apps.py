from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "dangwu.workbench"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Let the index follow everything that is shown out of it."""
        from dangwu.foundation.search.sources import register  # noqa: PLC0415 - models are ready only now
        from dangwu.workbench.searching import SHOWN  # noqa: PLC0415

        for shown in SHOWN:
            register(shown.source)
