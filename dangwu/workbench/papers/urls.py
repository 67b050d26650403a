from django.urls import path, re_path

from dangwu.workbench.papers import pages

urlpatterns = [
    path("ledgers/", pages.ledgers, name="ledgers"),
    path("organisations/<int:pk>/ledgers/", pages.of_organisation, name="organisation-ledgers"),
    re_path(
        r"^organisations/(?P<pk>\d+)/ledgers/(?P<year>\d{4})/(?P<name>[a-z]+)(?P<suffix>\.(docx|xlsx|pdf))$",
        pages.paper,
        name="ledger",
    ),
    re_path(r"^activities/(?P<pk>\d+)/minutes(?P<suffix>\.(docx|pdf))$", pages.minutes, name="minutes-file"),
]
