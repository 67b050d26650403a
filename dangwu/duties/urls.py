from django.urls import path

from dangwu.duties import fulfilling_pages, setting_pages, views

urlpatterns = [
    path("duties/", views.ours, name="duties"),
    path("duties/tasks/", views.directives, name="duty-tasks"),
    path("duties/tasks/new/", setting_pages.new_directive, name="directive-new"),
    path("duties/tasks/<int:pk>/", views.task, name="duty-task"),
    path("duties/tasks/<int:pk>/edit/", setting_pages.edit, name="duty-task-edit"),
    path("duties/tasks/<int:pk>/hand-on/", setting_pages.hand, name="duty-hand-on"),
    path("duties/campaigns/", views.led, name="campaigns"),
    path("duties/campaigns/new/", setting_pages.new_campaign, name="campaign-new"),
    path("duties/campaigns/<int:pk>/", views.campaign, name="campaign"),
    path("duties/campaigns/<int:pk>/measures/new/", setting_pages.new_measure, name="measure-new"),
    path("duties/<int:pk>/", fulfilling_pages.duty, name="duty"),
    path("duties/<int:pk>/use-record/", fulfilling_pages.use_record, name="duty-use-record"),
    path("duties/<int:pk>/study/", fulfilling_pages.studied, name="duty-study"),
    path("duties/<int:pk>/report/", fulfilling_pages.reported, name="duty-report"),
    path("duties/<int:pk>/note/", fulfilling_pages.noted, name="duty-note"),
    path("duties/<int:pk>/confirm/", fulfilling_pages.confirmed, name="duty-confirm"),
    path("duties/<int:pk>/return/", fulfilling_pages.returned, name="duty-return"),
]
