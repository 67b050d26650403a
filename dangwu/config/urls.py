from django.urls import include, path

from dangwu.config import health

urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("", include("dangwu.access.urls")),
    path("", include("dangwu.workbench.urls")),
    path("", include("dangwu.organisations.urls")),
    path("", include("dangwu.members.urls")),
    path("", include("dangwu.notices.urls")),
    path("", include("dangwu.duties.urls")),
]

handler500 = "dangwu.config.outages.failed"
