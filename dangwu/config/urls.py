from django.urls import include, path

urlpatterns = [
    path("", include("dangwu.access.urls")),
    path("", include("dangwu.workbench.urls")),
    path("", include("dangwu.organisations.urls")),
]
