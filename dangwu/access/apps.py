from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "dangwu.access"
    verbose_name = "账号与权限"

    def ready(self) -> None:
        from dangwu.access import checks  # noqa: F401, PLC0415 - it registers itself
        from dangwu.access.witnessing import watch  # noqa: PLC0415 - it knows models, which are ready only now

        watch()
