from django.urls import path

from dangwu.workbench import duty_reminders, home_pages

urlpatterns = [
    path("upcoming/terms/", home_pages.terms_ending, name="terms-ending"),
    path("upcoming/probations/", home_pages.probations_ending, name="probations-ending"),
    path("upcoming/accounts/", home_pages.without_account, name="posts-without-account"),
    path("duties/tasks/<int:pk>/remind/", duty_reminders.remind, name="duty-remind"),
    path("system/", home_pages.system, name="system"),
]
