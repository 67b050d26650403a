from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "dangwu.compliance"
    verbose_name = "对照检查"

    def ready(self) -> None:
        from dangwu.compliance.living.marking import mark  # noqa: PLC0415 - it knows models, which are ready only now
        from dangwu.foundation.deeds import when_concluded  # noqa: PLC0415 - likewise

        when_concluded(mark)
