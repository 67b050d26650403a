"""The addresses of the reconciliation."""

from django.urls import path

from dangwu.workbench.reconciling import views

urlpatterns = [
    path("", views.hand_in, name="reconcile"),
    path("form/<slug:part>/", views.blank_form, name="reconcile-form"),
    path("filled/<slug:part>/", views.filled_form, name="reconcile-filled"),
    path("<slug:uid>/", views.found, name="reconciled"),
    path("<slug:uid>/discard/", views.discard, name="reconciled-discard"),
]
