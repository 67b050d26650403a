from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "dangwu.organisations"
    verbose_name = "党组织"
