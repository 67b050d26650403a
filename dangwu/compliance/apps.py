from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "dangwu.compliance"
    verbose_name = "对照检查"
