from django.urls import include, path, re_path

from dangwu.workbench import check_pages, home_pages, organisation_page, rule_pages, search_page, undo_pages, views

urlpatterns = [
    path("", home_pages.home, name="home"),
    path("checks/", views.hand_in, name="checks"),
    path("appearance/", views.appearance, name="appearance"),
    path("checks/demo/", views.try_demo, name="try-demo"),
    path("checks/<int:pk>/", check_pages.overview, name="check"),
    path("checks/<int:pk>/findings/", check_pages.findings, name="findings"),
    path("checks/<int:pk>/due/", check_pages.due, name="due"),
    path("checks/<int:pk>/problems/", check_pages.problems, name="problems"),
    path("checks/<int:pk>/workbooks/", check_pages.workbooks, name="workbooks"),
    path("checks/<int:pk>/delete/", views.delete, name="delete"),
    re_path(r"^checks/(?P<pk>\d+)/report(?P<suffix>\.(xlsx|docx|pdf|html|json))$", check_pages.report, name="report"),
    path("organisations/<int:pk>/", organisation_page.organisation, name="organisation"),
    path("", include("dangwu.workbench.home_urls")),
    path("", include("dangwu.workbench.recording.urls")),
    path("activities/", include("dangwu.records.attachment_urls")),
    path("audit/", include("dangwu.workbench.audit_urls")),
    path("", include("dangwu.workbench.branch.urls")),
    path("overview/", include("dangwu.workbench.glance.urls")),
    path("figures/", include("dangwu.workbench.figures.urls")),
    path("undo/<uuid:key>/", undo_pages.undo, name="undo"),
    path("imports/", include("dangwu.workbench.imports.urls")),
    path("", include("dangwu.workbench.papers.urls")),
    path("reconcile/", include("dangwu.workbench.reconciling.urls")),
    path("search/", search_page.search, name="search"),
    path("rules/", rule_pages.rules, name="rules"),
    path("rules/<slug:rule_id>/", rule_pages.rule, name="rule"),
]
