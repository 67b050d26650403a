from django.urls import path

from dangwu.workbench.branch import duty_page, pages, reminding, saying_pages

DUTY = "organisations/<int:pk>/life/<slug:rule_id>/<str:period>/"

urlpatterns = [
    path("organisations/<int:pk>/life/", pages.branch, name="branch"),
    path("overview/remind/", reminding.remind, name="remind"),
    path(DUTY, duty_page.duty, name="branch-duty"),
    path(f"{DUTY}answer/", saying_pages.answered, name="branch-answer"),
    path(f"{DUTY}overrule/", saying_pages.overruled, name="branch-overrule"),
    path(f"{DUTY}withdraw/", saying_pages.withdrawn, name="branch-withdraw"),
    path(f"{DUTY}exempt/", saying_pages.exempted, name="branch-exempt"),
]
