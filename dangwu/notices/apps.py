from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "dangwu.notices"
    verbose_name = "通知"
