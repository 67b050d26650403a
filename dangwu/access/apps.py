from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "dangwu.access"
    verbose_name = "账号与权限"
