from django.urls import path

from dangwu.workbench.recording import (
    activity_listing,
    activity_page,
    choosing_page,
    joint,
    likeness,
    own_pages,
    partners,
    planning_pages,
    record_pages,
    talk_pages,
)

urlpatterns = [
    path("organisations/<int:pk>/record/", choosing_page.choose, name="record-choose"),
    path("organisations/<int:pk>/record/<slug:kind>/", record_pages.record, name="record"),
    path("organisations/<int:pk>/plan/<slug:kind>/", planning_pages.plan, name="activity-plan"),
    path("organisations/<int:pk>/talk/<slug:kind>/", talk_pages.record, name="talk-record"),
    path("organisations/<int:pk>/activities/", activity_listing.by_month, name="organisation-activities"),
    path("activities/", activity_listing.listing, name="activities"),
    path("activities/alike/", likeness.listing, name="activities-alike"),
    path("activities/partners/", partners.partners_found, name="partners-found"),
    path("activities/partners/<int:pk>/", joint.answer, name="partner-answer"),
    path("activities/<int:pk>/", activity_page.page, name="activity"),
    path("activities/<int:pk>/minutes/", record_pages.minutes, name="activity-minutes"),
    path("activities/<int:pk>/correct/", record_pages.correct, name="activity-correct"),
    path("activities/<int:pk>/plan/", planning_pages.replan, name="activity-replan"),
    path("activities/<int:pk>/call/", planning_pages.call, name="activity-call"),
    path("activities/<int:pk>/cancel/", planning_pages.cancel, name="activity-cancel"),
    path("activities/<int:pk>/calendar.ics", planning_pages.calendar, name="activity-calendar"),
    path("activities/<int:pk>/code.svg", planning_pages.code, name="activity-code"),
    path("me/activities/", own_pages.mine, name="my-activities"),
    path("talks/", talk_pages.listing, name="talks"),
    path("talks/<int:pk>/", talk_pages.talk, name="talk"),
]
