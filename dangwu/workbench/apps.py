from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "dangwu.workbench"
    verbose_name = "工作台"
