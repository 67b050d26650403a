from django.urls import path

from dangwu.notices import views, writing

urlpatterns = [
    path("notices/", views.mine, name="notices"),
    path("notices/mine/<int:pk>/", views.read, name="notice-read"),
    path("notices/sent/", views.kept, name="notices-kept"),
    path("notices/new/", writing.new, name="notice-new"),
    path("notices/channels/", writing.channels, name="notice-channels"),
    path("notices/channels/<int:pk>/", writing.channel, name="notice-channel"),
    path("notices/<int:pk>/", views.one, name="notice"),
    path("notices/<int:pk>/edit/", writing.edit, name="notice-edit"),
    path("notices/<int:pk>/send/", writing.send, name="notice-send"),
    path("notices/<int:pk>/discard/", writing.discard, name="notice-discard"),
    path("notices/<int:pk>/addressees/<int:row>/drop/", writing.drop, name="notice-drop"),
]
