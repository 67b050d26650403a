from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "dangwu.records"
    verbose_name = "活动记录"
