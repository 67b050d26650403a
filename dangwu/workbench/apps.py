from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "dangwu.workbench"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Let the index follow everything that is shown out of it, and one's own page show one's year."""
        from dangwu.foundation.search.sources import register  # noqa: PLC0415 - models are ready only now
        from dangwu.members.own_panels import show_on_own_page  # noqa: PLC0415
        from dangwu.workbench.recording.own_pages import own_year_part  # noqa: PLC0415
        from dangwu.workbench.searching import SHOWN  # noqa: PLC0415

        for shown in SHOWN:
            register(shown.source)
        show_on_own_page(own_year_part)
