from django.urls import path

from dangwu.access.sso import views

urlpatterns = [
    path("", views.bindings, name="sign_on_bindings"),
    path("<slug:provider_id>/", views.start, name="sign_on"),
    path("<slug:provider_id>/callback/", views.callback, name="sign_on_callback"),
    path("<slug:provider_id>/connect/", views.connect, name="sign_on_connect"),
    path("<slug:provider_id>/unbind/", views.unbind, name="sign_on_unbind"),
]
