from django.urls import path, re_path

from dangwu.workbench.papers import bundle_pages, form_pages, pages

urlpatterns = [
    path("ledgers/", pages.ledgers, name="ledgers"),
    path("ledgers/placeholders/", form_pages.placeholders, name="ledger-placeholders"),
    path("ledgers/sample.docx", form_pages.sample, name="ledger-sample"),
    path("ledgers/bundles/<int:pk>/", bundle_pages.bundle, name="ledger-bundle"),
    path("ledgers/bundles/<int:pk>/archive.zip", bundle_pages.archive, name="ledger-archive"),
    path("organisations/<int:pk>/ledgers/", pages.of_organisation, name="organisation-ledgers"),
    path("organisations/<int:pk>/ledgers/pack/", bundle_pages.pack, name="ledger-pack"),
    path("organisations/<int:pk>/ledgers/forms/", form_pages.own_forms, name="ledger-forms"),
    path("organisations/<int:pk>/ledgers/forms/new/", form_pages.bring, name="ledger-form-bring"),
    path("organisations/<int:pk>/ledgers/forms/<int:form>/", form_pages.blank, name="ledger-form-blank"),
    path("organisations/<int:pk>/ledgers/forms/<int:form>/retire/", form_pages.retire, name="ledger-form-retire"),
    re_path(
        r"^organisations/(?P<pk>\d+)/ledgers/(?P<year>\d{4})/(?P<name>[a-z]+(?:-\d{1,12})?)(?P<suffix>\.(docx|xlsx|pdf))$",
        pages.paper,
        name="ledger",
    ),
    re_path(r"^activities/(?P<pk>\d+)/minutes(?P<suffix>\.(docx|pdf))$", pages.minutes, name="minutes-file"),
]
