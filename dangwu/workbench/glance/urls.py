from django.urls import path

from dangwu.workbench.glance import pages

urlpatterns = [
    path("", pages.overview, name="overview"),
    path("levels/", pages.levels, name="overview-levels"),
    path("duties/<slug:rule_id>/", pages.one_duty, name="overview-duty"),
]
