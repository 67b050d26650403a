"""The addresses of files."""

from django.urls import path

from dangwu.records import attachment_pages

urlpatterns = [
    path("<int:pk>/files/", attachment_pages.files, name="activity-files"),
    path("files/<int:pk>/", attachment_pages.file, name="activity-file"),
    path("files/<int:pk>/remove/", attachment_pages.remove, name="activity-file-remove"),
]
