from django.urls import path

from dangwu.access.sso import keeping_pages, views

urlpatterns = [
    path("", views.bindings, name="sign_on_bindings"),
    path("accounts/<int:pk>/bind/", keeping_pages.bind, name="bind-account"),
    path("accounts/<int:pk>/let-go/", keeping_pages.let_go, name="let-account-go"),
    path("<slug:provider_id>/", views.start, name="sign_on"),
    path("<slug:provider_id>/callback/", views.callback, name="sign_on_callback"),
    path("<slug:provider_id>/connect/", views.connect, name="sign_on_connect"),
    path("<slug:provider_id>/unbind/", views.unbind, name="sign_on_unbind"),
]
