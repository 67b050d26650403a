from django.urls import path

from dangwu.workbench.figures import pages

urlpatterns = [
    path("", pages.figures, name="figures"),
    path("<slug:figure>/", pages.figure, name="figure"),
]
