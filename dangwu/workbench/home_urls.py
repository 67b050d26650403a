from django.urls import path

from dangwu.workbench import home_pages

urlpatterns = [
    path("upcoming/terms/", home_pages.terms_ending, name="terms-ending"),
    path("upcoming/probations/", home_pages.probations_ending, name="probations-ending"),
    path("upcoming/accounts/", home_pages.without_account, name="posts-without-account"),
    path("system/", home_pages.system, name="system"),
]
