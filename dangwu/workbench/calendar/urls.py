from django.urls import path

from dangwu.workbench.calendar import feed_pages, pages

urlpatterns = [
    path("", pages.month, name="calendar"),
    path("feed/", feed_pages.feed, name="calendar-feed"),
    path("feed/end/", feed_pages.end, name="calendar-feed-end"),
    path("feed/<str:secret>.ics", feed_pages.ics, name="calendar-ics"),
]
