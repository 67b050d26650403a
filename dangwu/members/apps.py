from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "dangwu.members"
    verbose_name = "党员"
