from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "dangwu.records"
    verbose_name = "活动记录"

    def ready(self) -> None:
        """Let the signatures of minutes follow them."""
        from dangwu.foundation.deeds import when_concluded  # noqa: PLC0415 - models are ready only now
        from dangwu.records.signatures import keep_signed  # noqa: PLC0415

        when_concluded(keep_signed)
