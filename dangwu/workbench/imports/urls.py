from django.urls import path

from dangwu.workbench.imports import (
    batch_pages,
    centre_pages,
    deciding_pages,
    export_pages,
    repair_pages,
    writing_pages,
)

urlpatterns = [
    path("", centre_pages.centre, name="imports"),
    path("forms/<slug:kind>/", centre_pages.blank_form, name="import-form"),
    path("export/<slug:kind>/", export_pages.export, name="export"),
    path("<int:pk>/", batch_pages.overview, name="import"),
    path("<int:pk>/rows/", batch_pages.rows, name="import-rows"),
    path("<int:pk>/back/", batch_pages.back, name="import-back"),
    path("<int:pk>/again/", batch_pages.again, name="import-again"),
    path("<int:pk>/discard/", batch_pages.discard, name="import-discard"),
    path("<int:pk>/columns/", deciding_pages.columns, name="import-columns"),
    path("<int:pk>/fixes/", deciding_pages.fixes, name="import-fixes"),
    path("<int:pk>/problems/", repair_pages.problems, name="import-problems"),
    path("<int:pk>/problems/<str:key>/", repair_pages.problem, name="import-problem"),
    path("<int:pk>/confirm/", writing_pages.confirm, name="import-confirm"),
    path("<int:pk>/undo/", writing_pages.undo, name="import-undo"),
]
