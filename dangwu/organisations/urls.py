from django.urls import path

from dangwu.organisations import changing, unit_pages, views

urlpatterns = [
    path("organisations/", views.tree, name="organisations"),
    path("organisations/list/", views.listing, name="organisations-list"),
    path("organisations/found/", views.finder, name="organisations-found"),
    path("organisations/new/", changing.new, name="organisation-new"),
    path("organisations/<int:pk>/below/", views.below, name="organisations-below"),
    path("organisations/<int:pk>/rename/", changing.rename, name="organisation-rename"),
    path("organisations/<int:pk>/kind/", changing.kind, name="organisation-kind"),
    path("organisations/<int:pk>/move/", changing.move, name="organisation-move"),
    path("organisations/<int:pk>/describe/", changing.describe, name="organisation-describe"),
    path("organisations/<int:pk>/terms/new/", changing.new_term, name="term-new"),
    path("organisations/<int:pk>/terms/<int:term>/", changing.edit_term, name="term-edit"),
    path("organisations/<int:pk>/groups/new/", changing.new_group, name="group-new"),
    path("organisations/<int:pk>/groups/<int:group>/", changing.edit_group, name="group-edit"),
    path("units/", unit_pages.listing, name="units"),
    path("units/new/", unit_pages.new, name="unit-new"),
    path("units/<int:pk>/", unit_pages.edit, name="unit-edit"),
]
