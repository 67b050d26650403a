from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "dangwu.duties"
    verbose_name = "任务落实"
